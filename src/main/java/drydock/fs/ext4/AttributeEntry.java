package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.i32;
import static drydock.bytes.LittleEndian.u16;
import static drydock.bytes.LittleEndian.u32;
import static drydock.bytes.LittleEndian.u8;

import drydock.fs.Name;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a table of extended attributes, whose layout is {@code ksy/ext4_xattr_entry.ksy}
 * (kernel {@code fs/ext4/xattr.h}).
 *
 * @param index which prefix the name has
 * @param name what is stored of the name: what follows the prefix
 * @param valueOffset from where the table counts its values
 * @param valueInode the inode that holds the value; 0 when it lies beside the table
 */
record AttributeEntry(
    int index, Name name, int valueOffset, long valueInode, long valueSize, long hash) {
  static final int MAGIC = 0xea020000;
  static final int INDEX_ACCESS_ACL = 2;
  static final int INDEX_DEFAULT_ACL = 3;

  private static final int BYTES = 16;
  private static final int INDEX_SYSTEM = 7;
  private static final int INDEX_ENCRYPTION = 9;

  /** All entries of a table, and where it breaks off if it does. */
  record Table(List<AttributeEntry> entries, @Nullable Integer brokenAt) {}

  /** The entries from {@code from} on, up to the one that is all zeros. */
  static Table decode(byte[] raw, int from) {
    List<AttributeEntry> entries = new ArrayList<>();
    int at = from;
    while (at + 4 <= raw.length && i32(raw, at) != 0) {
      int nameLength = u8(raw, at);
      if (at + BYTES + nameLength > raw.length) {
        return new Table(entries, at);
      }
      entries.add(
          new AttributeEntry(
              u8(raw, at + 1),
              Name.of(raw, at + BYTES, nameLength),
              u16(raw, at + 2),
              u32(raw, at + 4),
              u32(raw, at + 8),
              u32(raw, at + 12)));
      at += (BYTES + nameLength + 3) & ~3;
    }
    return new Table(entries, null);
  }

  /** Whether the kernel keeps it to itself: inline data and the encryption context. */
  boolean isHidden() {
    return index == INDEX_ENCRYPTION || isInlineData();
  }

  /** What says how an inode is encrypted (kernel {@code fs/ext4/crypto.c}). */
  boolean isEncryptionContext() {
    return index == INDEX_ENCRYPTION && name.is("c");
  }

  boolean isInlineData() {
    return index == INDEX_SYSTEM && name.is("data");
  }

  boolean isAcl() {
    return index == INDEX_ACCESS_ACL || index == INDEX_DEFAULT_ACL;
  }

  /** The whole name; null when nobody knows the prefix. */
  @Nullable Name fullName() {
    String prefix =
        switch (index) {
          case 1 -> "user.";
          case INDEX_ACCESS_ACL -> "system.posix_acl_access";
          case INDEX_DEFAULT_ACL -> "system.posix_acl_default";
          case 4 -> "trusted.";
          case 5 -> "lustre.";
          case 6 -> "security.";
          case INDEX_SYSTEM -> "system.";
          case 8 -> "system.richacl";
          case 10 -> "gnu.";
          default -> null;
        };
    if (prefix == null) {
      return null;
    }
    byte[] start = prefix.getBytes(StandardCharsets.US_ASCII);
    byte[] whole = Arrays.copyOf(start, start.length + name.length());
    System.arraycopy(name.bytes(), 0, whole, start.length, name.length());
    return Name.of(whole);
  }
}
