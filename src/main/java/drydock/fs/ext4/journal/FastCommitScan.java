package drydock.fs.ext4.journal;

import drydock.bytes.CorruptDataException;
import drydock.bytes.LittleEndian;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fast commit area: records up to the last tail whose transaction and checksum fit.
 *
 * <pre>
 *   HEAD tid │ INODE │ ADD_RANGE │ CREAT │ PAD ┆ INODE │ ... │ TAIL tid, crc ┆ INODE │ ... │ TAIL tid, crc ┆ stale
 *                                    block end ┆             to the block's end ┆
 * </pre>
 *
 * For one thread; once.
 */
final class FastCommitScan {
  private static final int TAG_BYTES = 4;

  /** More than this is never written between two full commits. */
  private static final long MAX_AREA_BYTES = 64 << 20;

  private enum Step {
    GO_ON,
    STOP
  }

  private final Journal journal;
  private final int inodeBytes;
  private final int expected;
  private final FindingLog log;
  private final List<FastCommitRecord> records = new ArrayList<>();
  private int committedRecords;
  private int commits;
  private CRC32C checksum = startedAtZero();

  /**
   * {@code expected} is the transaction that the commits belong to: the one after the log's last.
   */
  FastCommitScan(Journal journal, ReplayFacts facts, int expected, FindingLog log) {
    this.journal = journal;
    this.inodeBytes = facts.inodeBytes();
    this.expected = expected;
    this.log = log;
  }

  FastCommitLog read() throws IOException {
    JournalSuperblock superblock = journal.superblock();
    long end =
        Math.min(
            superblock.blocks(),
            superblock.firstFastCommitBlock() + MAX_AREA_BYTES / journal.blockBytes());
    Step step = Step.GO_ON;
    for (long at = superblock.firstFastCommitBlock(); at < end && step == Step.GO_ON; at++) {
      byte[] raw = block(at);
      if (raw == null) {
        break;
      }
      boolean isFirst = at == superblock.firstFastCommitBlock();
      if (isFirst && FastCommitTag.of(LittleEndian.u16(raw, 0)) != FastCommitTag.HEAD) {
        break;
      }
      step = block(at, raw);
    }
    return new FastCommitLog(commits, List.copyOf(records.subList(0, committedRecords)));
  }

  /** A block of the area; null, and told, where it cannot be read. */
  private byte @Nullable [] block(long position) throws IOException {
    try {
      return journal.block(position);
    } catch (CorruptDataException e) {
      stop(position, 0, "the journal's fast commits cannot be read: " + e.what());
      return null;
    }
  }

  private Step block(long position, byte[] raw) {
    int at = 0;
    while (at <= raw.length - TAG_BYTES) {
      FastCommitTag tag = FastCommitTag.of(LittleEndian.u16(raw, at));
      int length = LittleEndian.u16(raw, at + 2);
      int value = at + TAG_BYTES;
      if (tag == null || length > raw.length - value || !tag.fits(length, inodeBytes)) {
        return interrupted(position, at);
      }
      Step step =
          switch (tag) {
            case HEAD -> head(position, raw, at);
            case TAIL -> tail(position, raw, at);
            default -> record(tag, raw, at, length);
          };
      if (step == Step.STOP) {
        return step;
      }
      at = value + length;
    }
    return Step.GO_ON;
  }

  private Step head(long position, byte[] raw, int at) {
    if (LittleEndian.i32(raw, at + TAG_BYTES) != 0) {
      return stop(
          position,
          at,
          "the journal's fast commits have features that we do not know; they are not applied");
    }
    if (LittleEndian.i32(raw, at + 2 * TAG_BYTES) != expected) {
      return Step.STOP;
    }
    checksum.update(raw, at, 3 * TAG_BYTES);
    return Step.GO_ON;
  }

  private Step record(FastCommitTag tag, byte[] raw, int at, int length) {
    checksum.update(raw, at, TAG_BYTES + length);
    if (tag != FastCommitTag.PAD) {
      records.add(FastCommitRecord.decode(tag, raw, at + TAG_BYTES, length));
    }
    return Step.GO_ON;
  }

  private Step tail(long position, byte[] raw, int at) {
    checksum.update(raw, at, 2 * TAG_BYTES);
    int computed = ~(int) checksum.getValue();
    boolean ours = LittleEndian.i32(raw, at + TAG_BYTES) == expected;
    if (!ours || LittleEndian.i32(raw, at + 2 * TAG_BYTES) != computed) {
      return stop(
          position, at, "the checksum of a fast commit in the journal is wrong; it is not applied");
    }
    commits++;
    committedRecords = records.size();
    checksum = startedAtZero();
    return Step.GO_ON;
  }

  /** What follows a whole commit is stale; before the first one it is worth telling. */
  private Step stop(long position, int at, String what) {
    if (commits == 0) {
      log.add(Finding.damage(journal.origin(), journal.offset(position) + at, what));
    }
    return Step.STOP;
  }

  private Step interrupted(long position, int at) {
    if (commits == 0) {
      String what = "a fast commit in the journal was never finished; it is not applied";
      Long offset = journal.offset(position) + at;
      log.add(new Finding(Severity.NOTE, what, journal.origin(), offset, null, null));
    }
    return Step.STOP;
  }

  /** Four bytes of ones bring the register, which the JDK starts with ones, to zero. */
  private static CRC32C startedAtZero() {
    CRC32C crc = new CRC32C();
    crc.update(new byte[] {-1, -1, -1, -1});
    return crc;
  }
}
