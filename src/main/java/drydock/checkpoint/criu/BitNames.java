package drydock.checkpoint.criu;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers that stand for bits, by whose they are: "A | B | 0x40", what has no name as one number at
 * the end.
 *
 * <p>Source: the kernel's mman-common.h, fcntl.h, memfd seals; of areas and pages CRIU's
 * criu/include/image.h and pagemap.h. The order and form are those of crit.
 */
final class BitNames {
  /** One or more bits and what they are called. */
  private record Bit(long mask, String name) {}

  private static final List<Bit> PROTECTION = bits("PROT_READ", 1, "PROT_WRITE", 2, "PROT_EXEC", 4);

  private static final List<Bit> MAPPING =
      bits(
          "MAP_SHARED",
          1,
          "MAP_PRIVATE",
          2,
          "MAP_DROPPABLE",
          8,
          "MAP_ANON",
          0x20,
          "MAP_GROWSDOWN",
          0x100);

  private static final List<Bit> AREA =
      bits(
          "VMA_AREA_REGULAR",
          1,
          "VMA_AREA_STACK",
          1 << 1,
          "VMA_AREA_VSYSCALL",
          1 << 2,
          "VMA_AREA_VDSO",
          1 << 3,
          "VMA_AREA_HEAP",
          1 << 5,
          "VMA_FILE_PRIVATE",
          1 << 6,
          "VMA_FILE_SHARED",
          1 << 7,
          "VMA_ANON_SHARED",
          1 << 8,
          "VMA_ANON_PRIVATE",
          1 << 9,
          "VMA_AREA_SYSVIPC",
          1 << 10,
          "VMA_AREA_SOCKET",
          1 << 11,
          "VMA_AREA_VVAR",
          1 << 12,
          "VMA_AREA_AIORING",
          1 << 13,
          "VMA_AREA_MEMFD",
          1 << 14,
          "VMA_AREA_SHSTK",
          1 << 15,
          "VMA_AREA_UPROBES",
          1 << 17,
          "VMA_UNSUPP",
          1L << 31);

  private static final List<Bit> OPEN =
      bits(
          "O_WRONLY",
          01,
          "O_RDWR",
          02,
          "O_CREAT",
          0100,
          "O_EXCL",
          0200,
          "O_NOCTTY",
          0400,
          "O_TRUNC",
          01000,
          "O_APPEND",
          02000,
          "O_NONBLOCK",
          04000,
          "O_DSYNC",
          010000,
          "FASYNC",
          020000,
          "O_DIRECT",
          040000,
          "O_LARGEFILE",
          0100000,
          "O_DIRECTORY",
          0200000,
          "O_NOFOLLOW",
          0400000,
          "O_NOATIME",
          01000000,
          "O_CLOEXEC",
          02000000);

  private static final List<Bit> SEALS =
      bits(
          "F_SEAL_SEAL",
          1,
          "F_SEAL_SHRINK",
          2,
          "F_SEAL_GROW",
          4,
          "F_SEAL_WRITE",
          8,
          "F_SEAL_FUTURE_WRITE",
          0x10);

  private static final List<Bit> PAGES = bits("PE_PARENT", 1, "PE_LAZY", 2, "PE_PRESENT", 4);

  private BitNames() {}

  /** The names of the bits of a number, by the name of the set. */
  static String of(String set, long value) {
    return switch (set) {
      case "mmap.prot" -> text(PROTECTION, value);
      case "mmap.flags" -> text(MAPPING, value);
      case "mmap.status" -> text(AREA, value);
      case "rfile.flags" -> text(OPEN, value);
      case "seals.flags" -> text(SEALS, value);
      case "pmap.flags" -> text(PAGES, value);
      default -> "0x" + Long.toHexString(value);
    };
  }

  private static String text(List<Bit> names, long value) {
    List<String> words = new ArrayList<>();
    long left = value;
    for (Bit bit : names) {
      if ((value & bit.mask()) != 0) {
        words.add(bit.name());
        left &= ~bit.mask();
      }
    }
    if (left != 0) {
      words.add("0x" + Long.toHexString(left));
    }
    return String.join(" | ", words);
  }

  private static List<Bit> bits(Object... namesAndMasks) {
    List<Bit> all = new ArrayList<>();
    for (int i = 0; i < namesAndMasks.length; i += 2) {
      all.add(new Bit(((Number) namesAndMasks[i + 1]).longValue(), (String) namesAndMasks[i]));
    }
    return List.copyOf(all);
  }
}
