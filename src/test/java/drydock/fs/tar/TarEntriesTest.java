package drydock.fs.tar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.ArraySource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import drydock.fs.Device;
import drydock.fs.Name;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarEntriesTest {
  private static final Origin ORIGIN = Origin.of("archive");

  /** An entry and what was read of its content. */
  private record Read(TarEntry entry, byte[] content) {}

  private static List<Read> read(byte[] archive) throws IOException {
    TarEntries entries = new TarEntries(new ByteArrayInputStream(archive), ORIGIN);
    List<Read> all = new ArrayList<>();
    for (Optional<TarEntry> e = entries.next(); e.isPresent(); e = entries.next()) {
      all.add(new Read(e.get(), entries.content().readAllBytes()));
    }
    return all;
  }

  private static TarEntry only(TarBytes archive) throws IOException {
    List<Read> all = read(archive.done());
    assertThat(all).hasSize(1);
    return all.get(0).entry();
  }

  private static String path(TarEntry entry) {
    return new String(entry.path(), UTF_8);
  }

  @Test
  void headerTellsAllThatAFileIs() throws IOException {
    List<Read> all =
        read(new TarBytes().as(04755, 33, 34, 1_600_000_000).file("./a/b", "text").done());

    TarEntry entry = all.get(0).entry();
    assertThat(path(entry)).isEqualTo("./a/b");
    assertThat(entry.kind()).isEqualTo(TarKind.FILE);
    assertThat(entry.permissions()).isEqualTo(04755);
    assertThat(List.of(entry.uid(), entry.gid(), entry.size())).containsExactly(33L, 34L, 4L);
    assertThat(entry.modified()).isEqualTo(Instant.ofEpochSecond(1_600_000_000));
    assertThat(all.get(0).content()).isEqualTo("text".getBytes(UTF_8));
  }

  @Test
  void contentThatNobodyReadsIsPassedOver() throws IOException {
    byte[] archive = new TarBytes().file("a", "x".repeat(1500)).file("b", "").done();
    TarEntries entries = new TarEntries(new ByteArrayInputStream(archive), ORIGIN);

    entries.next();
    assertThat(entries.content().read()).isEqualTo('x');
    assertThat(path(entries.next().orElseThrow())).isEqualTo("b");
    assertThat(entries.content().read()).isEqualTo(-1);
    assertThat(entries.next()).isEmpty();
  }

  @Test
  void recordsSayMoreThanTheHeader() throws IOException {
    String longPath = "d/".repeat(200) + "\u00e4";
    TarEntry entry =
        only(
            new TarBytes()
                .pax("path", longPath)
                .pax("linkpath", "far")
                .pax("uid", "4294967294")
                .pax("gid", "70000")
                .pax("mtime", "1234567890.12345678999")
                .pax("SCHILY.xattr.security.capability", new byte[] {1, 0, (byte) 0xff, '\n'})
                .pax("SCHILY.xattr.user.empty", "")
                .symlink("short", "near"));

    assertThat(path(entry)).isEqualTo(longPath);
    assertThat(new String(entry.target(), UTF_8)).isEqualTo("far");
    assertThat(entry.uid()).isEqualTo(4294967294L);
    assertThat(entry.gid()).isEqualTo(70000);
    assertThat(entry.modified()).isEqualTo(Instant.ofEpochSecond(1234567890, 123456789));
    assertThat(entry.attributes())
        .containsOnlyKeys(Name.of("security.capability"), Name.of("user.empty"));
    assertThat(entry.attributes().get(Name.of("security.capability")))
        .containsExactly(1, 0, 0xff, '\n');
  }

  @Test
  void timesBefore1970HaveTheirFraction() throws IOException {
    assertThat(only(new TarBytes().pax("mtime", "-1.25").dir("d/")).modified())
        .isEqualTo(Instant.ofEpochSecond(-2, 750_000_000));
  }

  @Test
  void recordsAreForOneEntryOnly() throws IOException {
    List<Read> all = read(new TarBytes().pax("uid", "7").file("a", "").file("b", "").done());

    assertThat(all.get(0).entry().uid()).isEqualTo(7);
    assertThat(all.get(1).entry().uid()).isZero();
  }

  @Test
  void anEmptyRecordMeansTheHeader() throws IOException {
    assertThat(path(only(new TarBytes().pax("path", "").file("a", "")))).isEqualTo("a");
  }

  @Test
  void namesThatAreNoUtf8StayBytes() throws IOException {
    byte[] name = {'a', (byte) 0xff, (byte) 0xc3};
    assertThat(only(new TarBytes().file(new String(name, ISO_8859_1), "")).path()).isEqualTo(name);
    assertThat(only(new TarBytes().pax("path", name).file("b", "")).path()).isEqualTo(name);
  }

  @Test
  void gnusLongNamesAreRead() throws IOException {
    String name = "n".repeat(300);
    TarBytes archive = new TarBytes();
    archive.entry('L', "././@LongLink", "", (name + "\0").getBytes(UTF_8));
    archive.entry('K', "././@LongLink", "", ("t" + name + "\0").getBytes(UTF_8));
    TarEntry entry = only(archive.symlink("cut", "cut"));

    assertThat(path(entry)).isEqualTo(name);
    assertThat(new String(entry.target(), UTF_8)).isEqualTo("t" + name);
  }

  @Test
  void ustarHasTheFrontOfANameElsewhere() throws IOException {
    TarBytes archive = new TarBytes();
    byte[] header = archive.header('0', "name", "", 0);
    TarBytes.put(header, 345, "some/where");

    assertThat(path(only(archive.raw(TarBytes.summed(header), new byte[0]))))
        .isEqualTo("some/where/name");
  }

  @Test
  void largeAndNegativeNumbersAreBinary() throws IOException {
    TarBytes archive = new TarBytes();
    byte[] header = archive.header('0', "name", "", 0);
    System.arraycopy(new byte[] {(byte) 0x80, 0, 0, 0, 1, 2, 3, 4}, 0, header, 108, 8);
    Arrays.fill(header, 136, 148, (byte) 0xff);
    TarEntry entry = only(archive.raw(TarBytes.summed(header), new byte[0]));

    assertThat(entry.uid()).isEqualTo(0x01020304L);
    assertThat(entry.modified()).isEqualTo(Instant.ofEpochSecond(-1));
  }

  @Test
  void devicesHaveTheirNumber() throws IOException {
    TarBytes archive = new TarBytes();
    byte[] header = archive.header('3', "null", "", 0);
    TarBytes.octal(header, 329, 7, 1);
    TarBytes.octal(header, 337, 7, 3);
    TarEntry entry = only(archive.raw(TarBytes.summed(header), new byte[0]));

    assertThat(entry.kind()).isEqualTo(TarKind.CHARACTER);
    assertThat(entry.device()).isEqualTo(new Device(1, 3));
  }

  @Test
  void ofLinksAndDirectoriesASizeIsNoContent() throws IOException {
    TarBytes archive = new TarBytes();
    archive.raw(archive.header('5', "d/", "", 4096), new byte[0]);
    archive.raw(archive.header('1', "l", "d", 77), new byte[0]);

    assertThat(read(archive.file("f", "x").done())).hasSize(3);
  }

  @Test
  void oldArchivesNameDirectoriesWithASlash() throws IOException {
    assertThat(only(new TarBytes().entry('\0', "d/", "", new byte[0])).kind())
        .isEqualTo(TarKind.DIRECTORY);
  }

  @Test
  void archiveMayEndWithoutZeros() throws IOException {
    assertThat(read(new TarBytes().file("a", "x").unfinished())).hasSize(1);
    byte[] unpadded = Arrays.copyOf(new TarBytes().file("a", "x").unfinished(), 513);
    assertThat(read(unpadded)).hasSize(1);
    assertThat(read(new byte[0])).isEmpty();
  }

  @Test
  void whatIsNoArchiveIsDamage() {
    byte[] good = new TarBytes().file("a", "xyz").done();
    byte[] flipped = good.clone();
    flipped[3] ^= 1;
    assertThatThrownBy(() -> read(flipped))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("checksum");
    assertThatThrownBy(() -> read(Arrays.copyOf(good, 200)))
        .isInstanceOf(CorruptDataException.class);
    assertThatThrownBy(() -> read(Arrays.copyOf(good, 514)))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("ends inside an entry");
    byte[] behind = Arrays.copyOf(new byte[512], 1536);
    System.arraycopy(good, 0, behind, 512, 1024);
    assertThatThrownBy(() -> read(behind))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("behind a block of zeros");
  }

  @Test
  void lengthsAreCheckedBeforeAnythingIsMade() {
    TarBytes archive = new TarBytes();
    archive.raw(archive.header('x', "pax", "", 0_77777_777777L), new byte[0]);
    assertThatThrownBy(() -> read(archive.done()))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("too long");
    assertThatThrownBy(() -> read(new TarBytes().pax("size", "-5").file("a", "").done()))
        .isInstanceOf(CorruptDataException.class);
    assertThatThrownBy(
            () -> read(new TarBytes().pax("size", "9223372036854775807").file("a", "").done()))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("ends inside an entry");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "6 a=b",
        "999999999999 a=b\n",
        "7 a=b\n",
        "5 a=b\n",
        " 6 a=b\n",
        "6 ab\n\n",
        "x",
        "6 =ab\n"
      })
  void whatIsNoRecordIsDamage(String records) {
    byte[] archive = new TarBytes().entry('x', "pax", "", records.getBytes(UTF_8)).done();
    assertThatThrownBy(() -> read(archive)).isInstanceOf(CorruptDataException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1e999999999", "99999999999999999999", "1.2.3", "-"})
  void whatIsNoTimeIsDamage(String time) {
    byte[] archive = new TarBytes().pax("mtime", time).file("a", "").done();
    assertThatThrownBy(() -> read(archive)).isInstanceOf(CorruptDataException.class);
  }

  @Test
  void sparseFilesOfOtherFormsAndOddTypesAreNotRead() {
    assertThatThrownBy(() -> read(new TarBytes().entry('S', "s", "", new byte[0]).done()))
        .isInstanceOf(UnsupportedFormatException.class);
    assertThatThrownBy(() -> read(new TarBytes().pax("GNU.sparse.major", "1").file("s", "").done()))
        .isInstanceOf(UnsupportedFormatException.class);
    assertThatThrownBy(() -> read(new TarBytes().entry('M', "s", "", new byte[0]).done()))
        .isInstanceOf(UnsupportedFormatException.class);
  }

  /** Every bit of an archive turned, and every length: one of our two errors, or entries. */
  @Test
  void noDamageEndsInAnotherError() {
    byte[] good =
        new TarBytes().pax("mtime", "1.5").pax("SCHILY.xattr.user.a", "b").file("a", "x").done();
    for (int i = 0; i < good.length * 8; i++) {
      byte[] bad = good.clone();
      bad[i / 8] = (byte) (bad[i / 8] ^ 1 << i % 8);
      onlyOurErrors(bad);
    }
    for (int i = 0; i < good.length; i++) {
      onlyOurErrors(Arrays.copyOf(good, i));
    }
  }

  private static void onlyOurErrors(byte[] archive) {
    try {
      read(archive);
    } catch (IOException e) {
      assertThat(e).isInstanceOfAny(CorruptDataException.class, UnsupportedFormatException.class);
    }
  }

  @Test
  void anotherWritersArchiveIsReadTheSame() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      TarArchiveEntry entry = new TarArchiveEntry("e/".repeat(100) + "f");
      entry.setSize(3);
      entry.setUserId(5_000_000_000L);
      entry.setModTime(1_000_000_000_123L);
      tar.putArchiveEntry(entry);
      tar.write(new byte[] {1, 2, 3});
      tar.closeArchiveEntry();
    }
    List<Read> all = read(out.toByteArray());

    assertThat(path(all.get(0).entry())).isEqualTo("e/".repeat(100) + "f");
    assertThat(all.get(0).entry().uid()).isEqualTo(5_000_000_000L);
    assertThat(all.get(0).content()).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zstd", "xz", "bzip2", ""})
  void packedArchivesAreToldByTheirBeginning(String packer)
      throws IOException, CompressorException {
    byte[] plain = new TarBytes().file("a", "y".repeat(100_000)).done();
    byte[] packed = packer.isEmpty() ? plain : packed(packer, plain);

    try (InputStream in = Compression.open(new ArraySource(packed, ORIGIN))) {
      assertThat(in.readAllBytes()).isEqualTo(plain);
    }
    if (!packer.isEmpty()) {
      byte[] cut = Arrays.copyOf(packed, packed.length / 2);
      assertThatThrownBy(() -> Compression.open(new ArraySource(cut, ORIGIN)).readAllBytes())
          .isInstanceOf(CorruptDataException.class)
          .hasMessageContaining("cannot be unpacked");
    }
  }

  private static byte[] packed(String packer, byte[] plain)
      throws IOException, CompressorException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var packing = new CompressorStreamFactory().createCompressorOutputStream(packer, out)) {
      packing.write(plain);
    }
    return out.toByteArray();
  }

  /** As eStargz writes layers. */
  @Test
  void allMembersOfAGzipFileAreRead() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String part : List.of("one ", "two ", "three")) {
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(part.getBytes(UTF_8));
      }
    }
    try (InputStream in = Compression.open(new ArraySource(out.toByteArray(), ORIGIN))) {
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("one two three");
    }
  }
}
