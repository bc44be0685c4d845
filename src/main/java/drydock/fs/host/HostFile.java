package drydock.fs.host;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.fs.TreePath;
import java.io.IOException;
import java.util.Objects;

/** A file's content, as long as the file was when it was looked at. */
final class HostFile implements ByteSource {
  private static final int PIECE_BYTES = 128 << 10;

  private final LinuxHost host;
  private final TreePath path;
  private final Host.Stat stat;
  private final Origin origin;

  HostFile(LinuxHost host, TreePath path, Host.Stat stat, Origin origin) {
    this.host = host;
    this.path = path;
    this.stat = stat;
    this.origin = origin;
  }

  TreePath path() {
    return path;
  }

  Host.Stat stat() {
    return stat;
  }

  @Override
  public long size() {
    return stat.meta().size();
  }

  @Override
  public Origin origin() {
    return origin;
  }

  @Override
  public void read(long position, byte[] into, int offset, int length) throws IOException {
    checkRange(position, length);
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return;
    }
    LibC calls = host.linux().calls();
    try (Descriptors.Lease file = host.file(this)) {
      byte[] piece = new byte[Math.min(length, PIECE_BYTES)];
      int done = 0;
      while (done < length) {
        int wanted = Math.min(piece.length, length - done);
        long count = calls.pread(file.descriptor(), piece, wanted, position + done);
        if (count < 0 && host.linux().error() == Linux.EINTR) {
          continue;
        }
        if (count < 0) {
          throw Linux.failure(host.linux().error(), path.bytes());
        }
        if (count == 0) {
          throw new CorruptDataException(
              origin, position + done, "the file became shorter while it was read");
        }
        System.arraycopy(piece, 0, into, offset + done, (int) count);
        done += (int) count;
      }
    }
  }

  @Override
  public long nextData(long position) {
    return seek(position, Linux.SEEK_DATA, Math.min(position, size()));
  }

  @Override
  public long nextHole(long position) {
    return seek(position, Linux.SEEK_HOLE, size());
  }

  /** The end of the file is a hole to lseek(2), and data beyond the last there is not: ENXIO. */
  private long seek(long position, int whence, long otherwise) {
    if (position < 0 || position >= size()) {
      return size();
    }
    try (Descriptors.Lease file = host.file(this)) {
      long found = host.linux().calls().lseek(file.descriptor(), position, whence);
      if (found < 0) {
        return host.linux().error() == Linux.ENXIO ? size() : otherwise;
      }
      return Math.min(found, size());
    } catch (IOException e) {
      return otherwise; // reading will say what is wrong
    }
  }
}
