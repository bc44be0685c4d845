package drydock.fs.host;

import static drydock.fs.TreeAssert.assertThatTree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.FileMeta;
import drydock.fs.FileTree;
import drydock.fs.FileTreeContract;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTreeTest extends FileTreeContract {
  @TempDir Path outside;

  private final FindingLog log = new FindingLog();
  private Path root;
  private HostTree tree;

  @BeforeEach
  void make() throws IOException {
    root = Files.createDirectories(outside.resolve("evidence"));
    Files.createDirectories(root.resolve("etc/sub"));
    Files.writeString(root.resolve("etc/passwd"), "root:x:0:0");
    Files.writeString(root.resolve("etc/Zebra"), "");
    Files.writeString(outside.resolve("secret"), "not evidence");
    Files.createSymbolicLink(root.resolve("out"), Path.of("../secret"));
    Files.createSymbolicLink(root.resolve("abs"), outside.resolve("secret"));
    Files.createSymbolicLink(root.resolve("dir"), Path.of("/"));
    Files.createLink(root.resolve("etc/shadow"), root.resolve("etc/passwd"));
    tree = open();
  }

  HostTree open() throws IOException {
    return HostTree.open(root, log);
  }

  @AfterEach
  void close() throws IOException {
    tree.close();
    for (String link : List.of("out", "abs", "dir", "etc/sub", "etc/Zebra")) {
      if (Files.isSymbolicLink(root.resolve(link))) {
        Files.delete(root.resolve(link)); // or JUnit warns that it leads out of the directory
      }
    }
  }

  @Override
  protected FileTree tree() {
    return tree;
  }

  @Test
  void namesAndContentAreThoseOfTheDirectory() throws IOException {
    assertThatTree(tree)
        .lists("/", "abs", "dir", "etc", "out")
        .lists("/etc", "Zebra", "passwd", "shadow", "sub")
        .hasFile("/etc/passwd", "root:x:0:0")
        .has("/out", NodeType.SYMLINK);
  }

  @Test
  void symlinksAndDotDotNeverLeadOut() throws IOException {
    Lookup lookup = new Lookup(tree);

    assertThat(lookup.find("/dir").path()).isEqualTo(TreePath.ROOT);
    assertThat(lookup.tryFind("/out")).isEmpty();
    assertThat(lookup.tryFind("/abs")).isEmpty();
    assertThat(lookup.tryFind("/../secret")).isEmpty();
    assertThat(lookup.find("/dir/etc/../../..").path()).isEqualTo(TreePath.ROOT);
    assertThat(tree.root().child(Name.of(".."))).isEmpty();
    assertThat(tree.root().child(Name.of("../secret"))).isEmpty();
    assertThat(tree.root().child(Name.of("etc/passwd"))).isEmpty();
    assertThat(tree.root().child(Name.of(""))).isEmpty();
    assertThat(tree.root().child(Name.of("etc\0x"))).isEmpty();
  }

  @Test
  void aDirectoryThatBecomesALinkIsNotFollowed() throws IOException {
    Node etc = new Lookup(tree).find("/etc/sub").node();
    Files.delete(root.resolve("etc/sub"));
    Files.createSymbolicLink(root.resolve("etc/sub"), outside);

    assertThatThrownBy(etc::list).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> etc.child(Name.of("secret"))).isInstanceOf(IOException.class);
  }

  @Test
  void anotherFileInTheSamePlaceIsNotRead() throws IOException {
    ByteSource content = new Lookup(tree).find("/etc/passwd").node().content();
    Files.writeString(root.resolve("other"), "0123456789");
    Files.move(
        root.resolve("other"), root.resolve("etc/passwd"), StandardCopyOption.REPLACE_EXISTING);

    assertThatThrownBy(() -> content.bytes(0, 10))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("another file");
  }

  @Test
  void aFileThatBecomesALinkIsNotRead() throws IOException {
    Node file = new Lookup(tree).find("/etc/Zebra").node();
    Files.writeString(root.resolve("etc/Zebra"), "0123456789");
    Node longer = new Lookup(tree).find("/etc/Zebra").node();
    Files.delete(root.resolve("etc/Zebra"));
    Files.createSymbolicLink(root.resolve("etc/Zebra"), outside.resolve("secret"));

    assertThat(file.content().size()).isZero();
    assertThatThrownBy(() -> longer.content().bytes(0, 10)).isInstanceOf(IOException.class);
  }

  @Test
  void aFileThatShrinksIsAnError() throws IOException {
    ByteSource content = new Lookup(tree).find("/etc/passwd").node().content();
    Files.writeString(root.resolve("etc/passwd"), "x");

    assertThatThrownBy(() -> content.bytes(0, 10))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("became shorter");
  }

  @Test
  void metadataAreThoseOfTheFile() throws IOException {
    Path file = root.resolve("etc/passwd");
    Instant modified = Instant.parse("2021-11-28T16:00:22.123456789Z");
    Files.setLastModifiedTime(file, FileTime.from(modified));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));

    FileMeta meta = new Lookup(tree).find("/etc/passwd").node().meta();

    assertThat(meta.permissions()).isEqualTo(0750);
    assertThat(meta.size()).isEqualTo(10);
    assertThat(meta.links()).isEqualTo(2);
    assertThat(meta.times().modified()).isEqualTo(modified);
    assertThat(meta.inode()).isEqualTo(((Number) Files.getAttribute(file, "unix:ino")).longValue());
    assertThat(meta.uid()).isEqualTo(((Number) Files.getAttribute(file, "unix:uid")).longValue());
    assertThat(meta.times().changed())
        .isEqualTo(((FileTime) Files.getAttribute(file, "unix:ctime")).toInstant());
    assertThat(meta.times().deleted()).isNull();
  }

  @Test
  void namesOfOneFileAreOneNode() throws IOException {
    Lookup lookup = new Lookup(tree);

    assertThat(lookup.find("/etc/passwd").node().identity())
        .isEqualTo(lookup.find("/etc/shadow").node().identity())
        .isNotEqualTo(lookup.find("/etc/Zebra").node().identity());
  }

  @Test
  void attributesAreRead() throws IOException {
    Files.setAttribute(
        root.resolve("etc/passwd"), "user:note", java.nio.ByteBuffer.wrap(new byte[] {1, 0, -1}));

    assertThat(new Lookup(tree).find("/etc/passwd").node().attributes().get(Name.of("user.note")))
        .containsExactly(1, 0, -1);
    assertThat(new Lookup(tree).findNoFollow("/out").node().attributes()).isEmpty();
  }

  @Test
  void holesReadAsZeros() throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            root.resolve("sparse"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.position((1 << 20) - 1).write(java.nio.ByteBuffer.wrap(new byte[] {7}));
    }
    ByteSource content = new Lookup(tree).find("/sparse").node().content();

    assertThat(content.size()).isEqualTo(1 << 20);
    assertThat(content.bytes(0, 4096)).containsOnly(0);
    assertThat(content.bytes((1 << 20) - 1, 1)).containsExactly(7);
    assertThat(content.nextData(0)).isLessThanOrEqualTo((1 << 20) - 1);
    assertThat(content.nextHole((1 << 20) - 1)).isEqualTo(1 << 20);
    assertThat(content.nextData(1 << 20)).isEqualTo(1 << 20);
  }

  @Test
  void deepDirectoriesAreReached() throws IOException {
    Path at = root;
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < 150; i++) {
      at = at.resolve("d");
      path.append("/d");
    }
    Files.createDirectories(at);
    Files.writeString(at.resolve("f"), "deep");

    assertThatTree(tree).hasFile(path + "/f", "deep").lists(path.toString(), "f");
  }

  @Test
  void manyFilesAreReadWithFewDescriptors() throws IOException {
    for (int i = 0; i < 200; i++) {
      Files.createDirectories(root.resolve("many/" + i));
      Files.writeString(root.resolve("many/" + i + "/f"), "content " + i);
    }
    for (int i = 0; i < 200; i++) {
      assertThatTree(tree).hasFile("/many/" + i + "/f", "content " + i);
    }
  }

  @Test
  void whatIsNoDirectoryCannotBeOpened() {
    assertThatThrownBy(() -> HostTree.open(root.resolve("nope"), log))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> HostTree.open(root.resolve("etc/passwd"), log))
        .isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> tree.node(2)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void findingsAreNotesAtMost() {
    assertThat(log.list()).allMatch(finding -> finding.severity() == Severity.NOTE);
    assertThat(log.hasLosses()).isFalse();
  }
}
