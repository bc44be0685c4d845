package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.OpenOptions;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cut-off and bit-flipped file systems: our two exceptions or findings, in bounded time. */
class HostileImagesTest {
  private static final int ROUNDS = Integer.getInteger("hostile.rounds", 60);
  private static final int MAX_NODES = 5000;
  private static final long READ_OF_EACH = 4 << 20;

  /** The walk has seen enough. */
  private static final class Enough extends IOException {
    private static final long serialVersionUID = 1L;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ext2-1k",
        "ext3-2k-tea",
        "ext4-1k",
        "ext4-inline",
        "ext4-ea-inode",
        "ext4-meta-bg"
      })
  void flippedBitsInMetadataEndInFindings(String image) throws IOException {
    byte[] sound = Images.raw(image);
    int[] places = placesOfMetadata(image);
    Random random = new Random(20261122);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] raw = sound.clone();
      for (int flip = 0; flip <= round % 4; flip++) {
        int place = places[random.nextInt(places.length)] + random.nextInt(64);
        raw[place % raw.length] ^= (byte) (1 << random.nextInt(8));
      }
      survives(raw, image + " round " + round);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext2-1k", "ext4-1k", "ext4-ea-inode", "revision-0"})
  void numbersBeyondAllBoundsEndInFindings(String image) throws IOException {
    byte[] sound = Images.raw(image);
    int[] places = placesOfMetadata(image);
    Random random = new Random(7);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] raw = sound.clone();
      int place = places[random.nextInt(places.length)] + 4 * random.nextInt(16);
      int length = 2 << random.nextInt(3);
      byte filler = (byte) (random.nextBoolean() ? 0xff : random.nextInt(256));
      Arrays.fill(raw, place, Math.min(raw.length, place + length), filler);
      survives(raw, image + " round " + round);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext2-1k", "ext4-4k", "ext4-inline", "ext4-1k"})
  void cutOffImagesEndInFindings(String image) throws IOException {
    byte[] sound = Images.raw(image);
    for (int cut = 0; cut < 36; cut++) {
      long length = cut < 12 ? cut * 200L : (long) sound.length * (cut - 12) / 24;
      survives(Arrays.copyOf(sound, (int) length), image + " cut to " + length);
    }
  }

  /**
   * The superblock, descriptors, inode tables, directories, extent and attribute blocks: what is
   * not zero.
   */
  private static int[] placesOfMetadata(String image) throws IOException {
    FindingLog log = new FindingLog();
    Ext4Tree tree = Images.tree(image, log);
    int blockBytes = tree.superblock().blockBytes();
    IntStream.Builder places = IntStream.builder();
    for (int at = Superblock.OFFSET; at < Superblock.OFFSET + 320; at += 64) {
      places.add(at);
    }
    int table = Superblock.OFFSET / blockBytes + 1;
    places.add(table * blockBytes);
    for (long number = 2; number < Math.min(120, tree.superblock().inodes()); number++) {
      Inode inode = tree.inode(number);
      if (inode.isBlank()) {
        continue;
      }
      GroupDescriptor group = tree.group((number - 1) / tree.superblock().inodesPerGroup());
      long index = (number - 1) % tree.superblock().inodesPerGroup();
      long at = group.inodeTable() * blockBytes + index * tree.superblock().inodeBytes();
      for (int part = 0; part < tree.superblock().inodeBytes(); part += 64) {
        places.add((int) at + part);
      }
      if (inode.attributeBlock() != 0) {
        places.add((int) inode.attributeBlock() * blockBytes);
      }
      for (BlockRun run : tree.runs(inode, 3)) {
        places.add((int) run.block() * blockBytes);
        places.add((int) run.block() * blockBytes + blockBytes / 2 - 64);
      }
    }
    return places.build().toArray();
  }

  private static void survives(byte[] raw, String what) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> readAll(new ArraySource(raw, Origin.of(what))), what);
  }

  private static void readAll(ByteSource source) throws IOException {
    FindingLog log = new FindingLog();
    Ext4Tree tree;
    try {
      new Ext4Format().recognises(source);
      tree = Ext4Format.openTree(source, OpenOptions.DEFAULT, log);
    } catch (CorruptDataException | UnsupportedFormatException e) {
      assertThat(e.getMessage()).hasLineCount(1);
      return;
    }
    int[] seen = {0};
    try {
      new TreeWalk(log)
          .walk(TreePath.ROOT, tree.root(), (path, node, meta) -> read(node, meta, seen));
    } catch (CorruptDataException | NoSuchFileException e) {
      assertThat(e.getMessage()).hasLineCount(1);
    } catch (Enough e) {
      assertThat(seen[0]).isEqualTo(MAX_NODES);
    }
    assertThat(log.list()).doesNotContainNull();
  }

  private static void read(Node node, FileMeta meta, int[] seen) throws IOException {
    if (++seen[0] >= MAX_NODES) {
      throw new Enough();
    }
    for (Reading reading : READINGS) {
      try {
        reading.of(node, meta);
      } catch (CorruptDataException | UnsupportedFormatException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  private interface Reading {
    void of(Node node, FileMeta meta) throws IOException;
  }

  private static final List<Reading> READINGS =
      List.of(
          (node, meta) -> node.linkTarget(),
          (node, meta) -> node.attributes(),
          (node, meta) -> {
            if (meta.isFile()) {
              readSome(node.content());
            }
          },
          (node, meta) -> {
            if (meta.isDirectory()) {
              node.child(Name.of("nothing"));
              for (Entry entry : node.list()) {
                node.child(entry.name());
              }
            }
          });

  private static void readSome(ByteSource content) throws IOException {
    long left = READ_OF_EACH;
    long at = 0;
    for (int i = 0; i < 1000 && at < content.size() && left > 0; i++) {
      at = content.nextData(at);
      int count = (int) Math.min(64 << 10, content.size() - at);
      if (count > 0) {
        content.bytes(at, count);
      }
      at += count;
      left -= count;
    }
    content.nextHole(0);
  }
}
