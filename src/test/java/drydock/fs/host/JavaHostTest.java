package drydock.fs.host;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.FileTreeContract;
import drydock.fs.Lookup;
import drydock.fs.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaHostTest extends FileTreeContract {
  @TempDir Path root;

  @BeforeEach
  void make() throws IOException {
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("a/file"), "content");
    Files.createSymbolicLink(root.resolve("a/link"), Path.of("/etc"));
    Files.setAttribute(root.resolve("a/file"), "user:x", java.nio.ByteBuffer.wrap(new byte[] {5}));
  }

  @AfterEach
  void deleteLink() throws IOException {
    Files.delete(root.resolve("a/link")); // or JUnit warns that it leads out of the directory
  }

  @Override
  protected FileTree tree() throws IOException {
    return new HostTree(root, new JavaHost(root));
  }

  @Test
  void javaTellsWhatTheSystemCallsTell() throws IOException {
    try (HostTree calls = HostTree.open(root, new FindingLog())) {
      for (String path : List.of("/", "/a", "/a/b", "/a/file", "/a/link")) {
        Node mine = new Lookup(tree()).findNoFollow(path).node();
        Node other = new Lookup(calls).findNoFollow(path).node();

        assertThat(mine.meta().permissions()).isEqualTo(other.meta().permissions());
        assertThat(mine.meta().inode()).isEqualTo(other.meta().inode());
        assertThat(mine.meta().links()).isEqualTo(other.meta().links());
        assertThat(mine.meta().size()).isEqualTo(other.meta().size());
        assertThat(mine.meta().device()).isEqualTo(other.meta().device());
        assertThat(mine.meta().times().changed()).isEqualTo(other.meta().times().changed());
        assertThat(mine.linkTarget()).isEqualTo(other.linkTarget());
        assertThat(mine.attributes().keySet()).isEqualTo(other.attributes().keySet());
      }
    }
  }

  @Test
  void linksOnTheWayAreNotFollowed() throws IOException {
    Node link = new Lookup(tree()).findNoFollow("/a/link").node();

    assertThat(link.linkTarget()).asString().isEqualTo("/etc");
    assertThat(new Lookup(tree()).tryFind("/a/link")).isEmpty();
  }
}
