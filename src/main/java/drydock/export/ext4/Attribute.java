package drydock.export.ext4;

import drydock.fs.Name;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An extended attribute as ext4 stores it: a number for the prefix of its name, and the rest
 * (kernel {@code fs/ext4/xattr.h}).
 *
 * @param shown the whole name
 * @param name behind the prefix
 */
record Attribute(Name shown, int index, byte[] name, byte[] value)
    implements Comparable<Attribute> {
  /** More than e2fsck takes for sound. */
  static final int MOST_VALUE_BYTES = 1 << 24;

  private static final int HEADER_BYTES = 16;
  private static final int LONGEST_NAME = 255;

  private record Prefix(String text, int index) {}

  /** Names that are nothing but their prefix. */
  private static final List<Prefix> WHOLE =
      List.of(
          new Prefix("system.posix_acl_access", 2),
          new Prefix("system.posix_acl_default", 3),
          new Prefix("system.richacl", 8));

  private static final List<Prefix> PREFIXES =
      List.of(
          new Prefix("user.", 1),
          new Prefix("trusted.", 4),
          new Prefix("lustre.", 5),
          new Prefix("security.", 6),
          new Prefix("system.", 7),
          new Prefix("gnu.", 10));

  /** What would be taken for the content of a file that lies in its inode. */
  private static final String INLINE_DATA = "system.data";

  /** The stored form; empty when there is none, of which the caller is told the reason. */
  static Optional<Attribute> of(Name shown, byte[] value, List<String> notKept) {
    for (Prefix prefix : WHOLE) {
      if (shown.is(prefix.text)) {
        return ofWhole(shown, prefix.index, value, notKept);
      }
    }
    for (Prefix prefix : PREFIXES) {
      if (shown.startsWith(prefix.text) && !shown.is(INLINE_DATA)) {
        byte[] all = shown.bytes();
        byte[] name = Arrays.copyOfRange(all, prefix.text.length(), all.length);
        return sized(new Attribute(shown, prefix.index, name, value), notKept);
      }
    }
    notKept.add("an attribute that ext4 has no place for: " + shown);
    return Optional.empty();
  }

  private static Optional<Attribute> ofWhole(
      Name shown, int index, byte[] value, List<String> notKept) {
    Optional<byte[]> stored = index == 8 ? Optional.of(value) : StoredAcl.of(value);
    if (stored.isEmpty()) {
      notKept.add("an attribute that is no access control list: " + shown);
    }
    return stored.map(bytes -> new Attribute(shown, index, new byte[0], bytes));
  }

  private static Optional<Attribute> sized(Attribute attribute, List<String> notKept) {
    int length = attribute.name.length;
    if (length == 0 || length > LONGEST_NAME || indexOfNul(attribute.name) >= 0) {
      notKept.add("an attribute with an impossible name: " + attribute.shown);
      return Optional.empty();
    }
    if (attribute.value.length > MOST_VALUE_BYTES) {
      notKept.add("an attribute that is too large: " + attribute.shown);
      return Optional.empty();
    }
    return Optional.of(attribute);
  }

  private static int indexOfNul(byte[] name) {
    for (int i = 0; i < name.length; i++) {
      if (name[i] == 0) {
        return i;
      }
    }
    return -1;
  }

  /** What its entry takes in a table, without the value. */
  int entryBytes() {
    return HEADER_BYTES + name.length + 3 & ~3;
  }

  /** What its value takes in a table. */
  int valueBytes() {
    return value.length + 3 & ~3;
  }

  /** The order in which the kernel looks for them in a block. */
  @Override
  public int compareTo(Attribute other) {
    int order = Integer.compare(index, other.index);
    if (order == 0) {
      order = Integer.compare(name.length, other.name.length);
    }
    return order == 0 ? Arrays.compareUnsigned(name, other.name) : order;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attribute that && shown.equals(that.shown);
  }

  @Override
  public int hashCode() {
    return shown.hashCode();
  }
}
