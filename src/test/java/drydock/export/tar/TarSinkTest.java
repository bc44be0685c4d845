package drydock.export.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.export.ExportedFile;
import drydock.export.TreeSink.Data;
import drydock.fs.Device;
import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.Name;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TarSinkTest {
  private static final Instant THEN = Instant.parse("2026-11-22T01:00:49.947622168Z");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final TarSink sink = new TarSink(out);
  private final SortedMap<Name, byte[]> attributes = new TreeMap<>();

  private static FileMeta meta(NodeType type, long size) {
    return new FileMeta(
        11, type, 0644, 1, 2, size, 1, null, new FileTimes(THEN, null, null, null, null));
  }

  private ExportedFile file(String path, FileMeta meta) {
    return new ExportedFile(TreePath.of(path), meta, null, attributes, new byte[0]);
  }

  private ExportedFile file(byte[] path, FileMeta meta) {
    return new ExportedFile(TreePath.of(path), meta, null, attributes, new byte[0]);
  }

  private void content(ExportedFile file, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    List<Data> data = bytes.length == 0 ? List.of() : List.of(new Data(0, bytes.length));
    assertThat(sink.beginFile(file, data)).isEmpty();
    sink.write(bytes, 0, bytes.length);
    sink.endFile();
  }

  private Archive.Entry only() throws IOException {
    sink.finish();
    var entries = Archive.read(out.toByteArray());
    assertThat(entries).hasSize(1);
    return entries.values().iterator().next();
  }

  @Test
  void aPlainFileNeedsARecordForItsFractionOnly() throws IOException {
    content(file("/etc/motd", meta(NodeType.FILE, 5)), "hello");
    Archive.Entry entry = only();
    assertThat(entry.text()).isEqualTo("etc/motd");
    assertThat(entry.type()).isEqualTo('0');
    assertThat(entry.mode()).isEqualTo(0644);
    assertThat(entry.uid()).isEqualTo(1);
    assertThat(entry.gid()).isEqualTo(2);
    assertThat(entry.modified()).isEqualTo(THEN.getEpochSecond());
    assertThat(entry.records()).containsOnlyKeys("mtime");
    assertThat(entry.records()).containsEntry("mtime", "1795309249.947622168");
    assertThat(entry.stored()).asString().isEqualTo("hello");
  }

  @Test
  void theRootIsADotAndDirectoriesEndInASlash() throws IOException {
    sink.add(file("/", meta(NodeType.DIRECTORY, 4096)));
    sink.add(file("/etc", meta(NodeType.DIRECTORY, 4096)));
    sink.finish();
    assertThat(Archive.read(out.toByteArray())).containsOnlyKeys("./", "etc/");
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 0",
    "1970-01-01T00:00:00.5Z, 0.500000000",
    "1969-12-31T23:59:59.5Z, -0.500000000",
    "1969-12-31T23:59:58.000000001Z, -1.999999999",
    "1969-12-31T23:59:58Z, -2",
    "1901-12-13T20:45:52Z, -2147483648",
    "2446-05-10T22:38:55.999999999Z, 15032385535.999999999"
  })
  void timesAreDecimalOnBothSidesOf1970(String time, String text) {
    assertThat(PaxRecords.seconds(Instant.parse(time))).isEqualTo(text);
  }

  @Test
  void timesThatTheHeaderCannotHoldAreRecords() throws IOException {
    Instant early = Instant.parse("1965-01-01T00:00:00Z");
    Instant late = Instant.parse("2300-01-01T00:00:00Z");
    FileTimes times = new FileTimes(early, late, THEN, early.plusNanos(1), null);
    FileMeta meta = new FileMeta(11, NodeType.FIFO, 0600, 0, 0, 0, 1, null, times);
    sink.add(file("/pipe", meta));
    Archive.Entry entry = only();
    assertThat(entry.type()).isEqualTo('6');
    assertThat(entry.modified()).isZero();
    assertThat(entry.records())
        .containsEntry("mtime", "-157766400")
        .containsEntry("atime", "10413792000")
        .containsEntry("ctime", "1795309249.947622168")
        .containsEntry("LIBARCHIVE.creationtime", "-157766399.999999999");
  }

  @Test
  void ownersAboveTheHeadersDigitsAreRecords() throws IOException {
    FileMeta meta =
        new FileMeta(1, NodeType.FIFO, 07777, 2097151, 4294967295L, 0, 1, null, FileTimes.NONE);
    sink.add(file("/f", meta));
    Archive.Entry entry = only();
    assertThat(entry.uid()).isEqualTo(2097151);
    assertThat(entry.gid()).isEqualTo(4294967295L);
    assertThat(entry.mode()).isEqualTo(07777);
    assertThat(entry.records()).containsOnlyKeys("gid");
  }

  @Test
  void devicesHaveTheirNumbersHoweverLarge() throws IOException {
    FileMeta sda =
        new FileMeta(1, NodeType.BLOCK, 0660, 0, 6, 0, 1, new Device(8, 1), FileTimes.NONE);
    FileMeta odd =
        new FileMeta(
            1, NodeType.CHARACTER, 0, 0, 0, 0, 1, new Device(4095, 4294967295L), FileTimes.NONE);
    sink.add(file("/sda1", sda));
    sink.add(file("/odd", odd));
    sink.finish();
    var entries = Archive.read(out.toByteArray());
    assertThat(entries.get("sda1").type()).isEqualTo('4');
    assertThat(entries.get("sda1").major()).isEqualTo(8);
    assertThat(entries.get("sda1").minor()).isEqualTo(1);
    assertThat(entries.get("odd").type()).isEqualTo('3');
    assertThat(entries.get("odd").major()).isEqualTo(4095);
    assertThat(entries.get("odd").minor()).isEqualTo(4294967295L);
  }

  @Test
  void attributesAreBytesWithZerosLineBreaksAndEqualsSigns() throws IOException {
    byte[] value = {0, '\n', '=', (byte) 0xff, ' '};
    attributes.put(Name.of("user.odd=name%"), value);
    attributes.put(Name.of("user.empty"), new byte[0]);
    content(file("/f", meta(NodeType.FILE, 0)), "");
    assertThat(only().records())
        .containsEntry(
            "SCHILY.xattr.user.odd%3Dname%25", new String(value, StandardCharsets.ISO_8859_1))
        .containsEntry("SCHILY.xattr.user.empty", "");
  }

  @Test
  void anAclIsThereAsTextAsWell() throws IOException {
    String acl =
        "0200000001000600ffffffff02000500e803000004000400ffffffff"
            + "0800070064000000 10000700ffffffff20000000ffffffff";
    attributes.put(
        Name.of("system.posix_acl_access"), HexFormat.of().parseHex(acl.replace(" ", "")));
    attributes.put(Name.of("system.posix_acl_default"), new byte[] {2, 0, 0, 0, 9});
    content(file("/f", meta(NodeType.FILE, 0)), "");
    assertThat(only().records())
        .containsEntry(
            "SCHILY.acl.access",
            "user::rw-,user:1000:r-x,group::r--,group:100:rwx,mask::rwx,other::---")
        .doesNotContainKey("SCHILY.acl.default")
        .containsKeys(
            "SCHILY.xattr.system.posix_acl_access", "SCHILY.xattr.system.posix_acl_default");
  }

  @Test
  void aNameThatIsNoUtf8IsKeptAndSaidToBeBytes() throws IOException {
    byte[] name = {'/', 'a', (byte) 0xff, (byte) 0xc3};
    content(file(name, meta(NodeType.FILE, 0)), "");
    Archive.Entry entry = only();
    assertThat(entry.records()).containsEntry("hdrcharset", "BINARY");
    assertThat(List.copyOf(entry.records().keySet())).startsWith("hdrcharset", "path");
    assertThat(entry.text()).isEqualTo("a\u00ff\u00c3");
  }

  @Test
  void aNameInUtf8IsARecordWithoutFurtherWords() throws IOException {
    content(file("/\u00e4", meta(NodeType.FILE, 0)), "");
    Archive.Entry entry = only();
    assertThat(entry.records()).containsKey("path").doesNotContainKey("hdrcharset");
    assertThat(new String(entry.name(), StandardCharsets.UTF_8)).isEqualTo("\u00e4");
  }

  @ParameterizedTest
  @CsvSource({"99", "100", "101", "255"})
  void longNamesAndTargetsAreWhole(int length) throws IOException {
    String name = "n".repeat(length);
    FileMeta meta = meta(NodeType.SYMLINK, length);
    byte[] target = "t".repeat(length).getBytes(StandardCharsets.UTF_8);
    sink.add(new ExportedFile(TreePath.of("/" + name), meta, null, attributes, target));
    Archive.Entry entry = only();
    assertThat(entry.text()).isEqualTo(name);
    assertThat(entry.linkText()).isEqualTo("t".repeat(length));
    assertThat(entry.records().containsKey("path")).isEqualTo(length > 100);
    assertThat(entry.records().containsKey("linkpath")).isEqualTo(length > 100);
  }

  @Test
  void recordsCountTheirOwnLengthRightWhereItGrowsADigit() throws IOException {
    for (int length = 60; length < 1100; length++) {
      attributes.put(Name.of("user.n" + length), new byte[length]);
    }
    content(file("/f", meta(NodeType.FILE, 0)), "");
    assertThat(only().records()).hasSize(1 + 1100 - 60);
  }

  @Test
  void aFurtherNameIsALinkWithoutContentOrAttributes() throws IOException {
    attributes.put(Name.of("user.a"), new byte[] {1});
    sink.add(
        new ExportedFile(
            TreePath.of("/b"), meta(NodeType.FILE, 7), TreePath.of("/a"), attributes, new byte[0]));
    Archive.Entry entry = only();
    assertThat(entry.type()).isEqualTo('1');
    assertThat(entry.linkText()).isEqualTo("a");
    assertThat(entry.stored()).isEmpty();
    assertThat(entry.records()).containsOnlyKeys("mtime");
  }

  @Test
  void aSocketIsSaidNotToBeKept() throws IOException {
    assertThat(sink.add(file("/s", meta(NodeType.SOCKET, 0)))).hasSize(1);
    sink.finish();
    assertThat(Archive.read(out.toByteArray())).isEmpty();
  }

  @Test
  void holesAreInTheMapAndNotInTheData() throws IOException {
    ExportedFile file = file("/d/sparse", meta(NodeType.FILE, 1L << 40));
    sink.beginFile(file, List.of(new Data(4096, 3), new Data(1L << 39, 2)));
    sink.write("abc".getBytes(StandardCharsets.UTF_8), 0, 3);
    sink.write("xdex".getBytes(StandardCharsets.UTF_8), 1, 2);
    sink.endFile();
    Archive.Entry entry = only();
    assertThat(entry.text()).isEqualTo("d/sparse");
    assertThat(entry.records())
        .containsEntry("GNU.sparse.major", "1")
        .containsEntry("GNU.sparse.minor", "0")
        .containsEntry("GNU.sparse.realsize", "1099511627776")
        .doesNotContainKey("path");
    String stored = new String(entry.stored(), StandardCharsets.UTF_8);
    assertThat(stored).startsWith("3\n4096\n3\n549755813888\n2\n1099511627776\n0\n\0");
    assertThat(stored).hasSize(512 + 5).endsWith("abcde");
  }

  @Test
  void aFileOfNothingButAHoleHasOnlyAMap() throws IOException {
    sink.beginFile(file("/hole", meta(NodeType.FILE, 9)), List.of());
    sink.endFile();
    assertThat(new String(only().stored(), StandardCharsets.UTF_8)).startsWith("1\n9\n0\n\0");
  }

  @Test
  void aSizeAboveTheHeadersDigitsIsARecord() throws IOException {
    long size = 1L << 33;
    sink.beginFile(file("/big", meta(NodeType.FILE, size)), List.of(new Data(0, size)));
    // not written: the header is what is looked at
    assertThatThrownBy(sink::endFile).hasMessageContaining("8589934592 bytes less");
    sink.finish();
    assertThat(out.toString(StandardCharsets.ISO_8859_1)).contains(" size=8589934592\n");
  }

  @Test
  void moreBytesThanAnnouncedAreRefused() throws IOException {
    sink.beginFile(file("/f", meta(NodeType.FILE, 1)), List.of(new Data(0, 1)));
    assertThatThrownBy(() -> sink.write(new byte[2], 0, 2))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anotherReaderFindsTheSame() throws IOException {
    attributes.put(Name.of("user.note"), "hi".getBytes(StandardCharsets.UTF_8));
    content(file("/a", meta(NodeType.FILE, 3)), "abc");
    ExportedFile sparse = file("/sparse", meta(NodeType.FILE, 10_000));
    sink.beginFile(sparse, List.of(new Data(5000, 4)));
    sink.write("data".getBytes(StandardCharsets.UTF_8), 0, 4);
    sink.endFile();
    sink.add(file("/pipe", meta(NodeType.FIFO, 0)));
    sink.finish();
    List<String> read = new ArrayList<>();
    try (var in = new TarArchiveInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      @Nullable TarArchiveEntry entry;
      while ((entry = in.getNextEntry()) != null) {
        byte[] content = in.readAllBytes();
        read.add(entry.getName() + " " + content.length + " " + entry.isFIFO());
        assertThat(entry.getLongUserId()).isEqualTo(1);
        assertThat(entry.getExtraPaxHeader("SCHILY.xattr.user.note")).isEqualTo("hi");
      }
    }
    assertThat(read).containsExactly("a 3 false", "sparse 10000 false", "pipe 0 true");
  }
}
