package drydock.evidence;

import drydock.bytes.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Names what a partition holds that is not read here, by the signature at its place. Sources: each
 * format's own documents and the kernel's {@code include/uapi/linux/magic.h}.
 */
final class Signatures {
  private static final int SAMPLE = 4096;
  private static final String BCACHE = "\u00c6\u0085\u0073\u00f6";

  /**
   * What is known by its signature.
   *
   * @param files whether files of a running system may be in it, which then are not seen
   */
  record Signature(String name, boolean files, long offset, byte[] bytes) {
    boolean isZeros() {
      return this == ZEROS;
    }

    private static Signature of(String name, long offset, String text) {
      return new Signature(name, false, offset, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Signature ofFiles(String name, long offset, String text) {
      return new Signature(name, true, offset, text.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private static final Signature TEXT = Signature.of("text", 0, "");
  static final Signature ZEROS = Signature.of("zeros, at least at its start", 0, "");

  private static final List<Signature> KNOWN =
      List.of(
          Signature.ofFiles("LUKS encryption", 0, "LUKS\u00ba\u00be"),
          Signature.ofFiles("an LVM physical volume", 512, "LABELONE"),
          Signature.ofFiles("an LVM physical volume", 0, "LABELONE"),
          Signature.ofFiles("XFS", 0, "XFSB"),
          Signature.ofFiles("Btrfs", 65536 + 64, "_BHRfS_M"),
          Signature.ofFiles("bcache", 4096 + 24, BCACHE + "\u004e\u001a\u0045\u00ca"),
          Signature.ofFiles("bcachefs", 4096 + 24, BCACHE + "\u0066\u00ce\u0090\u00a9"),
          Signature.ofFiles("BitLocker encryption", 3, "-FVE-FS-"),
          Signature.of("swap", 4096 - 10, "SWAPSPACE2"),
          Signature.ofFiles("Linux RAID", 4096, "\u00fc\u004e\u002b\u00a9"),
          Signature.of("SquashFS", 0, "hsqs"),
          Signature.of("EROFS", 1024, "\u00e2\u00e1\u00f5\u00e0"),
          Signature.ofFiles("F2FS", 1024, "\u0010\u0020\u00f5\u00f2"),
          Signature.of("FAT", 54, "FAT1"),
          Signature.of("FAT", 82, "FAT32"),
          Signature.ofFiles("exFAT", 3, "EXFAT   "),
          Signature.ofFiles("NTFS", 3, "NTFS    "),
          Signature.of("ISO 9660", 32769, "CD001"),
          Signature.of("a dm-verity hash tree", 0, "verity\0\0"),
          Signature.of("a ChromeOS kernel", 0, "CHROMEOS"),
          Signature.of("gzip data", 0, "\u001f\u008b\b"),
          Signature.of("a qcow2 disk", 0, "QFI\u00fb"));

  private Signatures() {}

  /** What the bytes are; empty when nothing can be said. */
  static Optional<Signature> find(ByteSource source) throws IOException {
    for (Signature each : KNOWN) {
      if (each.offset <= source.size() - each.bytes.length
          && Arrays.equals(source.bytes(each.offset, each.bytes.length), each.bytes)) {
        return Optional.of(each);
      }
    }
    byte[] start = source.bytes(0, (int) Math.min(SAMPLE, source.size()));
    if (isText(start)) {
      return Optional.of(TEXT);
    }
    return isZeros(start) ? Optional.of(ZEROS) : Optional.empty();
  }

  private static boolean isText(byte[] bytes) {
    for (byte each : bytes) {
      boolean printable = each >= ' ' && each != 0x7f;
      boolean space = each == '\n' || each == '\r' || each == '\t';
      if (!printable && !space) {
        return false;
      }
    }
    return bytes.length > 0;
  }

  private static boolean isZeros(byte[] bytes) {
    for (byte each : bytes) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }
}
