package drydock.export.ext4;

import drydock.fs.Name;
import drydock.fs.NodeType;
import drydock.fs.ext4.DirectoryHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The names of a directory while they come in, as the entries that they will be. Memory: the newest
 * 16 KiB and twelve bytes a name; the rest waits in a file. Not safe from several threads.
 */
final class DirectoryNames {
  static final int HEADER_BYTES = 8;

  private static final int CHUNK_BYTES = 1 << 14;
  private static final int CHUNK_SHIFT = 14;
  private static final int FIRST_BYTES = 1 << 9;
  private static final int FIRST_NAMES = 1 << 4;

  private final Spool spool;
  private final DirectoryHash hash;
  private byte[] chunk = new byte[FIRST_BYTES];
  private ByteBuffer fields = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
  private int used;
  private long[] spooled = new long[0];
  private int spooledCount;
  private long[] places = new long[FIRST_NAMES];
  private int[] hashes = new int[FIRST_NAMES];
  private int count;
  private long bytes;

  DirectoryNames(Spool spool, DirectoryHash hash) {
    this.spool = spool;
    this.hash = hash;
  }

  /** How many bytes an entry with a name of that length takes, at least. */
  static int entryBytes(int nameLength) {
    return HEADER_BYTES + nameLength + 3 & ~3;
  }

  /** Adds a name; gives which one it is. */
  int add(byte[] name, long inode, NodeType type) throws IOException {
    int length = entryBytes(name.length);
    makeRoom(length);
    fields.putInt(used, (int) inode);
    fields.putShort(used + 4, (short) length);
    chunk[used + 6] = (byte) name.length;
    chunk[used + 7] = (byte) typeNumber(type);
    System.arraycopy(name, 0, chunk, used + HEADER_BYTES, name.length);
    Arrays.fill(chunk, used + HEADER_BYTES + name.length, used + length, (byte) 0);
    if (count == places.length) {
      places = Arrays.copyOf(places, 2 * count);
      hashes = Arrays.copyOf(hashes, 2 * count);
    }
    places[count] = ((long) spooledCount << CHUNK_SHIFT | used) << Short.SIZE | length;
    hashes[count] = hash.of(name, 0, name.length);
    used += length;
    bytes += length;
    return count++;
  }

  private void makeRoom(int length) throws IOException {
    if (used + length > CHUNK_BYTES) {
      if (spooledCount == spooled.length) {
        spooled = Arrays.copyOf(spooled, 2 * spooledCount + 1);
      }
      spooled[spooledCount++] = spool.append(chunk, used);
      used = 0;
    } else if (used + length > chunk.length) {
      chunk = Arrays.copyOf(chunk, CHUNK_BYTES);
      fields = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private static int typeNumber(NodeType type) {
    return switch (type) {
      case UNKNOWN -> 0;
      case FILE -> 1;
      case DIRECTORY -> 2;
      case CHARACTER -> 3;
      case BLOCK -> 4;
      case FIFO -> 5;
      case SOCKET -> 6;
      case SYMLINK -> 7;
    };
  }

  int count() {
    return count;
  }

  /** How many bytes all entries take. */
  long bytes() {
    return bytes;
  }

  /** How many bytes one takes, at least. */
  int length(int entry) {
    return (short) places[entry];
  }

  int hash(int entry) {
    return hashes[entry];
  }

  /** Puts an entry as long as it is at least into a block. */
  void copy(int entry, byte[] into, int at) throws IOException {
    long place = places[entry] >>> Short.SIZE;
    int from = (int) (place & CHUNK_BYTES - 1);
    int number = (int) (place >>> CHUNK_SHIFT);
    if (number == spooledCount) {
      System.arraycopy(chunk, from, into, at, length(entry));
    } else {
      spool.read(spooled[number] + from, into, at, length(entry));
    }
  }

  /** All names as they came. */
  List<Name> all() throws IOException {
    List<Name> all = new ArrayList<>();
    byte[] entry = new byte[entryBytes(PossibleName.LONGEST)];
    for (int i = 0; i < count; i++) {
      copy(i, entry, 0);
      all.add(Name.of(entry, HEADER_BYTES, entry[6] & 0xff));
    }
    return all;
  }

  /** All entries by their hashes; those of the same hash as they came. */
  int[] byHash() {
    long[] keys = new long[count];
    for (int i = 0; i < count; i++) {
      keys[i] = (hashes[i] & 0xffff_ffffL) << Integer.SIZE - 1 | i;
    }
    Arrays.sort(keys);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = (int) (keys[i] & Integer.MAX_VALUE);
    }
    return order;
  }
}
