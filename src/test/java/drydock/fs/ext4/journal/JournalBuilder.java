package drydock.fs.ext4.journal;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Writes journals of 1 KiB blocks by the format's description, for tests; beside a file system of
 * 'f's.
 */
final class JournalBuilder {
  static final int BLOCK = 1024;
  static final int FS_BLOCKS = 64;
  static final int REVOKE = 1;
  static final int BITS64 = 2;
  static final int ASYNC = 4;
  static final int V2 = 8;
  static final int V3 = 16;

  private static final int MAGIC = 0xc03b3998;

  /** A block to be logged: where it belongs, and a letter that it is full of. */
  record Logged(long block, char fill, boolean escaped) {}

  private final int incompat;
  private final int length;
  private final int first;
  private final byte[] journal;
  private int compat;
  private int type = 4;
  private int start;
  private int firstSequence;
  private int error;
  private int at;
  private int sequence;
  private long seconds = 1_700_000_000L;
  private int fromBlock;
  private long base;
  private int sumV1 = -1;
  private boolean v1Sums;
  private final Map<Integer, Integer> lies = new TreeMap<>();

  JournalBuilder(int incompat, int length, int start, int sequence) {
    this.incompat = incompat;
    this.length = length;
    this.first = 1;
    this.start = start;
    this.at = start;
    this.firstSequence = sequence;
    this.sequence = sequence;
    this.journal = new byte[length * BLOCK];
  }

  static Logged block(long block, char fill) {
    return new Logged(block, fill, false);
  }

  /** What is added to each number of a block of the file system. */
  JournalBuilder base(long block) {
    base = block;
    return this;
  }

  /** Puts a number into the superblock whose own checksum then fits it. */
  JournalBuilder lie(int offset, int number) {
    lies.put(offset, number);
    return this;
  }

  /** The number that the next transaction has. */
  JournalBuilder sequence(int next) {
    sequence = next;
    return this;
  }

  /** The next blocks are written there. */
  JournalBuilder at(int block) {
    at = block;
    return this;
  }

  /** A checksum of version 1 in each commit block. */
  JournalBuilder sumsOfVersion1() {
    v1Sums = true;
    return compat(1);
  }

  JournalBuilder compat(int bits) {
    compat = bits;
    return this;
  }

  JournalBuilder version1() {
    type = 3;
    return this;
  }

  JournalBuilder startAt(int block) {
    start = block;
    return this;
  }

  JournalBuilder error(int number) {
    error = number;
    return this;
  }

  JournalBuilder committedAt(long time) {
    seconds = time;
    return this;
  }

  /** A descriptor block and its data, with a UUID after the first tag as the kernel writes it. */
  JournalBuilder descriptor(Logged... blocks) {
    fromBlock = at;
    List<byte[]> data = new ArrayList<>();
    ByteBuffer raw = control(1);
    for (int i = 0; i < blocks.length; i++) {
      byte[] content = content(blocks[i]);
      data.add(content);
      int flags =
          (blocks[i].escaped() ? 1 : 0) | (i > 0 ? 2 : 0) | (i == blocks.length - 1 ? 8 : 0);
      tag(raw, base + blocks[i].block(), flags, content);
      if (i == 0) {
        raw.position(raw.position() + 16);
      }
    }
    write(sealed(raw.array()));
    data.forEach(this::write);
    addToVersion1(raw.array());
    data.forEach(this::addToVersion1);
    return this;
  }

  JournalBuilder revoke(long... blocks) {
    fromBlock = at;
    ByteBuffer raw = control(5);
    int bytes = (incompat & BITS64) != 0 ? 8 : 4;
    raw.putInt(16 + bytes * blocks.length);
    for (long block : blocks) {
      if (bytes == 8) {
        raw.putLong(base + block);
      } else {
        raw.putInt((int) (base + block));
      }
    }
    write(sealed(raw.array()));
    return this;
  }

  JournalBuilder commit() {
    fromBlock = at;
    ByteBuffer raw = control(2);
    raw.putLong(48, seconds).putInt(56, 5);
    if ((incompat & (V2 | V3)) != 0) {
      raw.putInt(16, crc(raw.array(), raw.array().length));
    }
    if (v1Sums) {
      raw.put(12, (byte) 1).put(13, (byte) 4).putInt(16, sumV1);
      sumV1 = -1;
    }
    write(raw.array());
    sequence++;
    seconds++;
    return this;
  }

  /** Changes a byte of what was written last, that many bytes from its start. */
  JournalBuilder flip(int offset) {
    journal[fromBlock * BLOCK + offset] ^= 0x40;
    return this;
  }

  /** The position of what was written last, in journal blocks. */
  int position() {
    return fromBlock;
  }

  byte[] bytes() {
    ByteBuffer raw = ByteBuffer.wrap(journal);
    raw.putInt(0, MAGIC).putInt(4, type).putInt(12, BLOCK).putInt(16, length).putInt(20, first);
    raw.putInt(24, firstSequence).putInt(28, start).putInt(32, error);
    raw.putInt(36, compat).putInt(40, incompat);
    if ((incompat & (V2 | V3)) != 0) {
      journal[0x50] = 4;
    }
    lies.forEach(raw::putInt);
    if ((incompat & (V2 | V3)) != 0) {
      raw.putInt(0xfc, 0);
      CRC32C crc = new CRC32C();
      crc.update(journal, 0, 1024);
      raw.putInt(0xfc, ~(int) crc.getValue());
    }
    return journal;
  }

  Replayed replay(FindingLog log) throws IOException {
    byte[] fileSystem = new byte[FS_BLOCKS * BLOCK];
    Arrays.fill(fileSystem, (byte) 'f');
    return JournalReplay.apply(
        new ArraySource(fileSystem, Origin.of("fs")), source(), facts(), log);
  }

  ArraySource source() {
    return new ArraySource(bytes(), Origin.of("journal"));
  }

  static ReplayFacts facts() {
    return new ReplayFacts(BLOCK, FS_BLOCKS, 256);
  }

  /**
   * The last bytes of each block of the file system after recovery, as text: {@code "fffAfB..."}.
   */
  static String picture(Replayed replayed) throws IOException {
    byte[] all = replayed.fileSystem().allBytes(FS_BLOCKS * BLOCK);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      text.append((char) all[(i + 1) * BLOCK - 1]);
    }
    return text.toString();
  }

  private ByteBuffer control(int blockType) {
    return ByteBuffer.wrap(new byte[BLOCK]).putInt(MAGIC).putInt(blockType).putInt(sequence);
  }

  private static byte[] content(Logged logged) {
    byte[] content = new byte[BLOCK];
    Arrays.fill(content, (byte) logged.fill());
    if (logged.escaped()) {
      Arrays.fill(content, 0, 4, (byte) 0);
    }
    return content;
  }

  private void tag(ByteBuffer raw, long block, int flags, byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(new byte[16]);
    crc.update(ByteBuffer.allocate(4).putInt(sequence).flip());
    crc.update(content);
    int sum = ~(int) crc.getValue();
    raw.putInt((int) block);
    if ((incompat & V3) != 0) {
      raw.putInt(flags).putInt((int) (block >> 32)).putInt(sum);
      return;
    }
    raw.putShort((short) ((incompat & V2) != 0 ? sum : 0)).putShort((short) flags);
    if ((incompat & BITS64) != 0) {
      raw.putInt((int) (block >> 32));
    }
    if ((incompat & V2) != 0) {
      raw.putShort((short) 0);
    }
  }

  private void addToVersion1(byte[] bytes) {
    for (byte each : bytes) {
      sumV1 ^= each << 24;
      for (int bit = 0; bit < 8; bit++) {
        sumV1 = sumV1 < 0 ? sumV1 << 1 ^ 0x04c1_1db7 : sumV1 << 1;
      }
    }
  }

  private byte[] sealed(byte[] raw) {
    if ((incompat & (V2 | V3)) != 0) {
      ByteBuffer.wrap(raw).putInt(BLOCK - 4, crc(raw, raw.length));
    }
    return raw;
  }

  private static int crc(byte[] raw, int bytes) {
    CRC32C crc = new CRC32C();
    crc.update(new byte[16]);
    crc.update(raw, 0, bytes);
    return ~(int) crc.getValue();
  }

  private void write(byte[] block) {
    System.arraycopy(block, 0, journal, at * BLOCK, BLOCK);
    at = at + 1 == length ? first : at + 1;
  }
}
