package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import drydock.bytes.ArraySource;
import drydock.bytes.LittleEndian;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Node;
import drydock.fs.OpenOptions;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Fast commits with flipped bits and checksums that fit all the same. */
class HostileFastCommitsTest {
  private static final Path IMAGE =
      Path.of(System.getProperty("fixtures", "fixtures"), "ext4-journal", "fast-commits.img.gz");
  private static final int BLOCK = 1024;

  /** Where the fast commit area lies in the image: its first block holds the head. */
  private static final int AREA_BLOCKS = 40;

  private static final int TAIL = 8;
  private static final int FLIPS = 40;

  @Test
  void treeWithImpossibleChangesIsStillWalked() throws IOException {
    byte[] sound = image();
    int area = area(sound);
    Random random = new Random(5);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          long visited = 0;
          for (int i = 0; i < FLIPS; i++) {
            byte[] image = sound.clone();
            for (int flips = 0; flips < 4; flips++) {
              image[area + 12 + random.nextInt(AREA_BLOCKS * BLOCK / 4)] ^=
                  (byte) (1 << random.nextInt(8));
            }
            seal(image, area);
            visited += walk(image);
          }
          assertThat(visited).isGreaterThan(FLIPS * 60L);
        });
  }

  private static long walk(byte[] image) throws IOException {
    FindingLog log = new FindingLog();
    long[] visited = {0};
    ArraySource source = new ArraySource(image, Origin.of("image"));
    FileTree tree = new Ext4Format().open(source, OpenOptions.DEFAULT, log);
    new TreeWalk(log)
        .walk(
            TreePath.ROOT,
            tree.root(),
            (path, node, meta) -> {
              visited[0]++;
              if (meta.isFile() && meta.size() < 1 << 20) {
                readOrFail(node);
              }
            });
    return visited[0];
  }

  private static void readOrFail(Node node) {
    try {
      node.content().allBytes(1 << 20);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("inode");
    }
  }

  /** Makes the checksum of each tail fit what is before it. */
  private static void seal(byte[] image, int area) {
    CRC32C crc = zeroed();
    int at = area;
    int end = area + AREA_BLOCKS * BLOCK;
    while (at < end) {
      int blockEnd = at - (at - area) % BLOCK + BLOCK;
      int length = LittleEndian.u16(image, at + 2);
      if (at + 4 + length > blockEnd) {
        return;
      }
      if (LittleEndian.u16(image, at) == TAIL) {
        crc.update(image, at, 8);
        Checksums.putInt(image, at + 8, ~(int) crc.getValue());
        crc = zeroed();
      } else {
        crc.update(image, at, 4 + length);
      }
      at += 4 + length;
      at = at + 4 > blockEnd ? blockEnd : at;
    }
  }

  private static CRC32C zeroed() {
    CRC32C crc = new CRC32C();
    crc.update(new byte[] {-1, -1, -1, -1});
    return crc;
  }

  private static int area(byte[] image) {
    for (int at = 0; at < image.length; at += BLOCK) {
      boolean isHead = LittleEndian.i32(image, at) == 0x0008_0009;
      if (isHead) {
        return at;
      }
    }
    throw new IllegalStateException("no fast commits");
  }

  private static byte[] image() throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(IMAGE))) {
      return in.readAllBytes();
    }
  }
}
