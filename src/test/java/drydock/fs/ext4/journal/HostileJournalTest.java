package drydock.fs.ext4.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import drydock.bytes.ArraySource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Journals with flipped bits and cut short: findings, and a file system of the same size, in time.
 */
class HostileJournalTest {
  private static final int FLIPS = 100;
  private static final String FAST = "fast-commits";
  private static final int READ_BYTES = 1 << 20;
  private static final int CHECKSUM_V2_OR_V3 = 0x18;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain-1k",
        "sums-v1",
        "sums-v1-async",
        "sums-v3-64bit",
        "debugfs-v2",
        "fast-commits"
      })
  void flippedBitsInControlBlocksAreSurvived(String name) throws IOException {
    JournalImage image = image(name);
    byte[] sound = image.journal();
    int[] controls = controlBlocks(sound, image.blockBytes());
    Random random = new Random(name.hashCode());
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < FLIPS; i++) {
            byte[] journal = sound.clone();
            int block = controls[random.nextInt(controls.length)];
            int at = block + random.nextInt(i % 2 == 0 ? 64 : image.blockBytes());
            journal[at] ^= (byte) (1 << random.nextInt(8));
            sealSuperblock(journal);
            survives(image, journal);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain-1k", "sums-v3-64bit", "fast-commits"})
  void journalCutShortIsSurvived(String name) throws IOException {
    JournalImage image = image(name);
    byte[] sound = image.journal();
    for (int length :
        new int[] {0, 1, 12, 1023, 1024, image.blockBytes() * 3 + 5, sound.length - 1}) {
      FindingLog log = survives(image, Arrays.copyOf(sound, length));
      assertThat(log.hasLosses()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0c, 0x10, 0x14, 0x18, 0x1c, 0x24, 0x28, 0x50, 0x54})
  void extremeNumbersInTheSuperblockAreSurvived(int field) throws IOException {
    for (String name : new String[] {"plain-1k", "sums-v3-64bit", "fast-commits"}) {
      JournalImage image = image(name);
      for (int value : new int[] {0, 1, 2, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1023, 0x3f}) {
        byte[] journal = image.journal();
        ByteBuffer.wrap(journal).putInt(field, value);
        sealSuperblock(journal);
        survives(image, journal);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain-1k", "sums-v1", "sums-v3-64bit"})
  void logThatALostBlockBreaksOffIsTold(String name) throws IOException {
    JournalImage image = image(name);
    FindingLog sound = survives(image, image.journal());
    assertThat(sound.hasLosses()).isFalse();
    byte[] journal = image.journal();
    int first = ByteBuffer.wrap(journal).getInt(0x1c) * image.blockBytes();
    Arrays.fill(journal, first, first + image.blockBytes(), (byte) 0);
    FindingLog log = survives(image, journal);
    assertThat(log.list())
        .filteredOn(finding -> finding.severity() == Severity.DAMAGE)
        .extracting(Finding::what)
        .anyMatch(what -> what.startsWith("a control block of the journal is lost"));
  }

  private static FindingLog survives(JournalImage image, byte[] journal) throws IOException {
    FindingLog log = new FindingLog();
    Replayed replayed = image.replay(journal, log);
    assertThat(replayed.fileSystem().size()).isEqualTo(image.bytes().length);
    assertThat(replayed.fileSystem().bytes(0, READ_BYTES)).hasSize(READ_BYTES);
    ArraySource source = new ArraySource(journal, Origin.of("journal"));
    try {
      JournalLog.read(source, image.facts(), true, log);
    } catch (CorruptDataException e) {
      assertThat(replayed.state()).isEqualTo(ReplayState.UNREADABLE);
    }
    return log;
  }

  /** Makes the superblock's checksum fit again, so that what was changed in it is looked at. */
  private static void sealSuperblock(byte[] journal) {
    ByteBuffer raw = ByteBuffer.wrap(journal);
    if ((raw.getInt(0x28) & CHECKSUM_V2_OR_V3) != 0) {
      raw.putInt(0xfc, 0);
      CRC32C crc = new CRC32C();
      crc.update(journal, 0, 1024);
      raw.putInt(0xfc, ~(int) crc.getValue());
    }
  }

  private static int[] controlBlocks(byte[] journal, int blockBytes) {
    ByteBuffer raw = ByteBuffer.wrap(journal);
    return IntStream.range(0, journal.length / blockBytes)
        .map(i -> i * blockBytes)
        .filter(at -> raw.getInt(at) == ControlBlock.MAGIC || raw.getShort(at) == 0x0900)
        .toArray();
  }

  private static JournalImage image(String name) throws IOException {
    return name.equals(FAST)
        ? JournalImage.open(FAST, 1024, "16385-24576,24834-25089")
        : JournalImage.named(name);
  }
}
