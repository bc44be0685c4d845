package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Lookup;
import drydock.fs.Node;
import drydock.fs.OpenOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What single features keep beside the tree: fields that a listing does not show. */
class FeatureFieldsTest {
  private final FindingLog log = new FindingLog();

  static List<String> images() throws IOException {
    return Images.names();
  }

  private Inode inode(Ext4Tree tree, String path) throws IOException {
    return tree.inode(new Lookup(tree).find(path).node().meta().inode());
  }

  private Ext4Tree open(byte[] raw) throws IOException {
    return Ext4Format.openTree(new ArraySource(raw, Origin.of("image")), OpenOptions.DEFAULT, log);
  }

  @Test
  void inodesSayTheirProjectAndHiddenFilesAreNamed() throws IOException {
    Ext4Tree tree = Images.tree("ext4-project-quota", log);
    assertThat(inode(tree, "/one").project()).isEqualTo(42);
    assertThat(inode(tree, "/dir").project()).isEqualTo(4_000_000_000L);
    assertThat(inode(tree, "/dir").flagSet()).contains(InodeFlag.PROJECT_INHERIT);
    assertThat(inode(tree, "/some").project()).isZero();
    Ext4Tree without = Images.tree("ext4-1k", log);
    assertThat(inode(without, "/one").project()).isNull();
    for (String kind : List.of("User", "Group", "Project")) {
      String field = kind.toLowerCase(Locale.ROOT) + "_quota_inode";
      String number = Images.dumpe2fs("ext4-project-quota", kind + " quota inode");
      assertThat(tree.info().details()).containsEntry(field, number);
      assertThat(tree.node(Long.parseLong(number)).meta().size()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4-2k", "ext4-128-inodes", "ext4-4k-inodes", "ext4-extra-sizes"})
  void sectorsAreWhatTheKernelCounts(String image) throws IOException {
    Ext4Tree tree = Images.tree(image, log);
    for (String path : List.of("/", "/one", "/some", "/more", "/dir")) {
      assertThat(inode(tree, path).sectors()).as(path).isEqualTo(sectorsOfKernel(image, path));
    }
  }

  @Test
  void hugeFileCountsBlocksAndNotSectors() throws IOException {
    Inode huge = inode(Images.tree("ext4-extra-sizes", log), "/huge");
    assertThat(huge.has(InodeFlag.HUGE_FILE)).isTrue();
    assertThat(huge.sectors()).isEqualTo(sectorsOfKernel("ext4-extra-sizes", "/huge"));
  }

  private static long sectorsOfKernel(String image, String path) throws IOException {
    Pattern row = Pattern.compile(".*\"path\": \"" + path + "\",.* \"blocks\": (\\d+),.*");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(Images.listing(image)))) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return all.lines()
          .map(row::matcher)
          .filter(Matcher::matches)
          .mapToLong(match -> Long.parseLong(match.group(1)))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void hurdsFieldsAreNotLinuxs() throws IOException {
    Ext4Tree tree = Images.tree("ext2-hurd", log);
    assertThat(inode(tree, "/one").hurdFields()).isEqualTo(new Inode.HurdFields(77, 0, 1000));
    assertThat(inode(tree, "/one").version()).isZero();
    assertThat(tree.superblock().bookkeeping().creatorName()).isEqualTo("Hurd");
    assertThat(tree.info().details()).containsEntry("made_by", "Hurd");
    Ext4Tree linux = Images.tree("ext4-1k", log);
    assertThat(inode(linux, "/one").hurdFields()).isNull();
    assertThat(inode(linux, "/one").version()).isPositive();
  }

  @Test
  void hurdsAuthorIsNotTakenForHalfOfAChecksum() throws IOException {
    byte[] raw = Images.raw("ext4-1k");
    Ext4Tree linux = Images.tree("ext4-1k", log);
    raw[1024 + 0x48] = 1;
    Checksums.putInt(raw, 1024 + 0x3fc, Checksums.crc32c(-1, raw, 1024, 0x3fc));
    long one = inode(linux, "/one").number();
    byte[] slot = linux.inode(one).raw();
    int at = indexOf(raw, slot);
    raw[at + 0x7c] ^= 0x55;
    Ext4Tree tree = open(raw);
    assertThat(tree.inode(one).hurdFields()).isNotNull();
    assertThat(log.list()).isEmpty();
  }

  private static int indexOf(byte[] raw, byte[] part) {
    for (int at = 0; at + part.length <= raw.length; at += part.length) {
      if (Arrays.equals(raw, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    throw new AssertionError("not there");
  }

  @Test
  void hashesBehindAFileOfVerityAreNoContent() throws IOException {
    Ext4Tree tree = Images.tree("ext4-verity", log);
    Node file = new Lookup(tree).find("/verity").node();
    assertThat(file.content().size()).isEqualTo(9000);
    Inode inode = tree.inode(file.meta().inode());
    assertThat(inode.flagSet()).contains(InodeFlag.VERITY);
    assertThat(inode.sectors() * 512).isGreaterThan(file.meta().size() + 4096);
  }

  @Test
  void guardAgainstMountingTwiceSaysWhoHadIt() throws IOException {
    String clean = Images.tree("ext4-mmp", log).info().details().get("mmp");
    assertThat(clean).startsWith("not in use").contains(", last written 20");
    byte[] raw = Images.raw("ext4-mmp");
    int at = Integer.parseInt(Images.dumpe2fs("ext4-mmp", "MMP block number")) * 1024;
    Checksums.putInt(raw, at + 4, 7);
    System.arraycopy("node-7\0".getBytes(StandardCharsets.US_ASCII), 0, raw, at + 16, 7);
    assertThat(open(raw).info().details().get("mmp")).startsWith("in use by node-7 (");
    assertThat(log.list()).extracting(Finding::what).anyMatch(what -> what.contains("checksum"));
    Arrays.fill(raw, at, at + 4, (byte) 0);
    assertThat(open(raw).info().details()).doesNotContainKey("mmp");
  }

  @Test
  void compressedContentIsRefusedByName() throws IOException {
    Ext4Tree tree = Images.tree("ext2-compression", log);
    assertThat(new Lookup(tree).find("/one").node().content().size()).isPositive();
    Node some = new Lookup(tree).find("/some").node();
    assertThat(some.meta().size()).isEqualTo(5000);
    assertThatThrownBy(some::content)
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("e2compr");
  }

  @Test
  void casefoldedNamesSayTheirEncoding() throws IOException {
    Ext4Tree tree = Images.tree("ext4-casefold", log);
    assertThat(tree.info().details()).containsEntry("encoding", "utf8-12.1 strict");
    assertThat(inode(tree, "/folded").flagSet()).contains(InodeFlag.CASEFOLDED);
  }

  @Test
  void filesMayShareTheirBlocks() throws IOException {
    Ext4Tree tree = Images.tree("ext4-odd-bits", log);
    List<BlockRun> one = tree.runs(inode(tree, "/more"), 10);
    assertThat(tree.runs(inode(tree, "/twin"), 10)).isEqualTo(one).isNotEmpty();
    assertThat(log.list()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("images")
  void restOfTheSuperblockIsWhatDumpe2fsPrints(String image) throws IOException {
    Ext4Tree tree = Images.tree(image, log);
    Bookkeeping more = tree.superblock().bookkeeping();
    Map<String, String> fields =
        Map.of(
            "Filesystem OS type", more.creatorName(),
            "Reserved block count", Long.toString(more.reservedBlocks()),
            "Maximum mount count", Integer.toString(more.maxMounts()),
            "RAID stride", Integer.toString(more.raidStride()),
            "Required extra isize", Integer.toString(more.minExtraBytes()),
            "Desired extra isize", Integer.toString(more.wantedExtraBytes()),
            "Overhead clusters", Long.toString(more.overheadClusters()),
            "MMP block number", Long.toString(more.guardBlock()),
            "MMP update interval", Integer.toString(more.guardInterval()));
    for (Map.Entry<String, String> field : fields.entrySet()) {
      String printed = Images.dumpe2fs(image, field.getKey());
      if (!printed.isEmpty()) {
        assertThat(field.getValue()).as(field.getKey()).isEqualTo(printed);
      }
    }
  }
}
