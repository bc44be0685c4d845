package drydock.fs.host;

import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;

/** The system's C library. Public because jnr-ffi implements it; strings end with a zero byte. */
public interface LibC {
  int openat(int directory, @In byte[] path, int flags);

  int close(int descriptor);

  int statx(int directory, @In byte[] path, int flags, int mask, @Out byte[] into);

  @ssize_t
  long readlinkat(int directory, @In byte[] path, @Out byte[] into, @size_t long size);

  @ssize_t
  long getdents64(int descriptor, @Out byte[] into, @size_t long size);

  @ssize_t
  long llistxattr(@In byte[] path, @Out byte[] into, @size_t long size);

  @ssize_t
  long lgetxattr(@In byte[] path, @In byte[] name, @Out byte[] into, @size_t long size);

  @ssize_t
  long pread(int descriptor, @Out byte[] into, @size_t long size, long position);

  long lseek(int descriptor, long position, int whence);
}
