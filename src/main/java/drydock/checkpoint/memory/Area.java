package drydock.checkpoint.memory;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A range of a process's addresses, as {@code /proc/PID/maps} has a line of.
 *
 * <p>What the bits mean: CRIU's {@code include/image.h} (status), the kernel's {@code
 * asm-generic/mman-common.h} (protection, flags).
 *
 * @param start unsigned, in bytes
 * @param end behind the last byte
 * @param offset in the mapped file or shared memory
 * @param sharedId the mapped file's number in {@code files.img}, or that of the shared memory
 * @param protection {@code PROT_...} bits
 * @param flags {@code MAP_...} bits
 * @param status CRIU's {@code VMA_...} bits
 * @param advice bits of {@code madvise}; null when not stored
 */
public record Area(
    long start,
    long end,
    long offset,
    long sharedId,
    int protection,
    int flags,
    int status,
    @Nullable Long advice,
    AreaKind kind) {
  private static final int READ = 1;
  private static final int WRITE = 2;
  private static final int EXECUTE = 4;
  private static final int MAP_SHARED = 0x01;
  private static final int GROWS_DOWN = 0x100;
  private static final int HUGE_PAGES = 0x40000;

  Area as(AreaKind other) {
    return new Area(start, end, offset, sharedId, protection, flags, status, advice, other);
  }

  /** The rest of it from an address inside of it on. */
  Area from(long inside) {
    return new Area(
        inside, end, offset + (inside - start), sharedId, protection, flags, status, advice, kind);
  }

  /** In bytes. */
  public long size() {
    return end - start;
  }

  public boolean contains(long address) {
    return Long.compareUnsigned(start, address) <= 0 && Long.compareUnsigned(address, end) < 0;
  }

  /** Whether only its pages tell that it was there. */
  public boolean isOfPagesAlone() {
    return kind == AreaKind.UNKNOWN && status == 0 && flags == 0;
  }

  /** As in {@code /proc/PID/maps}: {@code rw-p}; nothing of it is known of mere pages. */
  public String permissions() {
    return (isReadable() ? "r" : "-")
        + (isWritable() ? "w" : "-")
        + (isExecutable() ? "x" : "-")
        + (isShared() ? "s" : "p");
  }

  public boolean isReadable() {
    return (protection & READ) != 0;
  }

  public boolean isWritable() {
    return (protection & WRITE) != 0;
  }

  public boolean isExecutable() {
    return (protection & EXECUTE) != 0;
  }

  /** Whether what is written there is seen by all who map it. */
  public boolean isShared() {
    return (flags & MAP_SHARED) != 0;
  }

  public boolean growsDown() {
    return (flags & GROWS_DOWN) != 0;
  }

  /** Whether it was made of huge pages. */
  public boolean isHuge() {
    return (flags & HUGE_PAGES) != 0;
  }

  /** Whether a file of the dump is mapped, be it a memfd: then {@link #sharedId} is its number. */
  public boolean isOfFile() {
    return AreaKind.FILE.isIn(status) || AreaKind.FILE_SHARED.isIn(status);
  }

  /** Whether its pages are of no file on any disk. */
  public boolean isAnonymous() {
    return !isOfFile() || kind == AreaKind.MEMFD;
  }

  /** Whether its pages are of something that others map too, with pages of its own in the dump. */
  boolean sharesPages() {
    return switch (kind) {
      case MEMFD, SYSV, SHARED -> true;
      default -> false;
    };
  }

  /** Whether its pages are the kernel's, and are never dumped. */
  boolean isKernels() {
    return switch (kind) {
      case VVAR, VSYSCALL, UPROBES, SOCKET -> true;
      default -> false;
    };
  }

  /** Whether it only marks a part of another area. */
  boolean isMark() {
    return kind == AreaKind.GUARD;
  }

  // Written out: what the compiler makes of a record is put together anew in each run.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Area area
        && start == area.start
        && end == area.end
        && offset == area.offset
        && sharedId == area.sharedId
        && protection == area.protection
        && flags == area.flags
        && status == area.status
        && Objects.equals(advice, area.advice)
        && kind == area.kind;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(start) + Long.hashCode(end);
  }
}
