package drydock.export.ext4;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The inodes of the image until its tables are written: their numbers are given out here, their
 * records come in about that order. Memory: a window on the newest. Not safe from several threads.
 */
final class InodeSpool implements Closeable {
  static final int ROOT = 2;

  /** The first one that is not reserved. */
  static final int FIRST = 11;

  /** So that group descriptors stay within what is reserved for them. */
  static final long MOST = 1L << 31;

  private static final int WINDOW = 4096;

  private final Spool spool;
  private final byte[] window = new byte[WINDOW * InodeRecord.BYTES];
  private long windowFirst = 1;
  private long next = FIRST;

  InodeSpool(Path file) throws IOException {
    spool = new Spool(file);
  }

  /** A number that no inode has. */
  long take() throws IOException {
    if (next >= MOST) {
      throw new IOException("more files than an image can hold: " + MOST);
    }
    return next++;
  }

  /** The highest number in use. */
  long last() {
    return next - 1;
  }

  void put(long number, InodeRecord record) throws IOException {
    while (number >= windowFirst + WINDOW) {
      flush();
      windowFirst += WINDOW;
      Arrays.fill(window, (byte) 0);
    }
    if (number < windowFirst) {
      spool.write(place(number), record.raw(), InodeRecord.BYTES);
    } else {
      int at = (int) (number - windowFirst) * InodeRecord.BYTES;
      System.arraycopy(record.raw(), 0, window, at, InodeRecord.BYTES);
    }
  }

  /** Counts one more link of an inode whose record was put; false when it can have no more. */
  boolean link(long number) throws IOException {
    byte[] raw = new byte[InodeRecord.BYTES];
    read(number, raw, 1);
    ByteBuffer fields = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    int links = Short.toUnsignedInt(fields.getShort(InodeRecord.LINKS_AT));
    if (links >= InodeRecord.MOST_LINKS) {
      return false;
    }
    fields.putShort(InodeRecord.LINKS_AT, (short) (links + 1));
    put(number, new InodeRecord(raw));
    return true;
  }

  /** Reads the records of {@code count} numbers, those never put as zeros. */
  void read(long first, byte[] into, int count) throws IOException {
    if (first >= windowFirst && first + count <= windowFirst + WINDOW) {
      int at = (int) (first - windowFirst) * InodeRecord.BYTES;
      System.arraycopy(window, at, into, 0, count * InodeRecord.BYTES);
      return;
    }
    if (first + count > windowFirst) {
      flush();
    }
    spool.read(place(first), into, 0, count * InodeRecord.BYTES);
  }

  /** Makes all that was put readable. */
  private void flush() throws IOException {
    spool.write(place(windowFirst), window, window.length);
  }

  private static long place(long number) {
    return (number - 1) * InodeRecord.BYTES;
  }

  @Override
  public void close() throws IOException {
    spool.close();
  }
}
