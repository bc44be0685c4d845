package drydock.fs.tar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A file of 100 000 bytes with "head" at its start and "tail" at 99 000, in all four forms. */
class SparseFilesTest {
  private static final int SIZE = 100_000;
  private static final String STORED = "head" + "tail";

  private final FindingLog log = new FindingLog();

  private static byte[] expected() {
    byte[] expected = new byte[SIZE];
    System.arraycopy("head".getBytes(UTF_8), 0, expected, 0, 4);
    System.arraycopy("tail".getBytes(UTF_8), 0, expected, 99_000, 4);
    return expected;
  }

  private void isRead(TarBytes archive) throws IOException {
    byte[] bytes = archive.file("behind", "it").done();
    FileTree tree = TarTree.open(new ArraySource(bytes, Origin.of("a")), log);
    ByteSource content = new Lookup(tree).find("/holes").node().content();

    assertThat(content.allBytes(SIZE)).isEqualTo(expected());
    assertThat(content.bytes(98_998, 4)).isEqualTo(new byte[] {0, 0, 't', 'a'});
    assertThat(content.nextHole(0)).isEqualTo(4);
    assertThat(content.nextData(4)).isEqualTo(99_000);
    assertThat(content.nextData(99_004)).isEqualTo(SIZE);
    assertThat(new Lookup(tree).find("/behind").node().content().size()).isEqualTo(2);
    assertThat(log.list()).isEmpty();

    TarEntries entries = new TarEntries(new ByteArrayInputStream(bytes), Origin.of("a"));
    assertThat(entries.next().orElseThrow().size()).isEqualTo(SIZE);
    assertThat(entries.content().readAllBytes()).isEqualTo(expected());
    assertThat(entries.next().orElseThrow().path()).isEqualTo("behind".getBytes(UTF_8));
  }

  private static TarBytes old(long size, long... pieces) {
    TarBytes archive = new TarBytes();
    byte[] header = archive.header('S', "holes", "", STORED.length());
    TarBytes.put(header, 257, "ustar  \0");
    Arrays.fill(header, 329, 512, (byte) 0);
    for (int i = 0; i < pieces.length; i++) {
      TarBytes.octal(header, 386 + 12 * i, 11, pieces[i]);
    }
    TarBytes.octal(header, 483, 11, size);
    return archive.raw(TarBytes.summed(header), STORED.getBytes(UTF_8));
  }

  @Test
  void gnusOwnForm() throws IOException {
    isRead(old(SIZE, 0, 4, 99_000, 4, SIZE, 0));
  }

  @Test
  void gnusOwnFormWithMorePiecesThanTheHeaderHolds() throws IOException {
    TarBytes archive = new TarBytes();
    byte[] header = archive.header('S', "holes", "", STORED.length());
    TarBytes.put(header, 257, "ustar  \0");
    Arrays.fill(header, 329, 512, (byte) 0);
    TarBytes.octal(header, 386, 11, 0);
    TarBytes.octal(header, 398, 11, 4);
    header[482] = 1;
    TarBytes.octal(header, 483, 11, SIZE);
    byte[] more = new byte[512];
    TarBytes.octal(more, 0, 11, 99_000);
    TarBytes.octal(more, 12, 11, 4);
    byte[] both = Arrays.copyOf(TarBytes.summed(header), 1024);
    System.arraycopy(more, 0, both, 512, 512);
    isRead(archive.raw(both, STORED.getBytes(UTF_8)));
  }

  @Test
  void recordsWithAMap() throws IOException {
    isRead(
        new TarBytes()
            .pax("GNU.sparse.major", "0")
            .pax("GNU.sparse.minor", "1")
            .pax("GNU.sparse.name", "holes")
            .pax("GNU.sparse.size", "" + SIZE)
            .pax("GNU.sparse.map", "0,4,99000,4")
            .file("GNUSparseFile.1/holes", STORED));
  }

  @Test
  void recordsForEachPiece() throws IOException {
    TarBytes archive = new TarBytes();
    String records = "";
    for (String record :
        new String[] {
          "GNU.sparse.size=" + SIZE,
          "GNU.sparse.numblocks=2",
          "GNU.sparse.offset=0",
          "GNU.sparse.numbytes=4",
          "GNU.sparse.offset=99000",
          "GNU.sparse.numbytes=4"
        }) {
      String[] parts = record.split("=");
      records += new String(TarBytes.record(parts[0], parts[1].getBytes(UTF_8)), UTF_8);
    }
    isRead(
        archive
            .raw(archive.header('x', "pax", "", records.length()), records.getBytes(UTF_8))
            .file("holes", STORED));
  }

  private static TarBytes inFront(String map) {
    String block = map + "\0".repeat(512 - map.length());
    return new TarBytes()
        .pax("GNU.sparse.major", "1")
        .pax("GNU.sparse.minor", "0")
        .pax("GNU.sparse.name", "holes")
        .pax("GNU.sparse.realsize", "" + SIZE)
        .file("GNUSparseFile.1/holes", block + STORED);
  }

  @Test
  void mapInFrontOfTheContent() throws IOException {
    isRead(inFront("2\n0\n4\n99000\n4\n"));
  }

  @Test
  void mapsThatContradictThemselvesAreDamage() {
    for (String map :
        new String[] {
          "2\n0\n4\n2\n4\n",
          "2\n0\n4\n99999\n4\n",
          "1\n0\n4\n",
          "9999999\n0\n4\n",
          "x\n",
          "2\n-1\n4\n"
        }) {
      TarEntries entries =
          new TarEntries(new ByteArrayInputStream(inFront(map).done()), Origin.of("a"));
      assertThatThrownBy(entries::next).as(map).isInstanceOf(CorruptDataException.class);
    }
  }

  @Test
  void fileOfExbibytesCostsNothing() throws IOException {
    long size = 1L << 62;
    byte[] archive = oldHuge(size);
    FileTree tree = TarTree.open(new ArraySource(archive, Origin.of("a")), log);
    ByteSource content = new Lookup(tree).find("/holes").node().content();

    assertThat(content.size()).isEqualTo(size);
    assertThat(content.bytes(size - 10, 10)).isEqualTo(new byte[10]);
    TarEntries entries = new TarEntries(new ByteArrayInputStream(archive), Origin.of("a"));
    assertThatThrownBy(entries::next).hasMessageContaining("sparse");
  }

  private static byte[] oldHuge(long size) {
    return new TarBytes()
        .pax("GNU.sparse.size", "" + size)
        .pax("GNU.sparse.map", "0,8")
        .file("holes", STORED)
        .done();
  }
}
