package drydock.checkpoint.memory;

/**
 * What an {@link Area} is, by CRIU's bits of it ({@code include/image.h}, {@code VMA_...}). Of
 * several the first in this list counts: a vdso is also private and anonymous.
 */
public enum AreaKind {
  VSYSCALL("vsyscall", 1 << 2),
  VVAR("vvar", 1 << 12),
  VDSO("vdso", 1 << 3),
  /** Pages that must not be touched, inside of another area. */
  GUARD("guard", 1 << 16),
  UPROBES("uprobes", 1 << 17),
  SHADOW_STACK("shadow-stack", 1 << 15),
  /** The ring of an asynchronous input and output context. */
  AIO_RING("aio", 1 << 13),
  /** The ring of a packet socket. */
  SOCKET("socket", 1 << 11),
  /** System V shared memory. */
  SYSV("sysv", 1 << 10),
  /** A file that is in memory only; what is shared without any file is kept as such, too. */
  MEMFD("memfd", 1 << 14),
  HEAP("heap", 1 << 5),
  STACK("stack", 1 << 1),
  /** A private mapping of a file: only pages that were changed are dumped. */
  FILE("file", 1 << 6),
  /** A shared mapping of a file: its bytes are in the file alone. */
  FILE_SHARED("file-shared", 1 << 7),
  /** Anonymous memory that is shared with children. */
  SHARED("shared", 1 << 8),
  /** Private, and of no file. */
  ANONYMOUS("anonymous", 1 << 9),
  UNKNOWN("unknown", 0);

  private static final AreaKind[] ALL = values();

  private final String text;
  private final int bit;

  AreaKind(String text, int bit) {
    this.text = text;
    this.bit = bit;
  }

  /** As records name it. */
  public String text() {
    return text;
  }

  boolean isIn(int status) {
    return (status & bit) != 0;
  }

  static AreaKind of(int status) {
    for (AreaKind kind : ALL) {
      if (kind.isIn(status)) {
        return kind;
      }
    }
    return UNKNOWN;
  }
}
