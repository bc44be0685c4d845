package drydock.export.ext4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A table of extended attributes while it is filled: entries from its beginning, values from its
 * end. Not safe from several threads.
 */
final class AttributeTable {
  static final int MAGIC = 0xea02_0000;

  /** What four zeros behind the last entry take. */
  static final int END_BYTES = 4;

  private final byte[] raw;
  private final ByteBuffer fields;
  private final int base;
  private final boolean hasHashes;
  private int at;
  private int valuesAt;
  private int hashOfAll;

  /**
   * An empty one.
   *
   * @param from where entries begin
   * @param base from where places of values are counted
   * @param hasHashes whether each entry keeps a hash: those in a block do
   */
  AttributeTable(byte[] raw, int from, int base, boolean hasHashes) {
    this.raw = raw;
    this.fields = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    this.base = base;
    this.hasHashes = hasHashes;
    this.at = from;
    this.valuesAt = raw.length;
  }

  /** Whether there is room for an attribute and its value. */
  boolean hasRoom(Attribute attribute) {
    return at + attribute.entryBytes() + END_BYTES <= valuesAt - attribute.valueBytes();
  }

  /** Adds an attribute with its value, for which there is room. */
  void add(Attribute attribute) {
    valuesAt -= attribute.valueBytes();
    System.arraycopy(attribute.value(), 0, raw, valuesAt, attribute.value().length);
    int place = attribute.value().length == 0 ? 0 : valuesAt - base;
    byte[] padded = Arrays.copyOfRange(raw, valuesAt, valuesAt + attribute.valueBytes());
    put(attribute, place, 0, hasHashes ? hash(attribute.name(), padded) : 0);
  }

  /** Adds one whose value is held by an inode. */
  void add(Attribute attribute, long valueInode, int valueHash) {
    byte[] sum = new byte[4];
    ByteBuffer.wrap(sum).order(ByteOrder.LITTLE_ENDIAN).putInt(0, valueHash);
    put(attribute, 0, valueInode, hash(attribute.name(), sum));
  }

  private void put(Attribute attribute, int place, long valueInode, int hash) {
    raw[at] = (byte) attribute.name().length;
    raw[at + 1] = (byte) attribute.index();
    fields.putShort(at + 2, (short) place);
    fields.putInt(at + 4, (int) valueInode);
    fields.putInt(at + 8, attribute.value().length);
    fields.putInt(at + 12, hash);
    System.arraycopy(attribute.name(), 0, raw, at + 16, attribute.name().length);
    at += attribute.entryBytes();
    hashOfAll = Integer.rotateLeft(hashOfAll, 16) ^ hash;
  }

  /** The hash of all entries (kernel {@code fs/ext4/xattr.c}, {@code ext4_xattr_rehash}). */
  int hash() {
    return hashOfAll;
  }

  /** An entry's hash: of its name and its value, in words (the same, {@code ..._hash_entry}). */
  private static int hash(byte[] name, byte[] value) {
    int hash = 0;
    for (byte each : name) {
      hash = Integer.rotateLeft(hash, 5) ^ each & 0xff;
    }
    ByteBuffer words = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    while (words.hasRemaining()) {
      hash = Integer.rotateLeft(hash, 16) ^ words.getInt();
    }
    return hash;
  }
}
