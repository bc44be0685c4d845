package drydock.fs.host;

import drydock.fs.NameText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Arrays;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/**
 * The C library and the numbers that it is called with; loaded when first used, which takes a
 * while.
 */
final class Linux {
  static final int AT_FDCWD = -100;
  static final int AT_SYMLINK_NOFOLLOW = 0x100;
  static final int AT_EMPTY_PATH = 0x1000;

  static final int O_NONBLOCK = 0x800;
  static final int O_NOCTTY = 0x100;
  static final int O_NOATIME = 0x40000;
  static final int O_CLOEXEC = 0x80000;
  static final int O_PATH = 0x200000;

  /** These two differ: arm64 has its own (kernel {@code arch/arm64/include/uapi/asm/fcntl.h}). */
  static final int O_DIRECTORY = isArm() ? 0x4000 : 0x10000;

  static final int O_NOFOLLOW = isArm() ? 0x8000 : 0x20000;

  static final int SEEK_DATA = 3;
  static final int SEEK_HOLE = 4;

  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int EINTR = 4;
  static final int ENXIO = 6;
  static final int EACCES = 13;
  static final int ENOTDIR = 20;
  static final int ERANGE = 34;
  static final int ENAMETOOLONG = 36;
  static final int ELOOP = 40;
  static final int ENODATA = 61;
  static final int ENOTSUP = 95;

  private final LibC calls;
  private final Runtime runtime;

  Linux() {
    this.calls = LibraryLoader.create(LibC.class).load("c");
    this.runtime = Runtime.getRuntime(calls);
  }

  static boolean isArm() {
    return System.getProperty("os.arch", "").equals("aarch64");
  }

  LibC calls() {
    return calls;
  }

  /** What the last call of this thread failed with. */
  int error() {
    return LastError.getLastError(runtime);
  }

  /** Bytes as the C library takes them. */
  static byte[] string(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  /** The exception for an error number. */
  static IOException failure(int error, byte[] path) {
    String text = NameText.of(path);
    return switch (error) {
      case ENOENT, ENAMETOOLONG -> new NoSuchFileException(text);
      case EACCES, EPERM -> new AccessDeniedException(text);
      case ENOTDIR, ELOOP -> new NotDirectoryException(text);
      default -> new FileSystemException(text, null, "the system says error " + error);
    };
  }
}
