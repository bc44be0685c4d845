package drydock.disk;

import drydock.bytes.UnsupportedFormatException;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Disks in files of other kinds, and packed ones, which are not read: each is refused by its name,
 * with what to do, before anybody takes its bytes for those of the disk. Known by their first bytes
 * alone.
 *
 * <p>Sources: QEMU's block drivers ({@code block/vmdk.c}, {@code vhdx.h}, {@code vpc.c}, {@code
 * vdi.c}, {@code qcow.c}, {@code qed.h}, {@code parallels.c}), libewf's documentation of EWF and
 * EWF2, AFFLIB; the formats' own documents for packed files.
 */
public final class ForeignFormat implements DiskFormat {
  private static final int SAMPLE = 128;
  private static final String CONVERT = "make a raw copy with qemu-img convert -O raw";
  private static final String ACQUIRED = "make a raw copy, for example with ewfexport or xmount";
  private static final String PACKED = "unpack it first";

  private record Kind(String name, String advice, int offset, byte[] bytes) {
    static Kind of(String name, String advice, int offset, String bytes) {
      return new Kind(name, advice, offset, bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    boolean fits(byte[] start) {
      int end = offset + bytes.length;
      return start.length >= end && Arrays.equals(start, offset, end, bytes, 0, bytes.length);
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          Kind.of("a VMDK disk", CONVERT, 0, "KDMV"),
          Kind.of("a VMDK disk", CONVERT, 0, "COWD"),
          Kind.of("the description of a VMDK disk", CONVERT, 0, "# Disk DescriptorFile"),
          Kind.of("a VHDX disk", CONVERT, 0, "vhdxfile"),
          Kind.of("a VHD disk", CONVERT, 0, "conectix"),
          Kind.of("a VDI disk", CONVERT, 0x40, "\u007f\u0010\u00da\u00be"),
          Kind.of("a QED disk", CONVERT, 0, "QED\0"),
          Kind.of("a qcow disk of version 1", CONVERT, 0, "QFI\u00fb\0\0\0\u0001"),
          Kind.of("a Parallels disk", CONVERT, 0, "WithoutFreeSpace"),
          Kind.of("a Parallels disk", CONVERT, 0, "WithouFreSpacExt"),
          Kind.of("an EWF disk (E01)", ACQUIRED, 0, "EVF\t\r\n\u00ff\0"),
          Kind.of("an EWF disk (Ex01)", ACQUIRED, 0, "EVF2\r\n\u0081\0"),
          Kind.of("an EWF file of files (L01)", ACQUIRED, 0, "LVF\t\r\n\u00ff\0"),
          Kind.of("an AFF disk", "make a raw copy with affconvert -r", 0, "AFF10\r\n\0"),
          Kind.of("packed (gzip)", PACKED, 0, "\u001f\u008b\b"),
          Kind.of("packed (xz)", PACKED, 0, "\u00fd7zXZ\0"),
          Kind.of("packed (Zstandard)", PACKED, 0, "\u0028\u00b5\u002f\u00fd"),
          Kind.of("packed (bzip2)", PACKED, 4, "1AY&SY"),
          Kind.of("packed (zip)", PACKED, 0, "PK\u0003\u0004"),
          Kind.of("packed (7-Zip)", PACKED, 0, "7z\u00bc\u00af\u0027\u001c"));

  @Override
  public String name() {
    return "foreign";
  }

  @Override
  public boolean recognises(Path file) throws IOException {
    return kind(file).isPresent();
  }

  @Override
  public OpenDisk open(Path file, FindingLog log) throws IOException {
    String what =
        kind(file)
            .map(kind -> "is " + kind.name + ", which is not read: " + kind.advice)
            .orElse("is no disk in a format of others");
    throw new UnsupportedFormatException(EvidenceFile.origin(file), what);
  }

  private static Optional<Kind> kind(Path file) throws IOException {
    if (EvidenceFile.of(file) != EvidenceFile.REGULAR) {
      return Optional.empty(); // what lies on a device is the disk itself
    }
    try (FileSource source = FileSource.open(file, EvidenceFile.origin(file))) {
      byte[] start = source.bytes(0, (int) Math.min(SAMPLE, source.size()));
      return KINDS.stream().filter(kind -> kind.fits(start)).findFirst();
    }
  }
}
