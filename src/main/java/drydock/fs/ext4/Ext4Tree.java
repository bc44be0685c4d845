package drydock.fs.ext4;

import drydock.bytes.Origin;
import drydock.fs.DeletedFile;
import drydock.fs.FileSystemInfo;
import drydock.fs.FileTree;
import drydock.fs.Node;
import drydock.fs.NodeType;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;

/** An ext2, ext3 or ext4 file system; beside its nodes it shows its own records to the debugger. */
public final class Ext4Tree implements FileTree {
  private final Volume volume;
  private final FileSystemInfo info;

  Ext4Tree(Volume volume, FileSystemInfo info) {
    this.volume = volume;
    this.info = info;
    String state = info.state();
    if (state != null && state.endsWith(Description.NOT_APPLIED)) {
      volume.past().hide();
    }
  }

  @Override
  public Node root() throws IOException {
    return new Ext4Node(volume, volume.inodes().read(Inodes.ROOT));
  }

  @Override
  public FileSystemInfo info() {
    return info;
  }

  @Override
  public Node node(long inode) throws IOException {
    Inode read = volume.inodes().read(inode);
    if (read.isBlank()) {
      throw new NoSuchFileException(volume.origin(inode) + " was never used");
    }
    return new Ext4Node(volume, read);
  }

  @Override
  public void deletedFiles(DeletedFile.Visitor visitor) throws IOException {
    new DeletedInodes(volume).each(visitor);
  }

  @Override
  public Origin origin() {
    return volume.origin();
  }

  Volume volume() {
    return volume;
  }

  @Override
  public Closeable walking() {
    return volume.readAhead().begin();
  }

  /** What an engineer looks at. */
  public Ext4Records records() {
    return new Ext4Records(volume);
  }

  public Superblock superblock() {
    return volume.superblock();
  }

  /** The descriptor of a block group, counted from 0. */
  public GroupDescriptor group(long number) throws IOException {
    if (number < 0 || number >= volume.superblock().groups()) {
      throw new NoSuchFileException(volume.origin() + ": group " + number);
    }
    return volume.inodes().groups().descriptor(number);
  }

  /** An inode as it lies in its table, used or not. */
  public Inode inode(long number) throws IOException {
    return volume.inodes().read(number);
  }

  /** A block as it lies in the file system, the journal's changes applied. */
  public byte[] block(long number) throws IOException {
    return volume.blocks().metadata(number).clone();
  }

  /** Where an inode's blocks lie, holes left out; at most {@code limit} runs. */
  public List<BlockRun> runs(Inode inode, int limit) throws IOException {
    List<BlockRun> runs = new ArrayList<>();
    NodeType type = inode.type();
    boolean isMapped =
        !inode.has(InodeFlag.INLINE_DATA)
            && (type == NodeType.FILE
                || type == NodeType.DIRECTORY
                || inode.has(InodeFlag.EXTENTS));
    int blockBytes = volume.blocks().blockBytes();
    long end = isMapped ? inode.size() / blockBytes + (inode.size() % blockBytes > 0 ? 1 : 0) : 0;
    BlockMap map = isMapped ? Contents.map(volume, inode) : at -> BlockRun.hole(at, BlockMap.END);
    long at = 0;
    while (at < end && runs.size() < limit) {
      BlockRun run = map.runAt(at);
      if (run.state() != BlockRun.State.HOLE) {
        runs.add(run);
      }
      at = run.end();
    }
    return runs;
  }

  /**
   * Reads the whole file system and tells where its parts contradict each other, as e2fsck would;
   * all that is wrong goes to the log that the tree was opened with.
   */
  public void check() throws IOException {
    Check.of(volume).run();
  }

  /** The names in a directory inode. */
  public List<Dirent> names(Inode directory) throws IOException {
    if (directory.type() != NodeType.DIRECTORY) {
      throw new NotDirectoryException(volume.origin(directory.number()).toString());
    }
    return new Directory(volume, directory).list();
  }
}
