package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.bytes.LittleEndian;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.fs.NodeType;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * The names: which inodes they stand for, whether every directory leads up to the root, and how
 * many names each inode has (e2fsprogs {@code e2fsck/pass2.c}, {@code pass3.c}, {@code pass4.c}).
 */
final class DirectoryCheck {
  private static final int MANY_LINKS = 65_000;
  private static final byte[] SELF = {'.'};
  private static final byte[] ABOVE = {'.', '.'};

  private final Volume volume;
  private final Check.Bounds bounds;
  private final Ledger ledger;
  private final InodeCheck inodes;
  private final BitSet leading = new BitSet();

  DirectoryCheck(Volume volume, Ledger ledger, InodeCheck inodes, Check.Bounds bounds) {
    this.volume = volume;
    this.bounds = bounds;
    this.ledger = ledger;
    this.inodes = inodes;
  }

  /** Reads all directories. */
  void run() throws IOException {
    for (long number = 1; number <= bounds.lastInode(); number++) {
      if (ledger.type(number) == NodeType.DIRECTORY) {
        try {
          read(volume.inodes().read(number));
        } catch (CorruptDataException e) {
          volume.log().add(e, volume.origin(number));
        }
      }
    }
  }

  private void read(Inode directory) throws IOException {
    if (directory.links() == 0) {
      return; // deleted while it was open: it has no names any more
    }
    new Directory(volume, directory).list();
    if (directory.has(InodeFlag.INLINE_DATA)) {
      readInline(directory);
      return;
    }
    DirectoryBlocks blocks = new DirectoryBlocks(volume, directory);
    blocks.each(
        (fileBlock, raw) ->
            names(directory, raw, 0, raw.length, fileBlock == 0, blocks.origin(fileBlock)));
    if (ledger.above(directory.number()) == 0) {
      volume.damage(directory.number(), 0, "the directory has no name for what is above it");
    }
  }

  private void readInline(Inode directory) throws IOException {
    byte[] raw = Contents.inlineBytes(volume, directory);
    Origin origin = volume.origin(directory.number()).child("inline data");
    ledger.name(directory.number());
    above(directory.number(), LittleEndian.u32(raw, 0), origin, 0);
    names(directory, raw, 4, Inode.BLOCK_FIELD_BYTES, false, origin);
    names(directory, raw, Inode.BLOCK_FIELD_BYTES, raw.length, false, origin);
  }

  private void names(
      Inode directory, byte[] raw, int from, int end, boolean isFirst, Origin origin) {
    DirentBlock entries = new DirentBlock(raw, from, end, raw.length, volume.has(Feature.FILETYPE));
    int place = 0;
    while (entries.advance()) {
      boolean isSelf = entries.isNamed(SELF);
      boolean isAbove = entries.isNamed(ABOVE);
      if (isSelf || isAbove) {
        dots(directory, entries, isFirst && place == (isSelf ? 0 : 1), origin);
      } else {
        if (isFirst && place < 2) {
          String what = "the directory does not begin with its own name and that above it";
          volume.log().add(Finding.damage(origin, entries.offset(), what));
        }
        named(directory.number(), entries, origin);
      }
      place++;
    }
  }

  private void dots(Inode directory, DirentBlock entries, boolean inPlace, Origin origin) {
    if (!inPlace) {
      String what = "a directory's name for itself or what is above it, out of its place";
      volume.log().add(Finding.damage(origin, entries.offset(), what));
      return;
    }
    if (entries.isNamed(ABOVE)) {
      above(directory.number(), entries.inode(), origin, entries.offset());
    } else {
      ledger.name(directory.number());
      if (entries.inode() != directory.number()) {
        String what = "the directory's name for itself stands for inode " + entries.inode();
        volume.log().add(Finding.damage(origin, entries.offset(), what));
      }
    }
  }

  private void above(long directory, long parent, Origin origin, long offset) {
    ledger.putAbove(directory, parent);
    if (isThere(parent)) {
      ledger.name(parent);
    } else {
      String what = "what is above the directory does not exist: inode " + parent;
      volume.log().add(Finding.damage(origin, offset, what));
    }
  }

  private boolean isThere(long inode) {
    return volume.inodes().isInode(inode) && (ledger.isUsed(inode) || inodes.isUnnamed(inode));
  }

  private void named(long directory, DirentBlock entries, Origin origin) {
    long inode = entries.inode();
    if (!isThere(inode)) {
      String what = "a name stands for inode " + inode + ", which is not in use: " + entries.name();
      volume.log().add(Finding.damage(origin, entries.offset(), what));
      return;
    }
    NodeType type = ledger.type(inode);
    NodeType stated = entries.dirent().type();
    if (volume.has(Feature.FILETYPE) && type != null && stated != type) {
      String what = "a name calls inode " + inode + " another type than it is: " + entries.name();
      volume.log().add(Finding.damage(origin, entries.offset(), what));
    }
    ledger.name(inode);
    if (type == NodeType.DIRECTORY) {
      if (ledger.namedBy(inode) != 0 || inode == Inodes.ROOT) {
        String what = "a second name for directory inode " + inode + ": " + entries.name();
        volume.log().add(Finding.damage(origin, entries.offset(), what));
      } else {
        ledger.putNamedBy(inode, directory);
      }
    }
  }

  /** What is known only when all names were seen. */
  void finish(Set<Long> orphans) {
    if (!ledger.isUsed(Inodes.ROOT) || ledger.type(Inodes.ROOT) != NodeType.DIRECTORY) {
      volume.damage(Inodes.ROOT, 0, "the root is no directory");
    }
    for (long inode = 1; inode <= bounds.lastInode(); inode++) {
      if (ledger.isUsed(inode) && !inodes.isUnnamed(inode) && !orphans.contains(inode)) {
        finish(inode);
      }
    }
  }

  private void finish(long inode) {
    boolean isDirectory = ledger.type(inode) == NodeType.DIRECTORY;
    if (isDirectory) {
      checkAbove(inode);
    }
    int names = ledger.names(inode);
    if (names == 0 || isDirectory && inode != Inodes.ROOT && ledger.namedBy(inode) == 0) {
      volume.damage(inode, 0, "no name stands for this inode");
      return;
    }
    int links = ledger.links(inode);
    boolean isUncounted = isDirectory && links == 1 && volume.has(Feature.DIR_NLINK);
    if (links != names && !(isUncounted && names >= MANY_LINKS)) {
      Origin origin = volume.origin(inode);
      String what = "the inode's count of links is not that of its names";
      String found = String.valueOf(links);
      volume.log().add(Finding.damage(origin, 0x1a, what, found, String.valueOf(names)));
    }
  }

  private void checkAbove(long directory) {
    long by = directory == Inodes.ROOT ? Inodes.ROOT : ledger.namedBy(directory);
    long above = ledger.above(directory);
    if (by != 0 && above != 0 && by != above) {
      Origin origin = volume.origin(directory).child("block 0");
      String what = "what the directory says to be above it is not the directory that names it";
      String found = "inode " + above;
      volume.log().add(Finding.damage(origin, 12, what, found, "inode " + by));
    }
    if (by != 0 && directory != Inodes.ROOT && !reachesRoot(directory)) {
      volume.damage(directory, 0, "the directory lies in a circle that the root does not lead to");
    }
  }

  /** Follows the names upwards to what is known to lead to the root, or to nothing. */
  private boolean reachesRoot(long directory) {
    Set<Long> path = new HashSet<>();
    long at = directory;
    while (at != Inodes.ROOT && at != 0 && !isLeading(at)) {
      if (!path.add(at)) {
        return false;
      }
      at = ledger.namedBy(at);
    }
    for (long each : path) {
      if (each <= Integer.MAX_VALUE) {
        leading.set((int) each);
      }
    }
    return true;
  }

  private boolean isLeading(long directory) {
    return directory <= Integer.MAX_VALUE && leading.get((int) directory);
  }
}
