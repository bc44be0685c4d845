package drydock.fs.ext4;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.Finding;
import drydock.fs.DeletedName;
import drydock.fs.Entry;
import drydock.fs.EntryList;
import drydock.fs.FileMeta;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.NodeType;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A file, directory, link or device of an ext2, ext3 or ext4 file system. */
final class Ext4Node implements Node {
  private final Volume volume;
  private final Inode inode;
  private final long reachedThrough;
  private @Nullable Listing ahead;
  private @Nullable FileMeta meta;

  Ext4Node(Volume volume, Inode inode) {
    this(volume, inode, 0);
  }

  /** A node that was found in a directory; 0 when it is not known in which. */
  Ext4Node(Volume volume, Inode inode, long reachedThrough) {
    this.reachedThrough = reachedThrough;
    this.volume = volume;
    this.inode = inode;
  }

  /** Made when it is asked for: whoever reads ahead need not. Equal if made twice. */
  @Override
  public FileMeta meta() {
    FileMeta known = meta;
    if (known == null) {
      known = inode.meta();
      meta = known;
    }
    return known;
  }

  @Override
  public List<Entry> list() throws IOException {
    Directory directory = directory();
    Listing listing = ahead();
    if (listing == null) {
      DirentList dirents = directory.list();
      return EntryList.of(dirents.size(), index -> entry(dirents.get(index)));
    }
    directory.checkParent(listing.names());
    return EntryList.of(listing.names().size(), new AheadEntries(volume, listing));
  }

  /** What was read ahead of a walk that is here; kept, because it is handed out once. */
  private synchronized @Nullable Listing ahead() {
    Listing known = ahead;
    if (known == null) {
      known = volume.readAhead().take(inode.number());
      ahead = known;
    }
    return known;
  }

  /** The names of a directory that were read ahead; no lambda, as {@link Ahead}. */
  private record AheadEntries(Volume volume, Listing listing) implements IntFunction<Entry> {
    @Override
    public Entry apply(int index) {
      DirentList names = listing.names();
      Entry.Target target = new Ahead(volume, listing, index);
      return new Entry(names.name(index), names.inode(index), names.type(index), target);
    }
  }

  /**
   * What was read ahead for a name. No lambda: to make one that holds anything is slow until the
   * optimising compiler comes, and a walk makes one for each name.
   */
  private record Ahead(Volume volume, Listing listing, int index) implements Entry.Target {
    @Override
    public Node read() throws IOException {
      byte[] raw = volume.readAhead().inode(listing, index);
      if (raw == null) {
        return named(volume, listing.names().get(index), listing.directory());
      }
      long number = listing.inode(index);
      Inode inode = volume.inodes().named(number, raw, listing.type(index), listing.directory());
      if (inode.links() > 0) {
        volume.seen().mark(number);
      }
      return new Ext4Node(volume, inode, listing.directory());
    }
  }

  @Override
  public Closeable walking() {
    return volume.readAhead().begin();
  }

  @Override
  public Optional<Object> onceWithin() {
    return Optional.of(volume);
  }

  @Override
  public Optional<Entry> child(Name name) throws IOException {
    return name.isDotOrDotDot() ? Optional.empty() : directory().find(name).map(this::entry);
  }

  @Override
  public List<DeletedName> deletedNames() throws IOException {
    if (inode.type() != NodeType.DIRECTORY) {
      throw new NotDirectoryException(origin().toString());
    }
    Listing listing = ahead();
    return DeletedNames.of(volume, inode, listing == null ? directory().list() : listing.names());
  }

  @Override
  public List<DeletedName> pastNames() throws IOException {
    if (inode.type() != NodeType.DIRECTORY) {
      throw new NotDirectoryException(origin().toString());
    }
    Listing listing = ahead();
    return DeletedNames.past(volume, inode, listing == null ? directory().list() : listing.names());
  }

  private Directory directory() throws NotDirectoryException {
    if (inode.type() != NodeType.DIRECTORY) {
      throw new NotDirectoryException(origin().toString());
    }
    return new Directory(volume, inode, reachedThrough);
  }

  private static Ext4Node named(Volume volume, Dirent dirent, long directory) throws IOException {
    return new Ext4Node(volume, volume.inodes().named(dirent, directory), directory);
  }

  private Entry entry(Dirent dirent) {
    Entry.Target target = new Named(volume, dirent, inode.number());
    return new Entry(dirent.name(), dirent.inode(), dirent.type(), target);
  }

  /** What was not read ahead. No lambda, as {@link Ahead}. */
  private record Named(Volume volume, Dirent dirent, long directory) implements Entry.Target {
    @Override
    public Node read() throws IOException {
      return named(volume, dirent, directory);
    }
  }

  @Override
  public ByteSource content() throws IOException {
    if (inode.type() == NodeType.DIRECTORY) {
      throw new FileSystemException(origin().toString(), null, "a directory has no content");
    }
    if (inode.type() != NodeType.FILE) {
      return new ArraySource(new byte[0], origin());
    }
    if (inode.has(InodeFlag.COMPRESSED_CLUSTERS) && volume.has(Feature.COMPRESSION)) {
      throw new UnsupportedFormatException(
          origin(), "the content is compressed (e2compr) and cannot be read");
    }
    if (inode.has(InodeFlag.ENCRYPTED)) {
      volume
          .log()
          .add(Finding.note(origin(), "the content is encrypted and shown as it is stored"));
    }
    return Contents.of(volume, inode);
  }

  @Override
  public byte[] linkTarget() throws IOException {
    if (inode.type() != NodeType.SYMLINK) {
      return new byte[0];
    }
    if (inode.size() > volume.blocks().blockBytes()) {
      throw volume.corrupt(inode.number(), 0x4, "a symlink's target longer than a block");
    }
    byte[] stored =
        isFastSymlink()
            ? Arrays.copyOf(inode.blockField(), (int) inode.size())
            : Contents.of(volume, inode).allBytes(volume.blocks().blockBytes());
    return inode.has(InodeFlag.ENCRYPTED) ? EncryptedName.target(stored) : stored;
  }

  /** Whether the target lies in the inode where block numbers would be. */
  private boolean isFastSymlink() {
    return inode.size() < Inode.BLOCK_FIELD_BYTES
        && !inode.has(InodeFlag.EXTENTS)
        && !inode.has(InodeFlag.INLINE_DATA);
  }

  @Override
  public SortedMap<Name, byte[]> attributes() throws IOException {
    return new Attributes(volume, inode).all();
  }

  @Override
  public Object identity() {
    return inode.number();
  }

  @Override
  public Origin origin() {
    return volume.origin(inode.number());
  }
}
