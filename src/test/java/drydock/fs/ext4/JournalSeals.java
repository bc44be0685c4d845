package drydock.fs.ext4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Makes the checksums of a changed journal fit, in the order in which its log is read: of the
 * superblock, of control blocks, of tags, and of transactions (version 1). The log is taken to
 * begin in block 1 and to have no features but those of the superblock.
 */
final class JournalSeals {
  private static final int MAGIC = 0xc03b3998;
  private static final int BITS64 = 0x2;
  private static final int V2 = 0x8;
  private static final int V3 = 0x10;
  private static final int SUPERBLOCK_BYTES = 1024;

  private final ByteBuffer journal;
  private final int blockBytes;
  private final int blocks;
  private final int incompat;
  private final boolean version1;
  private int sumVersion1 = ~0;

  /** {@code journal} begins with the superblock. */
  JournalSeals(ByteBuffer journal, int blockBytes) {
    this.journal = journal.order(ByteOrder.BIG_ENDIAN);
    this.blockBytes = blockBytes;
    this.blocks = journal.capacity() / blockBytes;
    this.incompat = journal.getInt(0x28);
    this.version1 = (journal.getInt(0x24) & 1) != 0;
  }

  private boolean summed() {
    return (incompat & (V2 | V3)) != 0;
  }

  void superblock() {
    if (summed()) {
      journal.put(0x50, (byte) 4).putInt(0xfc, 0);
      CRC32C crc = new CRC32C();
      crc.update(journal.slice(0, SUPERBLOCK_BYTES));
      journal.putInt(0xfc, ~(int) crc.getValue());
    }
  }

  void log() {
    int block = 1;
    while (block < blocks && journal.getInt(block * blockBytes) == MAGIC) {
      int at = block * blockBytes;
      int type = journal.getInt(at + 4);
      block++;
      if (type == 1) {
        block += descriptor(at, block);
      } else if (type == 2) {
        commit(at);
      } else if (type == 5 && summed()) {
        seal(at, blockBytes - 4);
      }
    }
  }

  /** Gives the number of its tags, whose blocks begin with that one. */
  private int descriptor(int at, int first) {
    version1(at);
    int tagBytes = tagBytes();
    int tag = at + 12;
    int count = 0;
    boolean last = false;
    while (!last && tag + tagBytes <= at + blockBytes - 4 && first + count < blocks) {
      int flags = journal.getShort(tag + 6);
      int data = (first + count) * blockBytes;
      tag(tag, data, journal.getInt(at + 8));
      version1(data);
      count++;
      last = (flags & 8) != 0;
      tag += tagBytes + ((flags & 2) != 0 ? 0 : 16);
    }
    if (summed()) {
      seal(at, blockBytes - 4);
    }
    return count;
  }

  private int tagBytes() {
    if ((incompat & V3) != 0) {
      return 16;
    }
    return 8 + ((incompat & BITS64) != 0 ? 4 : 0) + ((incompat & V2) != 0 ? 2 : 0);
  }

  private void tag(int tag, int data, int sequence) {
    CRC32C crc = new CRC32C();
    crc.update(journal.slice(0x30, 16));
    crc.update(ByteBuffer.allocate(4).putInt(sequence).flip());
    crc.update(journal.slice(data, blockBytes));
    if ((incompat & V3) != 0) {
      journal.putInt(tag + 12, ~(int) crc.getValue());
    } else if ((incompat & V2) != 0) {
      journal.putShort(tag + 4, (short) ~(int) crc.getValue());
    }
  }

  private void commit(int at) {
    if (summed()) {
      seal(at, 16);
    } else if (version1) {
      journal.put(at + 12, (byte) 1).put(at + 13, (byte) 4).putInt(at + 16, sumVersion1);
      sumVersion1 = ~0;
    }
  }

  private void seal(int at, int field) {
    journal.putInt(at + field, 0);
    CRC32C crc = new CRC32C();
    crc.update(journal.slice(0x30, 16));
    crc.update(journal.slice(at, blockBytes));
    journal.putInt(at + field, ~(int) crc.getValue());
  }

  private void version1(int at) {
    if (!version1) {
      return;
    }
    for (byte each : Arrays.copyOfRange(journal.array(), at(at), at(at) + blockBytes)) {
      sumVersion1 ^= each << 24;
      for (int bit = 0; bit < 8; bit++) {
        sumVersion1 = sumVersion1 << 1 ^ (sumVersion1 < 0 ? 0x04c11db7 : 0);
      }
    }
  }

  private int at(int offset) {
    return journal.arrayOffset() + offset;
  }

  /** The tails of fast commits in an area of that many bytes, records in little-endian order. */
  void fastCommits(int area, int bytes) {
    journal.order(ByteOrder.LITTLE_ENDIAN);
    CRC32C crc = fromZero();
    int at = area;
    while (at + 4 <= area + bytes) {
      int blockEnd = at - (at - area) % blockBytes + blockBytes;
      int length = journal.getShort(at + 2) & 0xffff;
      if (at + 4 + length > blockEnd) {
        return;
      }
      if (journal.getShort(at) == 8 && length >= 8) {
        crc.update(journal.slice(at, 8));
        journal.putInt(at + 8, ~(int) crc.getValue());
        crc = fromZero();
      } else {
        crc.update(journal.slice(at, 4 + length));
      }
      at += 4 + length;
      at = at + 4 > blockEnd ? blockEnd : at;
    }
  }

  private static CRC32C fromZero() {
    CRC32C crc = new CRC32C();
    crc.update(new byte[] {-1, -1, -1, -1});
    return crc;
  }
}
