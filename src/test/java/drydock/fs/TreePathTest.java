package drydock.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TreePathTest {
  @Test
  void emptyComponentsAndDotsAreLeftOut() {
    assertThat(TreePath.of("//etc/./passwd/"))
        .isEqualTo(TreePath.ROOT.child("etc").child("passwd"));
    assertThat(TreePath.of("etc/passwd").toString()).isEqualTo("/etc/passwd");
    assertThat(TreePath.of("/")).isEqualTo(TreePath.ROOT);
    assertThat(TreePath.of("")).isEqualTo(TreePath.ROOT);
  }

  @Test
  void dotDotIsAName() {
    assertThat(TreePath.of("/a/../b").names()).hasSize(3);
  }

  @Test
  void parentComesBeforeChildAndSiblingsInByteOrder() {
    TreePath a = TreePath.of("/a");
    TreePath below = TreePath.of("/a/z");
    TreePath dash = TreePath.of("/a-b");

    assertThat(a).isLessThan(below);
    assertThat(below).isLessThan(dash);
    assertThat(TreePath.ROOT).isLessThan(a);
  }

  @Test
  void bytesArePassedThroughUnchanged() {
    byte[] odd = {'/', (byte) 0xff, '/', '\n'};

    assertThat(TreePath.of(odd).bytes()).isEqualTo(odd);
    assertThat(TreePath.ROOT.bytes()).isEqualTo("/".getBytes(StandardCharsets.UTF_8));
    assertThat(TreePath.of(odd).toString()).isEqualTo("/\\xff/\n");
  }

  @Test
  void aPathKnowsItsParentNameAndDepth() {
    TreePath path = TreePath.of("/var/log/x");

    assertThat(path.depth()).isEqualTo(3);
    assertThat(path.name()).isEqualTo(Name.of("x"));
    assertThat(path.parent()).isEqualTo(TreePath.of("/var/log"));
    assertThat(TreePath.ROOT.parent()).isNull();
    assertThat(TreePath.ROOT.isRoot()).isTrue();
  }
}
