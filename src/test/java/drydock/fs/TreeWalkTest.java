package drydock.fs;

import static drydock.fs.Picture.broken;
import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.file;
import static drydock.fs.Picture.link;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreeWalkTest {
  private final FindingLog log = new FindingLog();

  private List<String> walk(FileTree tree) throws IOException {
    List<String> paths = new ArrayList<>();
    new TreeWalk(log)
        .walk(TreePath.ROOT, tree.root(), (path, node, meta) -> paths.add(path.toString()));
    return paths;
  }

  @Test
  void parentsComeFirstAndNamesInByteOrder() throws IOException {
    FileTree tree = PictureTree.of(dir("b", file("y"), file("X")), file("a"), link("c", "b"));

    assertThat(walk(tree)).containsExactly("/", "/a", "/b", "/b/X", "/b/y", "/c");
    assertThat(log.list()).isEmpty();
  }

  @Test
  void aNodeThatCannotBeReadIsAFindingAndTheWalkGoesOn() throws IOException {
    FileTree tree = PictureTree.of(dir("d", broken("bad"), file("good")), file("z"));

    assertThat(walk(tree)).containsExactly("/", "/d", "/d/good", "/z");
    assertThat(log.list()).hasSize(1);
    Finding finding = log.list().get(0);
    assertThat(finding.severity()).isEqualTo(Severity.DAMAGE);
    assertThat(finding.what()).isEqualTo("/d/bad cannot be read: a broken picture");
    assertThat(finding.origin().toString()).isEqualTo("picture > inode 4");
  }

  @Test
  void aDirectoryInsideItselfIsEnteredOnce() throws IOException {
    FileTree tree = PictureTree.of(dir("d", dir("e", file("f")))).loop("/d", "again");

    assertThat(walk(tree)).containsExactly("/", "/d", "/d/again", "/d/e", "/d/e/f");
    assertThat(log.list()).extracting(Finding::what).allMatch(w -> w.startsWith("/d/again: "));
    assertThat(log.hasLosses()).isTrue();
  }

  @Test
  void pathsThatDoubleWithEveryLevelAreCutShort() throws IOException {
    PictureTree tree = PictureTree.of(nest(40));
    String at = "/l40";
    for (int level = 39; level >= 0; level--) {
      tree.alias(at, "other", at + "/l" + level);
      at += "/l" + level;
    }

    assertThat(walk(tree)).hasSizeLessThan(40 * 20);
    assertThat(log.list()).isNotEmpty().allMatch(f -> f.what().contains("too many names"));
  }

  private static Picture nest(int depth) {
    return depth == 0 ? dir("l0", file("f")) : dir("l" + depth, nest(depth - 1));
  }

  @Test
  void aDirectoryThatIsMountedTwiceIsSeenTwice() throws IOException {
    PictureTree data = PictureTree.of(dir("var", file("x")));
    FileTree tree =
        MountedTree.of(
            PictureTree.of(),
            List.of(
                Graft.of(TreePath.of("/mnt"), data, new Lookup(data).find("/")),
                Graft.of(TreePath.of("/var"), data, new Lookup(data).find("/var"))));

    assertThat(walk(tree)).containsExactly("/", "/mnt", "/mnt/var", "/mnt/var/x", "/var", "/var/x");
    assertThat(log.list()).isEmpty();
  }
}
