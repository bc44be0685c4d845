package drydock.export.folder;

import drydock.fs.Name;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/** The C library, its numbers (kernel {@code include/uapi}), and what they mean in words. */
final class Kernel {
  static final int AT_FDCWD = -100;
  static final int AT_SYMLINK_NOFOLLOW = 0x100;

  static final int O_WRONLY = 1;
  static final int O_CREAT = 0x40;
  static final int O_EXCL = 0x80;
  static final int O_CLOEXEC = 0x80000;

  /** These two differ: arm64 has its own (kernel {@code arch/arm64/include/uapi/asm/fcntl.h}). */
  static final int O_DIRECTORY = isArm() ? 0x4000 : 0x10000;

  static final int O_NOFOLLOW = isArm() ? 0x8000 : 0x20000;

  static final int S_IFCHR = 0x2000;
  static final int S_IFBLK = 0x6000;
  static final int S_IFSOCK = 0xc000;

  /** When the system has no such call. */
  static final int ENOSYS = 38;

  private static final int EPERM = 1;
  private static final int EINTR = 4;
  private static final int EIO = 5;
  private static final int EACCES = 13;
  private static final int EEXIST = 17;
  private static final int EINVAL = 22;
  private static final int EFBIG = 27;
  private static final int ENOSPC = 28;
  private static final int EROFS = 30;
  private static final int ENAMETOOLONG = 36;
  private static final int EILSEQ = 84;
  private static final int ENOTSUP = 95;
  private static final int EDQUOT = 122;

  private final Calls calls;
  private final Runtime runtime;

  Kernel() throws IOException {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      throw new IOException("a directory can be written on Linux only: write an archive");
    }
    this.calls = LibraryLoader.create(Calls.class).load("c");
    this.runtime = Runtime.getRuntime(calls);
  }

  private static boolean isArm() {
    return System.getProperty("os.arch", "").equals("aarch64");
  }

  Calls calls() {
    return calls;
  }

  /** What the last call of this thread failed with. */
  int error() {
    return LastError.getLastError(runtime);
  }

  static byte[] string(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  static byte[] string(Name name) {
    return string(name.bytes());
  }

  static boolean isInterrupted(int error) {
    return error == EINTR;
  }

  /** Whether another name may be taken where this one was not. */
  static boolean isNameRefused(int error) {
    return error == EEXIST || error == ENAMETOOLONG || error == EINVAL || error == EILSEQ;
  }

  /** Whether nothing more can be written, so that the export ends. */
  static boolean isFull(int error) {
    return error == ENOSPC || error == EDQUOT || error == EIO || error == EROFS;
  }

  static String words(int error) {
    return switch (error) {
      case EPERM, EACCES -> "no permission";
      case EEXIST -> "is there already";
      case EINVAL -> "the target does not take it";
      case EFBIG -> "too large for the target";
      case ENOSPC, EDQUOT -> "no space left";
      case EROFS -> "the target is read-only";
      case ENAMETOOLONG -> "too long for the target";
      case ENOTSUP -> "the target has no such thing";
      default -> "the system says error " + error;
    };
  }

  static IOException failure(String path, int error) {
    return new FileSystemException(path, null, words(error));
  }
}
