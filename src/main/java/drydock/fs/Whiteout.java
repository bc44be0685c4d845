package drydock.fs;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * What overlayfs has in a layer where a name was deleted, a character device 0:0, made of what says
 * so in another form.
 *
 * @param inode what tells it from the other nodes of its tree
 * @param times of what says so
 */
public record Whiteout(long inode, FileTimes times, Origin origin) implements Node {
  @Override
  public FileMeta meta() {
    return new FileMeta(inode, NodeType.CHARACTER, 0, 0, 0, 0, 1, Device.ZERO, times);
  }

  @Override
  public List<Entry> list() throws IOException {
    throw new NotDirectoryException(origin.toString());
  }

  @Override
  public ByteSource content() {
    return new ArraySource(new byte[0], origin);
  }

  @Override
  public byte[] linkTarget() {
    return new byte[0];
  }

  @Override
  public SortedMap<Name, byte[]> attributes() {
    return Collections.emptySortedMap();
  }
}
