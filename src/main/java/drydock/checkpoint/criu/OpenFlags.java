package drydock.checkpoint.criu;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The flags of open(2) by their names. Some of them have other numbers on some processors.
 *
 * <p>Source: the kernel's include/uapi/asm-generic/fcntl.h, and fcntl.h of arm, arm64, powerpc and
 * mips.
 */
public final class OpenFlags {
  private static final int ACCESS = 3;

  private OpenFlags() {}

  /**
   * {@code O_RDWR}, {@code O_APPEND} ...; what has no name as one number at the end.
   *
   * @param architecture null stands for x86-64
   */
  public static List<String> names(long flags, @Nullable Architecture architecture) {
    List<String> names = new ArrayList<>();
    names.add(
        switch ((int) (flags & ACCESS)) {
          case 0 -> "O_RDONLY";
          case 1 -> "O_WRONLY";
          case 2 -> "O_RDWR";
          default -> "O_ACCMODE";
        });
    long left = flags & ~ACCESS;
    for (Flag flag : flags(architecture == null ? Architecture.X86_64 : architecture)) {
      if ((left & flag.bits()) == flag.bits()) {
        names.add(flag.name());
        left &= ~flag.bits();
      }
    }
    if (left != 0) {
      names.add("0" + Long.toOctalString(left));
    }
    return List.copyOf(names);
  }

  /** Bits that all have to be set. */
  private record Flag(long bits, String name) {}

  private static List<Flag> flags(Architecture architecture) {
    return switch (architecture) {
      case MIPS -> mips();
      case ARM, AARCH64, PPC64 -> usual(0200000, 0400000, 040000, 0100000);
      default -> usual(040000, 0100000, 0200000, 0400000);
    };
  }

  private static List<Flag> usual(long direct, long large, long directory, long noFollow) {
    return List.of(
        new Flag(0100, "O_CREAT"),
        new Flag(0200, "O_EXCL"),
        new Flag(0400, "O_NOCTTY"),
        new Flag(01000, "O_TRUNC"),
        new Flag(02000, "O_APPEND"),
        new Flag(04000, "O_NONBLOCK"),
        new Flag(04010000, "O_SYNC"),
        new Flag(010000, "O_DSYNC"),
        new Flag(020000, "O_ASYNC"),
        new Flag(direct, "O_DIRECT"),
        new Flag(large, "O_LARGEFILE"),
        new Flag(020000000 | directory, "O_TMPFILE"),
        new Flag(directory, "O_DIRECTORY"),
        new Flag(noFollow, "O_NOFOLLOW"),
        new Flag(01000000, "O_NOATIME"),
        new Flag(02000000, "O_CLOEXEC"),
        new Flag(010000000, "O_PATH"));
  }

  private static List<Flag> mips() {
    return List.of(
        new Flag(0x100, "O_CREAT"),
        new Flag(0x400, "O_EXCL"),
        new Flag(0x800, "O_NOCTTY"),
        new Flag(0x200, "O_TRUNC"),
        new Flag(0x8, "O_APPEND"),
        new Flag(0x80, "O_NONBLOCK"),
        new Flag(0x4010, "O_SYNC"),
        new Flag(0x10, "O_DSYNC"),
        new Flag(0x1000, "O_ASYNC"),
        new Flag(0x8000, "O_DIRECT"),
        new Flag(0x2000, "O_LARGEFILE"),
        new Flag(0x10000, "O_DIRECTORY"),
        new Flag(0x20000, "O_NOFOLLOW"),
        new Flag(0x40000, "O_NOATIME"),
        new Flag(0x80000, "O_CLOEXEC"));
  }
}
