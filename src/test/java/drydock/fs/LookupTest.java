package drydock.fs;

import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.file;
import static drydock.fs.Picture.link;
import static drydock.fs.TreeAssert.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

class LookupTest {
  private final Lookup lookup =
      new Lookup(
          PictureTree.of(
              dir(
                  "a",
                  dir("b", file("f", "in b"), link("up", "../g"), link("out", "../../../../top"))),
              dir("home", link("root", "/")),
              file("top", "the top"),
              link("abs", "/a/b"),
              link("a1", "abs/f"),
              link("loop", "loop"),
              link("ping", "pong"),
              link("pong", "ping"),
              link("dangling", "/nowhere/x"),
              link("file", "top")));

  @Test
  void symlinksAreFollowedInEveryPlace() throws IOException {
    Lookup.Found found = lookup.find("/a1");

    assertThat(found.path()).isEqualTo(TreePath.of("/a/b/f"));
    assertThat(text(found.node())).isEqualTo("in b");
    assertThat(lookup.find("/home/root/abs/f").path()).isEqualTo(TreePath.of("/a/b/f"));
  }

  @Test
  void theLastLinkIsLeftAloneWhenAsked() throws IOException {
    assertThat(lookup.findNoFollow("/abs").node().meta().type()).isEqualTo(NodeType.SYMLINK);
    assertThat(lookup.findNoFollow("/abs/up").path()).isEqualTo(TreePath.of("/a/b/up"));
  }

  @Test
  void dotDotStopsAtTheRoot() throws IOException {
    assertThat(lookup.find("/../../top").path()).isEqualTo(TreePath.of("/top"));
    assertThat(text(lookup.find("/a/b/out").node())).isEqualTo("the top");
    assertThat(lookup.find("/abs/..").path()).isEqualTo(TreePath.of("/a"));
    assertThat(lookup.find("/").path()).isEqualTo(TreePath.ROOT);
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> lookup.find("/a/x/y"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("/a/x");
    assertThatThrownBy(() -> lookup.find("/dangling"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("/nowhere");
    assertThatThrownBy(() -> lookup.find("/top/x"))
        .isInstanceOf(NotDirectoryException.class)
        .hasMessage("/top");
    assertThatThrownBy(() -> lookup.find("/file/x")).isInstanceOf(NotDirectoryException.class);
  }

  @Test
  void linksInACircleEnd() {
    assertThatThrownBy(() -> lookup.find("/loop")).isInstanceOf(FileSystemLoopException.class);
    assertThatThrownBy(() -> lookup.find("/ping/x")).isInstanceOf(FileSystemLoopException.class);
  }

  @Test
  void fortyLinksAreFollowedAndNotOneMore() throws IOException {
    Picture[] links = new Picture[43];
    for (int i = 0; i < 42; i++) {
      links[i] = link("l" + i, "l" + (i + 1));
    }
    links[42] = file("l42", "end");
    Lookup chain = new Lookup(PictureTree.of(links));

    assertThat(text(chain.find("/l2").node())).isEqualTo("end");
    assertThatThrownBy(() -> chain.find("/l1")).isInstanceOf(FileSystemLoopException.class);
  }

  @Test
  void tryFindIsEmptyWhereThereIsNothing() throws IOException {
    assertThat(lookup.tryFind("/nope")).isEmpty();
    assertThat(lookup.tryFind("/top/nope")).isEmpty();
    assertThat(lookup.tryFind("/loop")).isEmpty();
    assertThat(lookup.tryFind("/top")).isPresent();
  }
}
