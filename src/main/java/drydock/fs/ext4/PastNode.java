package drydock.fs.ext4;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.Name;
import drydock.fs.Node;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;

/**
 * A file as an older copy of its inode tells of it: metadata as it was then, content of regular
 * files as their blocks are now, for the journal mostly holds none of it.
 */
final class PastNode implements Node {
  private final Volume then;
  private final Blocks now;
  private final Inode inode;
  private final Ext4Node node;
  private final Origin origin;

  PastNode(Volume then, Blocks now, Inode inode, String source) {
    this.then = then;
    this.now = now;
    this.inode = inode;
    this.node = new Ext4Node(then, inode);
    this.origin = then.origin(inode.number()).child(source);
  }

  @Override
  public FileMeta meta() {
    return node.meta();
  }

  @Override
  public List<Entry> list() throws IOException {
    return node.list();
  }

  @Override
  public ByteSource content() throws IOException {
    if (!meta().isFile() || inode.has(InodeFlag.INLINE_DATA)) {
      return node.content();
    }
    return new MappedContent(now, Contents.map(then, inode), inode.size(), origin);
  }

  @Override
  public byte[] linkTarget() throws IOException {
    return node.linkTarget();
  }

  @Override
  public SortedMap<Name, byte[]> attributes() throws IOException {
    return node.attributes();
  }

  @Override
  public Origin origin() {
    return origin;
  }
}
