package drydock.export.ext4;

import drydock.export.ExportedFile;
import drydock.export.PartialFile;
import drydock.export.TreeSink;
import drydock.fs.FileMeta;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import drydock.fs.ext4.DirectoryHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes an ext4 file system into a file: owners, modes, all four times, attributes, links, devices
 * and holes as they were; other than the source's are the numbers of inodes, the sizes of
 * directories and what counts names. Not safe from several threads.
 *
 * <p>Until {@link #finish} the image is {@code NAME.partial}; two more files beside it go away with
 * the process. Memory: the names in the directories on the way down (those of large ones wait in a
 * file), and the paths of files with several links.
 */
public final class ImageSink implements TreeSink {
  /** No file is larger: block numbers in files have 32 bits. */
  static final long LARGEST_FILE = ((1L << 32) - 1) * ImageFile.BLOCK_BYTES;

  private static final int RESERVED_DESCRIPTOR_BLOCKS = 2048;
  private static final long FIRST_BLOCK = 1 + RESERVED_DESCRIPTOR_BLOCKS;
  private static final long MOST_BLOCKS =
      (long) RESERVED_DESCRIPTOR_BLOCKS
          * (ImageFile.BLOCK_BYTES / GroupTables.DESCRIPTOR_BYTES)
          * GroupLayout.MOST_PER_GROUP;

  /** A target in an inode has a zero behind it. */
  private static final int LONGEST_IN_INODE = InodeRecord.BLOCK_FIELD_BYTES - 1;

  /** The longest that the kernel follows and e2fsck takes for sound. */
  private static final int LONGEST_TARGET = ImageFile.BLOCK_BYTES - 1;

  private final Identity identity;
  private final Seals seals;
  private final DirectoryHash hash;
  private final ImageFile image;
  private final InodeSpool inodes;
  private final Spool names;
  private final AttributeWriter attributes;
  private final Map<TreePath, Long> linked = new HashMap<>();
  private @Nullable OpenDirectory directory;
  private @Nullable FileWriter writer;
  private boolean hasLargeDirectories;

  private ImageSink(Identity identity, ImageFile image, InodeSpool inodes, Spool names) {
    this.identity = identity;
    this.seals = new Seals(identity.uuid());
    this.hash = identity.directoryHash();
    this.image = image;
    this.inodes = inodes;
    this.names = names;
    this.attributes = new AttributeWriter(image, seals, inodes);
  }

  /**
   * Begins an image.
   *
   * @param target a name that nothing has yet
   * @param label the file system's, of which the first 16 bytes are kept
   * @param text what the image is of; UUID and hash seed are derived from it
   */
  public static ImageSink create(Path target, String label, String text) throws IOException {
    ImageFile image = ImageFile.create(target, FIRST_BLOCK, MOST_BLOCKS - MOST_BLOCKS / 8);
    try {
      Path partial = PartialFile.partialOf(target);
      InodeSpool inodes = new InodeSpool(partial.resolveSibling(partial.getFileName() + "-inodes"));
      try {
        Spool names = new Spool(partial.resolveSibling(partial.getFileName() + "-names"));
        return new ImageSink(Identity.of(label, text), image, inodes, names);
      } catch (IOException e) {
        inodes.close();
        throw e;
      }
    } catch (IOException e) {
      image.close();
      throw e;
    }
  }

  @Override
  public List<String> add(ExportedFile file) throws IOException {
    List<String> notKept = new ArrayList<>();
    TreePath first = file.linkOf();
    if (first != null) {
      addLink(file, first, notKept);
    } else if (file.meta().isDirectory()) {
      addDirectory(file, notKept);
    } else {
      addOther(file, notKept);
    }
    return List.copyOf(notKept);
  }

  /**
   * The directory that a path's last name is in; those that nothing more comes into are written.
   */
  private OpenDirectory parentOf(TreePath path) throws IOException {
    TreePath parent = path.parent();
    while (directory != null && parent != null) {
      if (directory.isAt(parent)) {
        return directory;
      }
      closeDirectory(directory);
    }
    throw new IllegalArgumentException("not in the order of a walk: " + path);
  }

  private void closeDirectory(OpenDirectory each) throws IOException {
    each.complete();
    OpenDirectory parent = each.parent();
    DirectoryWriter blocks =
        new DirectoryWriter(
            image,
            seals,
            Identity.HASH_VERSION,
            each.inode(),
            parent == null ? each.inode() : parent.inode(),
            each.names());
    blocks.write(each.record());
    hasLargeDirectories |= blocks.isLarge();
    inodes.put(each.inode(), each.record());
    directory = parent;
  }

  private void addDirectory(ExportedFile file, List<String> notKept) throws IOException {
    InodeRecord record = InodeRecord.of(file.meta(), notKept);
    OpenDirectory parent = null;
    long number = InodeSpool.ROOT;
    if (!file.path().isRoot()) {
      parent = parentOf(file.path());
      number = inodes.take();
      parent.add(file.path().name(), number, NodeType.DIRECTORY, notKept);
    }
    attributes.write(record, file.attributes(), notKept);
    directory =
        new OpenDirectory(file.path(), number, parent, record, new DirectoryNames(names, hash));
  }

  private void addLink(ExportedFile file, TreePath first, List<String> notKept) throws IOException {
    Long number = linked.get(first);
    OpenDirectory parent = parentOf(file.path());
    if (number == null) {
      notKept.add(LEFT_OUT + "what it is a further name of is not there");
    } else if (!inodes.link(number)) {
      notKept.add(LEFT_OUT + "an inode has no more names than " + InodeRecord.MOST_LINKS);
    } else {
      parent.add(file.path().name(), number, file.meta().type(), notKept);
    }
  }

  private void addOther(ExportedFile file, List<String> notKept) throws IOException {
    OpenDirectory parent = parentOf(file.path());
    FileMeta meta = file.meta();
    if (meta.type() == NodeType.UNKNOWN) {
      notKept.add(LEFT_OUT + "it has no type");
      return;
    }
    InodeRecord record = InodeRecord.of(meta, notKept);
    if (meta.isSymlink() && target(file, notKept).length == 0) {
      notKept.add(LEFT_OUT + "its target is empty");
      return;
    }
    long number = begin(file, parent, record, notKept);
    if (meta.isSymlink()) {
      writeTarget(record, number, target(file, new ArrayList<>()));
    } else if (meta.device() != null && meta.type().isDevice()) {
      record.device(meta.device(), notKept);
    } else if (meta.isFile()) {
      new ExtentTree(image, seals, number, BlockRuns.whole(0)).write(record);
      record.size(Math.max(0, Math.min(meta.size(), LARGEST_FILE)));
    }
    inodes.put(number, record);
  }

  /** Gives a file its number, its name and its attributes. */
  private long begin(
      ExportedFile file, OpenDirectory parent, InodeRecord record, List<String> notKept)
      throws IOException {
    long number = inodes.take();
    parent.add(file.path().name(), number, file.meta().type(), notKept);
    if (file.meta().links() != 1) {
      linked.put(file.path(), number);
    }
    attributes.write(record, file.attributes(), notKept);
    return number;
  }

  /** As much of a link's target as a link can have. */
  private static byte[] target(ExportedFile file, List<String> notKept) {
    byte[] target = file.target();
    int length = 0;
    while (length < Math.min(target.length, LONGEST_TARGET) && target[length] != 0) {
      length++;
    }
    if (length < target.length) {
      notKept.add("what the link's target has behind byte " + length);
    }
    return Arrays.copyOf(target, length);
  }

  private void writeTarget(InodeRecord record, long number, byte[] target) throws IOException {
    record.size(target.length);
    if (target.length <= LONGEST_IN_INODE) {
      System.arraycopy(target, 0, record.raw(), InodeRecord.BLOCK_FIELD, target.length);
      return;
    }
    long place = new ExtentTree(image, seals, number, BlockRuns.whole(1)).write(record);
    image.put(place * ImageFile.BLOCK_BYTES, target, 0, target.length);
  }

  @Override
  public List<String> beginFile(ExportedFile file, List<Data> data) throws IOException {
    List<String> notKept = new ArrayList<>();
    OpenDirectory parent = parentOf(file.path());
    InodeRecord record = InodeRecord.of(file.meta(), notKept);
    long size = Math.max(0, file.meta().size());
    checkData(data, size);
    if (size != file.meta().size()) {
      notKept.add("a size that no file has, 0 stands for it: " + file.meta().size());
    }
    if (size > LARGEST_FILE) {
      notKept.add("what lies behind byte " + LARGEST_FILE);
    }
    long end = Math.min(size, LARGEST_FILE);
    record.size(end);
    BlockRuns runs = BlockRuns.of(data, end);
    long number = begin(file, parent, record, notKept);
    long place = new ExtentTree(image, seals, number, runs).write(record);
    inodes.put(number, record);
    writer = new FileWriter(image, data, runs, place, end);
    return List.copyOf(notKept);
  }

  private static void checkData(List<Data> data, long size) {
    if (!data.isEmpty() && data.get(data.size() - 1).end() > size) {
      throw new IllegalArgumentException("data behind the end of a file of " + size + " bytes");
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    current().write(bytes, offset, length);
  }

  @Override
  public void endFile() {
    current().finish();
    writer = null;
  }

  private FileWriter current() {
    if (writer == null) {
      throw new IllegalStateException("no file was begun");
    }
    return writer;
  }

  @Override
  public void finish() throws IOException {
    if (directory == null || writer != null) {
      throw new IllegalStateException("not whole");
    }
    while (directory != null) {
      closeDirectory(directory);
    }
    GroupLayout layout = GroupLayout.of(image.end(), inodes.last());
    GroupTables tables = new GroupTables(image, seals, layout, FIRST_BLOCK, inodes);
    tables.write();
    SuperblockRecord superblock = new SuperblockRecord(identity, layout);
    superblock.free(tables.freeBlocks(), tables.freeInodes());
    superblock.features(attributes.hasValueInodes(), hasLargeDirectories);
    image.put(SuperblockRecord.AT, superblock.sealed(), 0, SuperblockRecord.BYTES);
    image.finish(layout.blocks());
    inodes.close();
    names.close();
  }

  @Override
  public void close() throws IOException {
    try (image;
        inodes;
        names) {
      writer = null;
    }
  }
}
