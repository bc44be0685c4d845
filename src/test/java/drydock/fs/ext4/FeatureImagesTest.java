package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ByteSource;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import drydock.truth.KernelListing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small file systems with every feature and block size, compared with what the kernel shows. */
class FeatureImagesTest {
  /** Filled by mke2fs from a directory: what belongs to the file system itself is not copied. */
  private static final Set<String> COPIES =
      Set.of("ext4-64k", "ext4-16k-block-pointers", "ext4-8k", "ext4-16k", "ext4-32k");

  /** With features that it does not know, or does not want to. */
  private static final Set<String> REFUSED_BY_DUMPE2FS = Set.of("ext2-compression", "ext4-dirdata");

  private static final Set<String> NOT_COPIED = Set.of("ino", "atime", "btime", "ctime", "mtime");

  static List<String> images() throws IOException {
    return Images.names();
  }

  /** Content that claims to be compressed is not read: here the claim is taken away. */
  private static Ext4Tree readable(String image, FindingLog log) throws IOException {
    byte[] raw = Images.raw(image);
    raw[1024 + 0x60] &= (byte) ~Feature.COMPRESSION.mask();
    return Images.tree(image, raw, log);
  }

  @ParameterizedTest
  @MethodSource("images")
  void imageIsWhatTheKernelShows(String image) throws IOException {
    FindingLog log = new FindingLog();
    Ext4Tree tree =
        image.equals("ext2-compression") ? readable(image, log) : Images.tree(image, log);
    KernelListing ours = KernelListing.of(tree, log);
    KernelListing kernel = KernelListing.read(Images.listing(image));
    assertThat(kernel.size()).isGreaterThan(20);
    if (COPIES.contains(image)) {
      List<String> differences =
          ours.without(Set.of("/", "/lost+found"))
              .differences(kernel.without(Set.of("/")), NOT_COPIED);
      assertThat(differences).filteredOn(line -> !isDirectorySize(ours, line)).isEmpty();
    } else if (image.equals("ext4-encrypted")) {
      // the kernel says the length of the target that it shows, we the one that is stored
      assertThat(ours.differences(kernel, Set.of("size"))).isEmpty();
    } else {
      assertThat(ours.differences(kernel, Set.of())).isEmpty();
    }
    assertThat(log.list()).isEmpty();
  }

  private static boolean isDirectorySize(KernelListing listing, String line) {
    int colon = line.indexOf(": size is");
    return colon > 0 && "d".equals(listing.row(line.substring(0, colon)).get("type"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext2-1k", "ext4-4k", "ext4-1k"})
  void fileBehindFourGigabytesIsOneHoleAndItsEnd(String image) throws IOException {
    Node large = new Lookup(Images.tree(image, new FindingLog())).find("/large").node();
    long start = (4L << 30) + 12345;
    byte[] end = "behind four gigabytes".getBytes(StandardCharsets.UTF_8);
    ByteSource content = large.content();
    assertThat(content.bytes(start, end.length)).isEqualTo(end);
    assertThat(content.bytes(start - 50_000, 30_000)).containsOnly(0);
    assertThat(content.nextData(0)).isBetween(start - 4096, start);
    assertThat(content.nextHole(0)).isZero();
    assertThat(content.nextHole(start)).isEqualTo(content.size());
  }

  @ParameterizedTest
  @MethodSource("images")
  void everyNameIsFoundWithoutListing(String image) throws IOException {
    FindingLog log = new FindingLog();
    FileTree listed = Images.tree(image, log);
    FileTree searched = Images.tree(image, log);
    new TreeWalk(log)
        .walk(
            TreePath.ROOT,
            listed.root(),
            (path, node, meta) -> {
              if (!meta.isDirectory()) {
                return;
              }
              Node same = searched.node(meta.inode());
              for (Entry entry : node.list()) {
                assertThat(same.child(entry.name()).map(Entry::inode)).contains(entry.inode());
              }
              assertThat(same.child(Name.of("absent"))).isEmpty();
            });
    assertThat(log.list()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("images")
  void entriesSayTheTypeWhereTheFileSystemKeepsIt(String image) throws IOException {
    FindingLog log = new FindingLog();
    Ext4Tree tree = Images.tree(image, log);
    boolean kept = tree.superblock().features().has(Feature.FILETYPE);
    for (Entry entry : tree.root().list()) {
      NodeType type = entry.node().meta().type();
      assertThat(entry.type()).isEqualTo(kept ? type : null);
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void superblockSaysWhatDumpe2fsPrints(String image) throws IOException {
    Ext4Tree tree = Images.tree(image, new FindingLog());
    Superblock superblock = tree.superblock();
    if (REFUSED_BY_DUMPE2FS.contains(image)) {
      return;
    }
    assertThat(String.join(" ", superblock.features().labels()))
        .isEqualTo(
            Images.dumpe2fs(image, "Filesystem features")
                .replace("(none)", "")
                .replace("FEATURE_C7", "exclude_inode")
                .replace("FEATURE_R2", "btree_dir")
                .replace("FEATURE_R7", "snapshot"));
    assertThat(tree.info().uuid()).isEqualTo(Images.dumpe2fs(image, "Filesystem UUID"));
    assertThat(superblock.blocks()).asString().isEqualTo(Images.dumpe2fs(image, "Block count"));
    assertThat(superblock.inodes()).asString().isEqualTo(Images.dumpe2fs(image, "Inode count"));
    assertThat(superblock.blockBytes()).asString().isEqualTo(Images.dumpe2fs(image, "Block size"));
    assertThat(superblock.freeBlocks()).asString().isEqualTo(Images.dumpe2fs(image, "Free blocks"));
    assertThat(superblock.freeInodes()).asString().isEqualTo(Images.dumpe2fs(image, "Free inodes"));
    assertThat(tree.info().type()).isEqualTo(image.substring(0, 4).replace("revi", "ext2"));
    assertThat(tree.info().state()).isEqualTo(Images.dumpe2fs(image, "Filesystem state"));
  }
}
