package drydock.fs.tar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Archives that are made to harm, or that are harmed: bounded in time and memory, and told. */
class HostileArchiveTest {
  private final FindingLog log = new FindingLog();

  private static ByteSource source(byte[] bytes) {
    return new ArraySource(bytes, Origin.of("a"));
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }

  private static byte[] sample() {
    return new TarBytes()
        .dir("d/")
        .pax("SCHILY.xattr.user.a", "b")
        .file("d/one", "1".repeat(700))
        .link("d/two", "d/one")
        .symlink("d/three", "../../../etc")
        .entry('L', "././@LongLink", "", ("d/" + "n".repeat(150)).getBytes(UTF_8))
        .file("d/nnn", "3")
        .done();
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void cutAnywhereGivesWhatIsThereAndAFinding() throws IOException {
    byte[] whole = sample();
    byte[] packed = gzip(whole);
    for (int length = 512; length < whole.length - 1023; length += 100) {
      FindingLog its = new FindingLog();
      FileTree tree = TarTree.open(source(Arrays.copyOf(whole, length)), its);
      assertThat(new Lookup(tree).tryFind("/d")).as("%d", length).isPresent();
      assertThat(its.hasLosses()).as("%d", length).isTrue();
    }
    for (int length = 1; length < packed.length - 8; length++) {
      tryAll(Arrays.copyOf(packed, length));
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void flippedBitsEndInOurErrorsOrFindings() throws IOException {
    Random random = new Random(1);
    byte[] whole = sample();
    byte[] packed = gzip(whole);
    for (int i = 0; i < 4000; i++) {
      byte[] bytes = (i % 2 == 0 ? whole : packed).clone();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      tryAll(bytes);
    }
  }

  /** Opens, lists and reads; nothing may come out but our two errors. */
  static void tryAll(byte[] bytes) throws IOException {
    FindingLog log = new FindingLog();
    try {
      FileTree tree = TarTree.open(source(bytes), log);
      new TreeWalk(log)
          .walk(
              TreePath.ROOT,
              tree.root(),
              (path, node, meta) -> {
                if (meta.isFile()) {
                  read(node.content());
                }
                node.attributes();
                node.linkTarget();
              });
      tree.info();
    } catch (CorruptDataException | UnsupportedFormatException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  private static void read(ByteSource content) throws IOException {
    try {
      content.bytes(0, (int) Math.min(1 << 20, content.size()));
      content.bytes(
          content.size() - Math.min(100, content.size()), (int) Math.min(100, content.size()));
    } catch (CorruptDataException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void zerosWithoutEndAreNotReadToTheirEnd() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    long size = 3L << 30;
    try (OutputStream out = new ZstdOutputStream(packed)) {
      out.write(new TarBytes().file("first", "1").unfinished());
      byte[] header = new TarBytes().header('0', "zeros", "", 0);
      TarBytes.octal(header, 124, 12, size);
      out.write(TarBytes.summed(header));
      byte[] zeros = new byte[1 << 20];
      for (long written = 0; written < size; written += zeros.length) {
        out.write(zeros);
      }
      out.write(new TarBytes().file("last", "1").done());
    }
    FileTree tree = TarTree.open(source(packed.toByteArray()), log);

    assertThat(new Lookup(tree).find("/first").node().content().size()).isEqualTo(1);
    assertThat(new Lookup(tree).tryFind("/last")).isEmpty();
    assertThat(log.list())
        .extracting(Finding::what)
        .anyMatch(what -> what.contains("times its size"));
    assertThat(new Lookup(tree).find("/zeros").node().content().bytes(0, 10))
        .isEqualTo(new byte[10]);
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void millionsOfEntriesEndInOneFinding() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    int count = 600_000;
    try (OutputStream out = new ZstdOutputStream(packed)) {
      byte[] header = new TarBytes().header('0', "some/directory/file-0000000", "", 0);
      for (int i = 0; i < count; i++) {
        TarBytes.put(header, 20, Integer.toString(10_000_000 + i).substring(1));
        out.write(TarBytes.summed(header));
      }
      out.write(new byte[1024]);
    }
    FileTree tree = TarTree.open(source(packed.toByteArray()), log);
    int shown = new Lookup(tree).find("/some/directory").node().list().size();

    assertThat(log.list()).hasSize(1);
    assertThat(log.list().get(0).what()).contains("more entries than can be shown");
    assertThat(shown).isBetween(100_000, count - 1);
  }

  @Test
  void pathOfManyNamesIsLeftOut() throws IOException {
    FileTree tree =
        TarTree.open(
            source(
                new TarBytes()
                    .pax("path", "a/".repeat(400_000) + "b")
                    .file("b", "")
                    .file("c", "1")
                    .done()),
            log);

    assertThat(tree.root().list()).hasSize(1);
    assertThat(log.list()).hasSize(1);
  }

  @Test
  void linksToThemselvesAndToNothingAreTold() throws IOException {
    FileTree tree =
        TarTree.open(
            source(
                new TarBytes()
                    .link("self", "self")
                    .file("a", "1")
                    .link("a", "a")
                    .dir("d")
                    .link("e", "d")
                    .done()),
            log);

    assertThat(tree.root().list()).extracting(e -> e.name().toString()).containsExactly("a", "d");
    assertThat(log.list()).hasSize(2);
  }

  @Test
  void entryOfAnUnknownTypeIsPassedOverAndTold() throws IOException {
    FileTree tree =
        TarTree.open(
            source(new TarBytes().entry('V', "label", "", new byte[600]).file("a", "1").done()),
            log);

    assertThat(tree.root().list()).hasSize(1);
    assertThat(log.list()).hasSize(1);
  }
}
