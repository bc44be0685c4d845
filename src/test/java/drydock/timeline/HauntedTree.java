package drydock.timeline;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.fs.DeletedFile;
import drydock.fs.DeletedName;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.FileSystemInfo;
import drydock.fs.FileTree;
import drydock.fs.Name;
import drydock.fs.Node;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;

/** A tree with names deleted from its root, and with deleted files. */
record HauntedTree(FileTree living, List<DeletedName> names, List<DeletedFile> files)
    implements FileTree {

  @Override
  public Node root() throws IOException {
    return new Root(living.root(), names);
  }

  @Override
  public FileSystemInfo info() {
    return living.info();
  }

  @Override
  public Node node(long inode) throws IOException {
    return living.node(inode);
  }

  @Override
  public void deletedFiles(DeletedFile.Visitor visitor) throws IOException {
    for (DeletedFile file : files) {
      visitor.visit(file);
    }
  }

  @Override
  public Origin origin() {
    return living.origin();
  }

  private record Root(Node node, List<DeletedName> deletedNames) implements Node {
    @Override
    public FileMeta meta() throws IOException {
      return node.meta();
    }

    @Override
    public List<Entry> list() throws IOException {
      return node.list();
    }

    @Override
    public ByteSource content() throws IOException {
      return node.content();
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
      return node.origin();
    }
  }
}
