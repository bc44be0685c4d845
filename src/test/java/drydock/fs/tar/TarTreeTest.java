package drydock.fs.tar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.FileTreeContract;
import drydock.fs.Lookup;
import drydock.fs.Node;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class TarTreeTest extends FileTreeContract {
  private final FindingLog log = new FindingLog();

  private FileTree open(byte[] archive) throws IOException {
    return TarTree.open(new ArraySource(archive, Origin.of("a.tar")), log);
  }

  private String text(FileTree tree, String path) throws IOException {
    Node node = new Lookup(tree).find(path).node();
    return new String(node.content().allBytes(1 << 20), UTF_8);
  }

  @Override
  protected FileTree tree() throws IOException {
    return open(
        new TarBytes()
            .dir("./")
            .dir("./etc/")
            .file("./etc/passwd", "root")
            .link("./etc/passwd-", "./etc/passwd")
            .symlink("./etc/link", "passwd")
            .file("made/on/the/way", "x".repeat(1000))
            .entry('3', "./null", "", new byte[0])
            .done());
  }

  @Test
  void hardLinksAreOneFile() throws IOException {
    FileTree tree = tree();
    Node one = new Lookup(tree).find("/etc/passwd").node();
    Node other = new Lookup(tree).find("/etc/passwd-").node();

    assertThat(one.identity()).isEqualTo(other.identity());
    assertThat(one.meta().links()).isEqualTo(2);
    assertThat(text(tree, "/etc/passwd-")).isEqualTo("root");
  }

  @Test
  void laterEntryOfANameCountsAndIsTold() throws IOException {
    FileTree tree = open(new TarBytes().file("a", "old").file("./a", "new").done());

    assertThat(text(tree, "/a")).isEqualTo("new");
    assertThat(log.list()).extracting(Finding::offset).containsExactly(1024L);
    assertThat(log.hasLosses()).isFalse();
  }

  @Test
  void namesDoNotLeadOutOfTheTree() throws IOException {
    FileTree tree =
        open(
            new TarBytes()
                .file("../../etc/shadow", "up")
                .file("/etc/passwd", "absolute")
                .symlink("out", "/etc")
                .file("out/shadow", "through")
                .done());

    assertThat(text(tree, "/etc/shadow")).isEqualTo("up");
    assertThat(text(tree, "/etc/passwd")).isEqualTo("absolute");
    assertThat(text(tree, "/out/shadow")).isEqualTo("through");
    assertThat(log.list()).hasSize(3);
  }

  @Test
  void whatIsCutShortIsShownAsFarAsItGoes() throws IOException {
    byte[] whole = new TarBytes().file("a", "first").file("b", "y".repeat(2000)).done();
    byte[] cut = Arrays.copyOf(whole, 512 + 512 + 512 + 1000);
    FileTree tree = open(cut);

    assertThat(text(tree, "/a")).isEqualTo("first");
    assertThat(log.list()).extracting(Finding::offset).containsExactly(2536L);
    Node b = new Lookup(tree).find("/b").node();
    assertThat(b.meta().size()).isEqualTo(2000);
    assertThat(new String(b.content().bytes(0, 1000), UTF_8)).isEqualTo("y".repeat(1000));
    assertThatThrownBy(() -> b.content().bytes(0, 1001)).isInstanceOf(IOException.class);
  }

  @Test
  void readingGoesOnBehindADamagedHeader() throws IOException {
    byte[] archive = new TarBytes().file("a", "1").file("b", "2").file("c", "3").done();
    archive[1024 + 5] ^= 1;
    FileTree tree = open(archive);

    assertThat(text(tree, "/a")).isEqualTo("1");
    assertThat(text(tree, "/c")).isEqualTo("3");
    assertThat(new Lookup(tree).tryFind("/b")).isEmpty();
    assertThat(log.hasLosses()).isTrue();
  }

  @Test
  void packedArchivesAreReadInAnyOrder() throws IOException {
    TarBytes archive = new TarBytes();
    for (int i = 0; i < 50; i++) {
      archive.file("f" + i, ("" + (char) ('a' + i % 26)).repeat(200_000));
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(archive.done());
    }
    FileTree tree = open(packed.toByteArray());

    assertThat(text(tree, "/f49")).isEqualTo("x".repeat(200_000));
    assertThat(text(tree, "/f0")).isEqualTo("a".repeat(200_000));
    assertThat(text(tree, "/f30")).isEqualTo("e".repeat(200_000));
    assertThat(log.isEmpty()).isTrue();
  }

  @Test
  void otherBytesAreNoArchive() {
    assertThatThrownBy(() -> open("no archive at all".repeat(100).getBytes(UTF_8)))
        .isInstanceOf(UnsupportedFormatException.class);
  }
}
