package drydock.fs.ext4;

import drydock.bytes.Origin;
import drydock.fs.DeletedName;
import drydock.fs.ext4.journal.OldCopies;
import java.io.IOException;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that were taken out of a directory and still lie in its blocks, or in older copies of
 * them, each with its inode once. What became of the inode is found when a name is asked for.
 * Copies of living names, as blocks that were split keep them, are none.
 */
final class DeletedNames extends AbstractList<DeletedName> implements RandomAccess {
  /** Beyond so many a name that lies there several times may be told several times. */
  private static final int REMEMBERED = 1 << 16;

  private final Volume volume;
  private final Inode directory;
  private final DirentList living;
  private final DirentForm form;
  private final Slack slack;
  private final Set<Dirent> seen = new HashSet<>();
  private DirentList.Packer found = new DirentList.Packer();
  private long[] places = new long[16];

  /** The transactions whose copies tell of them; null for those that lie in the directory. */
  private int @Nullable [] transactions;

  private int transaction;
  private int count;

  private DeletedNames(Volume volume, Inode directory, DirentList living) throws IOException {
    this.volume = volume;
    this.directory = directory;
    this.living = living;
    this.form = DirentForm.of(volume, directory);
    this.slack = Slack.of(volume, directory);
  }

  /**
   * Reads a directory for them; in the order in which they lie there.
   *
   * @param living the names that it has
   */
  static List<DeletedName> of(Volume volume, Inode inode, DirentList living) throws IOException {
    if (!living.hides()) {
      return List.of(); // as of most directories: not read again
    }
    DeletedNames names = new DeletedNames(volume, inode, living);
    if (inode.has(InodeFlag.INLINE_DATA)) {
      names.readInline();
    } else {
      names.readBlocks();
    }
    names.seen.clear();
    return names;
  }

  /**
   * Reads the older copies of a directory's blocks for names that it has no more; by blocks, the
   * newest copy first. None of an inline directory, whose names lie in its inode.
   *
   * @param living the names that it has
   */
  static List<DeletedName> past(Volume volume, Inode inode, DirentList living) throws IOException {
    Optional<OldCopies> copies = volume.past().copies();
    if (copies.isEmpty() || inode.has(InodeFlag.INLINE_DATA)) {
      return List.of();
    }
    DeletedNames names = new DeletedNames(volume, inode, living);
    PastBlocks blocks = new PastBlocks(volume, inode, copies.get());
    if (blocks.isEmpty()) {
      return List.of();
    }
    names.readBlocks();
    names.found = new DirentList.Packer();
    names.count = 0;
    names.transactions = new int[names.places.length];
    names.readCopies(blocks);
    names.seen.clear();
    return names;
  }

  private void readCopies(PastBlocks blocks) throws IOException {
    blocks.each(
        (fileBlock, sequence, raw, namesFrom) -> {
          transaction = sequence;
          long start = fileBlock * raw.length;
          Slack.Sink sink = (offset, entry) -> add(raw, offset, entry, start);
          if (namesFrom > 0) {
            slack.scan(raw, namesFrom, raw.length, raw.length, sink);
          } else {
            chained(raw, sink);
            slack.between(raw, 0, raw.length, sink);
          }
        });
  }

  /** The names that were living when a copy was made. */
  private void chained(byte[] raw, Slack.Sink sink) {
    DirentBlock entries = new DirentBlock(raw, 0, raw.length, form);
    while (entries.advance()) {
      if (!entries.isDotOrDotDot()
          && volume.inodes().isInode(entries.inode())
          && (directory.has(InodeFlag.ENCRYPTED) || !entries.isImpossibleName())) {
        sink.found(entries.offset(), entries.dirent());
      }
    }
  }

  private void readInline() throws IOException {
    byte[] raw = Contents.inlineBytes(volume, directory);
    int border = Inode.BLOCK_FIELD_BYTES;
    Slack.Sink sink = (offset, entry) -> add(raw, offset, entry, 0);
    slack.between(raw, LivingNames.PARENT_BYTES, border, sink);
    slack.between(raw, border, raw.length, sink);
  }

  private void readBlocks() throws IOException {
    DirectoryBlocks blocks = new DirectoryBlocks(volume, directory);
    blocks.extend();
    blocks.each(
        (fileBlock, raw) -> {
          long start = fileBlock * blocks.blockBytes();
          Slack.Sink sink = (offset, entry) -> add(raw, offset, entry, start);
          int indexEnd = blocks.indexEnd(raw, fileBlock);
          if (indexEnd > 0) {
            slack.scan(raw, indexEnd, raw.length, raw.length, sink);
          } else {
            slack.between(raw, 0, raw.length, sink);
          }
        });
  }

  private void add(byte[] raw, int offset, Dirent stored, long start) {
    Dirent entry =
        directory.has(InodeFlag.ENCRYPTED)
            ? EncryptedName.of(volume, directory, stored, form.hash(raw, offset, raw.length))
            : stored;
    if (isLiving(entry) || found.isFull() || seen.contains(entry)) {
      return;
    }
    if (seen.size() < REMEMBERED) {
      seen.add(entry);
    }
    if (count == places.length) {
      places = Arrays.copyOf(places, 2 * count);
      transactions = transactions == null ? null : Arrays.copyOf(transactions, 2 * count);
    }
    if (transactions != null) {
      transactions[count] = transaction;
    }
    places[count++] = start + offset;
    found.add(entry);
  }

  /** Whether this is a copy of a living entry, or says less than one. */
  private boolean isLiving(Dirent entry) {
    Optional<Dirent> same = Directory.search(living, entry.name());
    return same.isPresent() && (entry.inode() == 0 || entry.inode() == same.get().inode());
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public DeletedName get(int index) {
    Dirent entry = found.get(Objects.checkIndex(index, count));
    Origin origin = volume.origin(directory.number());
    long place = places[index];
    int blockBytes = form.blockBytes();
    boolean isInline = directory.has(InodeFlag.INLINE_DATA);
    Inode inode = entry.inode() == 0 ? null : inode(entry.inode());
    String source = transactions == null ? null : Past.source(transactions[index]);
    Origin block = origin.child(isInline ? "inline data" : "block " + place / blockBytes);
    return new DeletedName(
        entry.name(),
        entry.inode() == 0 ? null : entry.inode(),
        entry.type(),
        inode == null ? DeletedName.State.UNKNOWN : state(entry, inode),
        inode == null ? null : () -> new Ext4Node(volume, inode),
        source == null ? block : block.child(source),
        isInline ? place : place % blockBytes,
        source);
  }

  /** What the number stands for now; null when nothing is there to read. */
  private @Nullable Inode inode(long number) {
    try {
      Inode inode = volume.inodes().read(number);
      return inode.isBlank() ? null : inode;
    } catch (IOException e) {
      volume.log().add(e, volume.origin(number));
      return null;
    }
  }

  private DeletedName.State state(Dirent entry, Inode inode) {
    if (entry.type() != null && entry.type() != inode.type()) {
      return DeletedName.State.REUSED;
    }
    Bitmaps.Use use = use(inode.number());
    if (use == Bitmaps.Use.FREE || inode.times().deleted() != null && inode.links() == 0) {
      return DeletedName.State.DELETED;
    }
    if (inode.links() == 0) {
      return use == Bitmaps.Use.USED ? DeletedName.State.ORPHAN : DeletedName.State.DELETED;
    }
    Instant born = inode.times().born();
    boolean isYounger = born != null && born.isAfter(directory.times().modified());
    return isYounger ? DeletedName.State.REUSED : DeletedName.State.IN_USE;
  }

  private Bitmaps.Use use(long number) {
    try {
      return volume.bitmaps().inode(number);
    } catch (IOException e) {
      volume.log().add(e, volume.origin(number));
      return Bitmaps.Use.UNKNOWN;
    }
  }
}
