package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.i32;

import drydock.finding.Finding;
import drydock.fs.Name;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A table of extended attributes by itself: values that lie on names or on each other, names that
 * are there twice, hashes that do not fit (kernel {@code fs/ext4/xattr.c}, {@code check_xattrs},
 * {@code ext4_xattr_hash_entry}; e2fsprogs {@code e2fsck/pass1.c}, {@code check_ea_in_inode}).
 */
final class AttributeCheck {
  private static final int ENTRY_BYTES = 16;
  private static final int NAME_SHIFT = 5;
  private static final int VALUE_SHIFT = 16;
  private static final int BLOCK_SHIFT = 16;
  private static final int BLOCK_HASH_AT = 12;

  private final Volume volume;
  private final Attributes.Table table;
  private final List<String> troubles = new ArrayList<>();

  AttributeCheck(Volume volume, Attributes.Table table) {
    this.volume = volume;
    this.table = table;
  }

  /** What is wrong goes to the volume's log. */
  void run() throws IOException {
    AttributeEntry.Table decoded = AttributeEntry.decode(table.raw(), table.from());
    if (decoded.brokenAt() != null) {
      return; // told by whoever reads it
    }
    long namesEnd = table.from() + 4L;
    for (AttributeEntry entry : decoded.entries()) {
      namesEnd += ENTRY_BYTES + entry.name().length() + 3 & ~3;
    }
    Map<Long, Long> values = new TreeMap<>();
    for (AttributeEntry entry : decoded.entries()) {
      if (entry.valueInode() != 0) {
        checkHash(entry, holderHash(entry));
      } else if (isInside(entry)) {
        place(entry, namesEnd, values);
        checkHash(entry, value(entry));
      } else if (entry.isHidden()) {
        // of the others it is told by whoever reads them
        troubles.add("the value of extended attribute " + entry.name() + " lies outside");
      }
    }
    checkTwins(decoded.entries());
    if (table.isBlock()) {
      checkBlockHash(decoded.entries());
    }
    for (String each : troubles) {
      volume.log().add(Finding.damage(table.origin(), table.from(), each));
    }
  }

  /**
   * The hash of a block is made of those of its entries, or is 0 when one of them has none: such a
   * block is not shared (kernel {@code ext4_xattr_rehash}). mke2fs leaves it 0.
   */
  private void checkBlockHash(List<AttributeEntry> entries) {
    int hash = 0;
    for (AttributeEntry entry : entries) {
      if (entry.hash() == 0) {
        hash = 0;
        break;
      }
      hash = hash << BLOCK_SHIFT ^ hash >>> 32 - BLOCK_SHIFT ^ (int) entry.hash();
    }
    int stored = i32(table.raw(), BLOCK_HASH_AT);
    if (stored != 0 && stored != hash) {
      troubles.add("the hash of the block of extended attributes does not fit");
    }
  }

  private boolean isInside(AttributeEntry entry) {
    long from = (long) table.base() + entry.valueOffset();
    return entry.valueSize() <= table.raw().length
        && from <= table.raw().length - entry.valueSize();
  }

  private void place(AttributeEntry entry, long namesEnd, Map<Long, Long> values) {
    long from = (long) table.base() + entry.valueOffset();
    if (entry.valueSize() == 0) {
      return;
    }
    if (from < namesEnd) {
      troubles.add("the value of extended attribute " + entry.name() + " lies on the names");
    }
    for (Map.Entry<Long, Long> other : values.entrySet()) {
      if (from < other.getValue() && other.getKey() < from + entry.valueSize()) {
        troubles.add("the value of extended attribute " + entry.name() + " lies on another one");
      }
    }
    values.put(from, from + entry.valueSize());
  }

  private void checkTwins(List<AttributeEntry> entries) {
    for (int i = 0; i < entries.size(); i++) {
      for (int j = 0; j < i; j++) {
        Name name = entries.get(i).name();
        if (entries.get(i).index() == entries.get(j).index()
            && name.equals(entries.get(j).name())) {
          troubles.add("the extended attribute " + name + " is there twice");
          return;
        }
      }
    }
  }

  /** Entries in an inode may have none; some kernels took the bytes of names as signed. */
  private void checkHash(AttributeEntry entry, int[] words) {
    boolean isUnset = entry.hash() == 0 && !table.isBlock();
    if (isUnset || words.length == 0 && entry.valueInode() != 0) {
      return;
    }
    int stored = (int) entry.hash();
    if (stored != hash(entry.name(), words, false) && stored != hash(entry.name(), words, true)) {
      troubles.add("the hash of extended attribute " + entry.name() + " does not fit");
    }
  }

  private int[] value(AttributeEntry entry) {
    int words = (int) (entry.valueSize() + 3 >> 2);
    byte[] padded = new byte[words * 4];
    int from = table.base() + entry.valueOffset();
    System.arraycopy(table.raw(), from, padded, 0, (int) entry.valueSize());
    int[] value = new int[words];
    for (int i = 0; i < words; i++) {
      value[i] = i32(padded, 4 * i);
    }
    return value;
  }

  /** For a value in an inode of its own its checksum stands, which that inode keeps. */
  private int[] holderHash(AttributeEntry entry) throws IOException {
    try {
      return new int[] {volume.inodes().read(entry.valueInode()).word(0x8)};
    } catch (NoSuchFileException e) {
      return new int[0]; // told by whoever reads the value
    }
  }

  private static int hash(Name name, int[] words, boolean signed) {
    int hash = 0;
    for (byte each : name.bytes()) {
      hash = hash << NAME_SHIFT ^ hash >>> 32 - NAME_SHIFT ^ (signed ? each : each & 0xff);
    }
    for (int each : words) {
      hash = hash << VALUE_SHIFT ^ hash >>> 32 - VALUE_SHIFT ^ each;
    }
    return hash;
  }
}
