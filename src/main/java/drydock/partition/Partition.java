package drydock.partition;

import drydock.bytes.ByteSource;
import org.jspecify.annotations.Nullable;

/**
 * A range of a disk.
 *
 * @param number as the kernel counts ({@code sda1} is 1); 0 for the whole disk
 * @param start in bytes from the disk's start
 * @param length in bytes, as the table says; {@code bytes} is shorter where the disk is cut off
 * @param type GPT: the type GUID; MBR: the type byte as {@code 0x83}; null for the whole disk
 * @param typeName the type in words, where it is known
 * @param id GPT: the unique GUID; MBR: disk signature and number; null for the whole disk
 * @param label the GPT name
 * @param attributes the GPT attribute bits as stored (of a ChromeOS kernel: priority, tries,
 *     successful); MBR: {@link #MBR_ACTIVE} when it is marked to be booted; 0 for the whole disk
 * @param bytes the content; its origin is the disk's with {@code partition N}
 */
public record Partition(
    int number,
    long start,
    long length,
    @Nullable String type,
    @Nullable String typeName,
    @Nullable String id,
    @Nullable String label,
    long attributes,
    ByteSource bytes) {
  /** The boot indicator of an MBR entry. */
  public static final long MBR_ACTIVE = 0x80;
}
