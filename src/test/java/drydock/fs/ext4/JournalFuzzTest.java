package drydock.fs.ext4;

import com.code_intelligence.jazzer.junit.FuzzTest;
import drydock.bytes.ArraySource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.ext4.TinyVolume.Style;
import drydock.fs.ext4.journal.JournalLog;
import drydock.fs.ext4.journal.ReplayFacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * File systems that were in use, whose journals are made of any bytes: what recovery makes of them
 * is read whole.
 */
class JournalFuzzTest {
  private static final int FIRST = 8;
  private static final int BLOCKS = 40;
  private static final int FAST_BLOCKS = 8;

  /** Of each block of the log only the start is in the input, or it would be long. */
  private static final int HEAD = 96;

  private static final int FAST_COMMIT = 0x20;

  /** Compatible and incompatible features: checksums of each version, 64 bits, asynchronous. */
  private static final int[][] FEATURES = {
    {0, 0x1}, {1, 0x1}, {1, 0x5}, {0, 0x9}, {0, 0xb}, {0, 0x11}, {0, 0x13}, {0, 0x15}
  };

  @FuzzTest(maxDuration = "10m")
  void anyJournalSuperblockIsUsedOrRefused(byte[] data) throws IOException {
    if (data.length < 2) {
      return;
    }
    TinyVolume volume = volume(Style.SUMS);
    ByteBuffer journal = journal(volume, FEATURES[(data[0] & 0xff) % FEATURES.length], 1);
    transaction(journal, volume.style.blockBytes);
    journal.put(0, data, 2, Math.min(1024, data.length - 2));
    new JournalSeals(journal, volume.style.blockBytes).log();
    if (data[1] % 2 == 0) {
      new JournalSeals(journal, volume.style.blockBytes).superblock();
    }
    read(volume, journal);
  }

  /** After the features and what is sealed, the first transaction's number, then block by block. */
  @FuzzTest(maxDuration = "10m")
  void anyLogIsRecoveredAsFarAsItGoes(byte[] data) throws IOException {
    if (data.length < 6) {
      return;
    }
    Style[] styles = {Style.SUMS, Style.EXT3, Style.VALUES};
    TinyVolume volume = volume(styles[(data[1] & 0x7f) % styles.length]);
    int[] features = FEATURES[(data[0] & 0xff) % FEATURES.length];
    ByteBuffer journal = journal(volume, features, ByteBuffer.wrap(data).getInt(2));
    int blockBytes = volume.style.blockBytes;
    for (int block = 1; 6 + (block - 1) * HEAD < data.length && block < BLOCKS; block++) {
      int from = 6 + (block - 1) * HEAD;
      journal.put(block * blockBytes, data, from, Math.min(HEAD, data.length - from));
    }
    if (data[1] >= 0) {
      new JournalSeals(journal, blockBytes).log();
    }
    new JournalSeals(journal, blockBytes).superblock();
    read(volume, journal);
  }

  /** The records behind a head that fits. */
  @FuzzTest(maxDuration = "10m")
  void anyFastCommitsAreAppliedAsFarAsTheyGo(byte[] data) throws IOException {
    if (data.length < 2) {
      return;
    }
    Style[] styles = {Style.SUMS, Style.INLINED, Style.EXT4, Style.EXT3};
    TinyVolume volume = volume(styles[(data[0] & 0xff) % styles.length]);
    ByteBuffer journal = journal(volume, new int[] {0, FAST_COMMIT | 1}, 7);
    journal.putInt(0x54, FAST_BLOCKS);
    int blockBytes = volume.style.blockBytes;
    int area = (BLOCKS - FAST_BLOCKS + 1) * blockBytes;
    int length = Math.min(data.length - 1, (FAST_BLOCKS - 1) * blockBytes - 12);
    ByteBuffer.wrap(journal.array(), journal.arrayOffset() + area, 12)
        .putInt(0x09000800)
        .putInt(0)
        .putInt(0x07000000);
    journal.put(area + 12, data, 1, length);
    JournalSeals seals = new JournalSeals(journal, blockBytes);
    seals.fastCommits(area, (FAST_BLOCKS - 1) * blockBytes);
    read(volume, journal);
  }

  private static TinyVolume volume(Style style) {
    return new TinyVolume(style).journaled(FIRST, BLOCKS);
  }

  /** The part of the volume that is the journal, with a superblock. */
  private static ByteBuffer journal(TinyVolume volume, int[] features, int sequence) {
    int blockBytes = volume.style.blockBytes;
    ByteBuffer journal =
        ByteBuffer.wrap(volume.bytes()).slice(volume.dataAt(FIRST), BLOCKS * blockBytes);
    journal.putInt(0, 0xc03b3998).putInt(4, 4).putInt(8, 0);
    journal.putInt(0xc, blockBytes).putInt(0x10, BLOCKS).putInt(0x14, 1);
    journal.putInt(0x18, sequence).putInt(0x1c, 1);
    journal.putInt(0x24, features[0]).putInt(0x28, features[1]);
    return journal;
  }

  private static void transaction(ByteBuffer journal, int blockBytes) {
    journal.putInt(blockBytes, 0xc03b3998).putInt(blockBytes + 4, 1).putInt(blockBytes + 8, 1);
    journal.putInt(blockBytes + 12, 30).putInt(blockBytes + 16, 0x8);
    journal.putInt(2 * blockBytes, 0xabcdef);
    journal.putInt(3 * blockBytes, 0xc03b3998).putInt(3 * blockBytes + 4, 2);
    journal.putInt(3 * blockBytes + 8, 1);
  }

  private static void read(TinyVolume volume, ByteBuffer journal) throws IOException {
    Reading.twice(volume.source());
    byte[] raw =
        Arrays.copyOfRange(
            journal.array(), journal.arrayOffset(), journal.arrayOffset() + journal.capacity());
    ReplayFacts facts =
        new ReplayFacts(volume.style.blockBytes, volume.blocks(), volume.style.inodeBytes);
    try {
      JournalLog.read(new ArraySource(raw, Origin.of("journal")), facts, true, new FindingLog());
    } catch (CorruptDataException e) {
      return;
    }
  }
}
