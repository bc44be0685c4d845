package drydock.export.folder;

import jnr.ffi.annotations.In;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;

/** The system's C library. Public because jnr-ffi implements it; strings end with a zero byte. */
public interface Calls {
  int geteuid();

  int openat(int directory, @In byte[] name, int flags, int mode);

  int close(int descriptor);

  @ssize_t
  long pwrite(int descriptor, @In byte[] bytes, @size_t long length, long position);

  int ftruncate(int descriptor, long length);

  int mkdirat(int directory, @In byte[] name, int mode);

  int symlinkat(@In byte[] target, int directory, @In byte[] name);

  int linkat(int from, @In byte[] name, int to, @In byte[] newName, int flags);

  int mkfifoat(int directory, @In byte[] name, int mode);

  int mknodat(int directory, @In byte[] name, int mode, long device);

  int fchownat(int directory, @In byte[] name, int uid, int gid, int flags);

  int fchmodat(int directory, @In byte[] name, int mode, int flags);

  int utimensat(int directory, @In byte[] name, @In byte[] times, int flags);

  int lsetxattr(@In byte[] path, @In byte[] name, @In byte[] value, @size_t long length, int flags);

  int lremovexattr(@In byte[] path, @In byte[] name);
}
