package drydock.export.ext4;

import static drydock.export.ext4.WrittenImage.NOTHING;
import static drydock.export.ext4.WrittenImage.TIME;
import static drydock.export.ext4.WrittenImage.TIMES;
import static drydock.export.ext4.WrittenImage.addFile;
import static drydock.export.ext4.WrittenImage.directory;
import static drydock.export.ext4.WrittenImage.file;
import static drydock.export.ext4.WrittenImage.linkedFile;
import static drydock.export.ext4.WrittenImage.special;
import static drydock.export.ext4.WrittenImage.symlink;
import static drydock.export.ext4.WrittenImage.timed;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ByteSource;
import drydock.export.TreeSink.Data;
import drydock.fs.Device;
import drydock.fs.FileTimes;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import drydock.fs.ext4.BlockRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single files with everything that is odd about them, written and read back. */
class ImageFilesTest {
  @TempDir Path work;
  private Path target;
  private ImageSink sink;

  @BeforeEach
  void begin() throws IOException {
    target = work.resolve("image");
    sink = ImageSink.create(target, "label", "text");
    sink.add(directory("/"));
  }

  /** Ends the image; a check of all of it must find nothing. */
  private WrittenImage written() throws IOException {
    sink.finish();
    sink.close();
    WrittenImage image = new WrittenImage(target);
    assertThat(image.findings()).isEmpty();
    return image;
  }

  @Test
  void ownersModesAndTimesAreKept() throws IOException {
    addFile(sink, "/f", "content");
    try (WrittenImage image = written()) {
      var meta = image.at("/f").meta();
      assertThat(meta.uid()).isEqualTo(70_000);
      assertThat(meta.gid()).isEqualTo(0xffff_fffeL);
      assertThat(meta.permissions()).isEqualTo(0644);
      assertThat(meta.times()).isEqualTo(TIMES);
    }
  }

  @Test
  void timesOfAllEpochsAreKeptAndOthersAreTold() throws IOException {
    Instant earliest = Instant.parse("1901-12-13T20:45:52.000000001Z");
    Instant latest = Instant.parse("2446-05-10T22:38:55.999999999Z");
    Instant between = Instant.parse("2038-01-19T03:14:08.5Z");
    Instant before = Instant.parse("1969-12-31T23:59:59.25Z");
    assertThat(sink.add(timed("/a", new FileTimes(earliest, latest, between, before, null))))
        .isEmpty();
    List<String> notKept =
        sink.add(
            timed(
                "/b",
                new FileTimes(earliest.minusSeconds(1), latest.plusSeconds(1), TIME, null, null)));
    assertThat(notKept)
        .containsExactly(
            "beyond what ext4 can keep, 2446-05-10T22:38:55Z stands for it: accessed",
            "beyond what ext4 can keep, 1901-12-13T20:45:52Z stands for it: modified");
    assertThat(sink.add(timed("/c", new FileTimes(TIME, null, TIME, null, null))))
        .containsExactly("not known, 1970-01-01 stands for it: accessed");
    try (WrittenImage image = written()) {
      assertThat(image.at("/a").meta().times())
          .isEqualTo(new FileTimes(earliest, latest, between, before, null));
      assertThat(image.at("/b").meta().times().modified())
          .isEqualTo(Instant.parse("1901-12-13T20:45:52Z"));
      assertThat(image.at("/c").meta().times().born()).isNull();
    }
  }

  @Test
  void devicesHaveTheirNumbers() throws IOException {
    List<Device> devices =
        List.of(
            Device.ZERO,
            new Device(8, 1),
            new Device(255, 255),
            new Device(256, 0),
            new Device(0, 256),
            new Device(0xfff, 0xf_ffff));
    for (int i = 0; i < devices.size(); i++) {
      assertThat(sink.add(special("/" + i, NodeType.CHARACTER, devices.get(i)))).isEmpty();
    }
    assertThat(sink.add(special("/x", NodeType.BLOCK, new Device(4096, 0))))
        .containsExactly("a device number that Linux does not have, 0:0 stands for it: 4096:0");
    sink.add(special("/y", NodeType.FIFO, null));
    sink.add(special("/z", NodeType.SOCKET, null));
    try (WrittenImage image = written()) {
      for (int i = 0; i < devices.size(); i++) {
        assertThat(image.at("/" + i).meta().device()).isEqualTo(devices.get(i));
      }
      assertThat(image.at("/y").meta().type()).isEqualTo(NodeType.FIFO);
      assertThat(image.at("/z").meta().type()).isEqualTo(NodeType.SOCKET);
    }
  }

  @Test
  void linksOfEveryLengthLeadWhereTheyLed() throws IOException {
    for (int length : new int[] {1, 59, 60, 4095}) {
      assertThat(
              sink.add(symlink("/" + length, "x".repeat(length).getBytes(StandardCharsets.UTF_8))))
          .isEmpty();
    }
    assertThat(sink.add(symlink("/5000", "y".repeat(5000).getBytes(StandardCharsets.UTF_8))))
        .containsExactly("what the link's target has behind byte 4095");
    assertThat(sink.add(symlink("/cut", new byte[] {'a', 0, 'b'})))
        .containsExactly("what the link's target has behind byte 1");
    assertThat(sink.add(symlink("/empty", new byte[0])))
        .containsExactly("left out: its target is empty");
    try (WrittenImage image = written()) {
      for (int length : new int[] {1, 59, 60, 4095}) {
        assertThat(
                image.tree().root().child(Name.of("" + length)).orElseThrow().node().linkTarget())
            .hasSize(length);
      }
      assertThat(image.tree().root().child(Name.of("empty"))).isEmpty();
    }
  }

  @Test
  void holesStayHolesAndDataStaysWhereItWas() throws IOException {
    long size = 5L << 40;
    List<Data> data =
        List.of(new Data(10, 20), new Data(40, 5000), new Data(1 << 20, 1), new Data(size - 3, 3));
    sink.beginFile(file("/sparse", size), data);
    byte[] all = new byte[20 + 5000 + 1 + 3];
    new Random(1).nextBytes(all);
    sink.write(all, 0, 30); // pieces of writing and of data need not be the same
    sink.write(all, 30, all.length - 30);
    sink.endFile();
    try (WrittenImage image = written()) {
      ByteSource content = image.at("/sparse").content();
      assertThat(content.size()).isEqualTo(size);
      int at = 0;
      for (Data each : data) {
        assertThat(content.bytes(each.position(), (int) each.length()))
            .isEqualTo(Arrays.copyOfRange(all, at, at + (int) each.length()));
        at += (int) each.length();
      }
      assertThat(content.bytes(30, 10)).containsOnly(0);
      assertThat(content.nextHole(0)).isEqualTo(8192);
      assertThat(content.nextData(8192)).isEqualTo(1 << 20);
      assertThat(content.nextHole(1 << 20)).isEqualTo((1 << 20) + 4096);
    }
  }

  /** What is written at a time ends wherever data begin, not at a block only. */
  @Test
  void dataThatBeginWithinABlockLeaveTheNextFileInItsPlace() throws IOException {
    int length = (1 << 20) - 5;
    sink.beginFile(file("/a", length + 10), List.of(new Data(10, length)));
    byte[] all = new byte[length];
    new Random(2).nextBytes(all);
    sink.write(all, 0, length);
    sink.endFile();
    addFile(sink, "/b", "beside");
    try (WrittenImage image = written()) {
      assertThat(image.at("/a").content().bytes(10, length)).isEqualTo(all);
      assertThat(image.at("/b").content().allBytes(10)).asString().isEqualTo("beside");
    }
  }

  @Test
  void mapOfTenThousandPiecesLeadsToEachOfThem() throws IOException {
    List<Data> data = new ArrayList<>();
    byte[] piece = new byte[4096];
    for (int i = 0; i < 10_000; i++) {
      data.add(new Data(i * 8192L, 4096));
    }
    sink.beginFile(file("/pieces", 10_000 * 8192L), data);
    for (int i = 0; i < 10_000; i++) {
      piece[0] = (byte) i;
      piece[1] = (byte) (i >> 8);
      sink.write(piece, 0, piece.length);
    }
    sink.endFile();
    try (WrittenImage image = written()) {
      ByteSource content = image.at("/pieces").content();
      for (int i = 0; i < 10_000; i++) {
        assertThat(content.bytes(i * 8192L, 2)).containsExactly(i & 0xff, i >> 8 & 0xff);
        assertThat(content.bytes(i * 8192L + 4096, 1)).containsExactly(0);
      }
    }
  }

  @Test
  void whatLiesBehindTheLargestFileIsTold() throws IOException {
    long most = ImageSink.LARGEST_FILE;
    List<String> notKept =
        sink.beginFile(file("/f", 1L << 50), List.of(new Data(most - 1, 3), new Data(1L << 49, 1)));
    assertThat(notKept).containsExactly("what lies behind byte " + most);
    sink.write(new byte[] {1, 2, 3, 4}, 0, 4);
    sink.endFile();
    try (WrittenImage image = written()) {
      assertThat(image.at("/f").meta().size()).isEqualTo(most);
      assertThat(image.at("/f").content().bytes(most - 2, 2)).containsExactly(0, 1);
      List<BlockRun> runs = image.tree().runs(image.tree().inode(image.at("/f").meta().inode()), 9);
      assertThat(runs).hasSize(1);
    }
  }

  @Test
  void sizeThatNoFileHasIsTold() throws IOException {
    assertThat(sink.beginFile(file("/f", -5), List.of()))
        .containsExactly("a size that no file has, 0 stands for it: -5");
    sink.endFile();
    try (WrittenImage image = written()) {
      assertThat(image.at("/f").meta().size()).isZero();
    }
  }

  private static SortedMap<Name, byte[]> attributes(Object... namesAndSizes) {
    SortedMap<Name, byte[]> attributes = new TreeMap<>();
    for (int i = 0; i < namesAndSizes.length; i += 2) {
      byte[] value = new byte[(int) namesAndSizes[i + 1]];
      new Random(i).nextBytes(value);
      attributes.put(Name.of((String) namesAndSizes[i]), value);
    }
    return attributes;
  }

  private void keeps(SortedMap<Name, byte[]> attributes) throws IOException {
    assertThat(sink.add(file(TreePath.of("/f"), 0, attributes))).isEmpty();
    try (WrittenImage image = written()) {
      SortedMap<Name, byte[]> read = image.at("/f").attributes();
      assertThat(read.keySet()).isEqualTo(attributes.keySet());
      attributes.forEach((name, value) -> assertThat(read.get(name)).isEqualTo(value));
    }
  }

  @Test
  void attributesThatFitAreInTheInode() throws IOException {
    keeps(attributes("security.selinux", 40, "trusted.a", 1, "user.empty", 0));
  }

  @Test
  void attributesThatDoNotFitAreInABlock() throws IOException {
    keeps(
        attributes(
            "user.a", 1, "user.b", 1000, "user.long" + "n".repeat(246), 7, "security.x", 2900));
  }

  /** By prefix, length of the name, name: the kernel looks no further than where one would be. */
  @Test
  void attributesOfABlockAreInTheKernelsOrder() throws IOException {
    sink.add(
        file(
            TreePath.of("/f"),
            0,
            attributes("security.z", 99, "trusted.y", 99, "user.long", 99, "user.x", 99)));
    try (WrittenImage image = written()) {
      long number = image.at("/f").meta().inode();
      byte[] block = image.tree().block(image.tree().inode(number).attributeBlock());
      List<String> lengthsAndPrefixes = new ArrayList<>();
      for (int at = 32; at < 32 + 4 * 20; at += 20) {
        lengthsAndPrefixes.add(block[at] + " " + block[at + 1]);
      }
      assertThat(lengthsAndPrefixes).containsExactly("1 1", "4 1", "1 4", "1 6");
    }
  }

  @Test
  void largeValuesHaveInodes() throws IOException {
    keeps(attributes("user.a", 65_536, "user.b", 4096, "user.c", 3000, "user.d", 1_000_000));
  }

  @Test
  void accessControlListsAreKept() throws IOException {
    SortedMap<Name, byte[]> attributes = new TreeMap<>();
    String list =
        "02000000 0100 0600 ffffffff 0200 0700 e8030000 0400 0400 ffffffff"
            + " 0800 0500 70110100 1000 0700 ffffffff 2000 0400 ffffffff";
    byte[] value = HexFormat.of().parseHex(list.replace(" ", ""));
    attributes.put(Name.of("system.posix_acl_access"), value);
    attributes.put(Name.of("system.posix_acl_default"), value);
    keeps(attributes);
  }

  @Test
  void attributesThatExt4HasNoPlaceForAreTold() throws IOException {
    SortedMap<Name, byte[]> attributes =
        attributes(
            "btrfs.compression",
            3,
            "system.data",
            3,
            "system.posix_acl_access",
            3,
            "user.",
            3,
            "user.huge",
            (1 << 24) + 1,
            "user.long" + "n".repeat(252),
            7);
    assertThat(sink.add(file(TreePath.of("/f"), 0, attributes)))
        .containsExactly(
            "an attribute that ext4 has no place for: btrfs.compression",
            "an attribute that ext4 has no place for: system.data",
            "an attribute that is no access control list: system.posix_acl_access",
            "an attribute with an impossible name: user.",
            "an attribute that is too large: user.huge",
            "an attribute with an impossible name: user.long" + "n".repeat(252));
    try (WrittenImage image = written()) {
      assertThat(image.at("/f").attributes()).isEmpty();
    }
  }

  @Test
  void moreAttributesThanThereIsRoomForAreTold() throws IOException {
    SortedMap<Name, byte[]> attributes = new TreeMap<>();
    for (int i = 0; i < 100; i++) {
      attributes.put(Name.of(String.format(Locale.ROOT, "user.%0200d", i)), new byte[300]);
    }
    List<String> notKept = sink.add(file(TreePath.of("/f"), 0, attributes));
    try (WrittenImage image = written()) {
      assertThat(image.at("/f").attributes()).hasSize(18);
      assertThat(notKept).hasSize(82);
    }
  }

  @Test
  void furtherNamesBeyondWhatAnInodeCanHaveAreTold() throws IOException {
    sink.add(linkedFile("/0", null));
    for (int i = 1; i < 65_000; i++) {
      assertThat(sink.add(linkedFile("/" + i, "/0"))).isEmpty();
    }
    assertThat(sink.add(linkedFile("/65000", "/0")))
        .containsExactly("left out: an inode has no more names than 65000");
    try (WrittenImage image = written()) {
      assertThat(image.at("/64999").meta().links()).isEqualTo(65_000);
      assertThat(image.tree().root().list()).hasSize(65_000);
    }
  }

  @Test
  void fileWithoutATypeIsLeftOutAndTold() throws IOException {
    assertThat(sink.add(special("/f", NodeType.UNKNOWN, null)))
        .containsExactly("left out: it has no type");
    try (WrittenImage image = written()) {
      assertThat(image.tree().root().list()).isEmpty();
    }
  }

  @Test
  void impossibleNamesAreReplacedAndTold() throws IOException {
    List<String> names = List.of("a\\x2fb", "a/b", "\0", ".", "..", "", "n".repeat(254) + "/");
    for (String name : names) {
      TreePath path = TreePath.ROOT.child(Name.of(name));
      assertThat(sink.add(file(path, 0, NOTHING))).hasSize(name.startsWith("a\\") ? 0 : 1);
    }
    try (WrittenImage image = written()) {
      Node root = image.tree().root();
      assertThat(root.list().stream().map(entry -> entry.name().toString()))
          .containsExactlyInAnyOrder(
              "a\\x2fb",
              "a\\x2fb~2",
              "\\x00",
              "\\x2e",
              "\\x2e\\x2e",
              "\\x",
              "n".repeat(254) + "\\");
    }
  }
}
