package drydock.fs.tar;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.io.EOFException;
import java.io.IOException;

/** A file's content of which the archive does not have the end: it was cut short. */
final class TarContent implements ByteSource {
  private final ByteSource part;
  private final long size;

  private TarContent(ByteSource part, long size) {
    this.part = part;
    this.size = size;
  }

  /** The content of a file: a part of the archive, or what its map makes of that. */
  static ByteSource of(ByteSource archive, TarEntry entry, Origin origin) throws IOException {
    SparseMap map = entry.sparse();
    return map == null
        ? part(archive, entry.contentOffset(), entry.size(), origin)
        : map.over(part(archive, entry.contentOffset(), map.stored(), origin));
  }

  private static ByteSource part(ByteSource archive, long from, long size, Origin origin)
      throws IOException {
    try {
      return archive.slice(origin, from, size);
    } catch (EOFException e) {
      long start = Math.min(archive.size(), from);
      return new TarContent(archive.slice(origin, start, archive.size() - start), size);
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Origin origin() {
    return part.origin();
  }

  @Override
  public void read(long position, byte[] into, int offset, int length) throws IOException {
    checkRange(position, length);
    if (position + length > part.size()) {
      throw new CorruptDataException(
          origin(), part.size(), "the archive ends inside this file's content");
    }
    part.read(position, into, offset, length);
  }
}
