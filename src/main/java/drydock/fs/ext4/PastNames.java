package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.u16;
import static drydock.bytes.LittleEndian.u32;

import drydock.fs.Name;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import drydock.fs.ext4.journal.OldCopies;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names of deleted files, from older copies of directories in the journal: newer kernels wipe a
 * name when they take it out (kernel 5.13, {@code ext4_generic_delete_entry}), and these copies are
 * what is left of it. Only a directory's first block says whose it is, so only names in first
 * blocks are known. For one thread.
 */
final class PastNames {
  private static final int MAX_NAMES = 1 << 18;
  private static final int MAX_DEPTH = 256;

  /** Of one inode; more are links of a kind that tell no more of where it was. */
  private static final int MAX_NAMES_OF_ONE = 64;

  private static final int HEAD_BYTES = 24;

  /** A name that an inode had, and the directory that it was in. */
  private record Named(long parent, Name name, int sequence) {}

  private final Volume volume;
  private final OldCopies copies;
  private final Map<Long, List<Named>> names = new HashMap<>();

  /** The names that directories have now, from the directories that were listed for them. */
  private final Map<Long, Named> living = new HashMap<>();

  private final Set<Long> listed = new HashSet<>();
  private final Set<Long> parents = new HashSet<>();
  private int kept;

  /** {@code volume} is without a log: what is wrong with it was told to who opened it. */
  PastNames(Volume volume, OldCopies copies) throws IOException {
    this.volume = volume;
    this.copies = copies;
    byte[] head = new byte[HEAD_BYTES];
    for (OldCopies.Copy copy : copies.all()) {
      copies.read(copy, 0, head, 0, head.length);
      if (isFirst(head)) {
        add(copy, u32(head, 0));
      }
    }
  }

  /** Whether a block begins with the entries of a directory for itself and for its parent. */
  private boolean isFirst(byte[] head) {
    return volume.inodes().isInode(u32(head, 0))
        && u16(head, 4) == 12
        && head[6] == 1
        && head[8] == '.'
        && volume.inodes().isInode(u32(head, 12))
        && head[18] == 2
        && head[20] == '.'
        && head[21] == '.';
  }

  private void add(OldCopies.Copy copy, long directory) throws IOException {
    byte[] raw = new byte[volume.blocks().blockBytes()];
    copies.read(copy, 0, raw, 0, raw.length);
    DirentBlock entries =
        new DirentBlock(raw, 0, raw.length, raw.length, volume.has(Feature.FILETYPE));
    while (entries.advance() && kept < MAX_NAMES) {
      if (!entries.isDotOrDotDot() && !entries.isImpossibleName()) {
        add(entries.inode(), new Named(directory, entries.name(), copy.sequence()));
      }
    }
  }

  private void add(long inode, Named named) {
    List<Named> known = names.computeIfAbsent(inode, each -> new ArrayList<>(1));
    for (int i = 0; i < known.size(); i++) {
      Named each = known.get(i);
      if (each.parent == named.parent && each.name.equals(named.name)) {
        if (copies.isUpTo(each.sequence, named.sequence)) {
          known.set(i, named); // the same, and newer
        }
        return;
      }
    }
    if (known.size() < MAX_NAMES_OF_ONE) {
      kept++;
      known.add(named);
    }
  }

  /**
   * Where an inode was, or after a transaction had been; its path begins with {@code /} if the way
   * up to the root is known, else with the number of the directory that is as far as it goes. Null
   * when no name is known.
   */
  byte @Nullable [] path(long inode, @Nullable Integer sequence) {
    Named named = past(inode, sequence);
    if (named == null) {
      return null;
    }
    Deque<Name> up = new ArrayDeque<>();
    while (named != null && up.size() < MAX_DEPTH) {
      up.push(named.name);
      if (named.parent == Inodes.ROOT) {
        return path(TreePath.ROOT, up).bytes();
      }
      long parent = named.parent;
      named = parent(parent, sequence);
      if (named == null) {
        byte[] whole = path(TreePath.ROOT.child("<inode " + parent + ">"), up).bytes();
        return Arrays.copyOfRange(whole, 1, whole.length);
      }
    }
    return null;
  }

  private static TreePath path(TreePath start, Deque<Name> names) {
    TreePath path = start;
    for (Name each : names) {
      path = path.child(each);
    }
    return path;
  }

  /** The last name of an inode up to a transaction; if there is none, the first one after it. */
  private @Nullable Named past(long inode, @Nullable Integer sequence) {
    Named best = null;
    for (Named each : names.getOrDefault(inode, List.of())) {
      if (best == null || isBetter(each, best, sequence)) {
        best = each;
      }
    }
    return best;
  }

  private boolean isBetter(Named a, Named b, @Nullable Integer sequence) {
    boolean newer = copies.isUpTo(b.sequence, a.sequence);
    if (sequence == null) {
      return newer;
    }
    boolean inTime = copies.isUpTo(a.sequence, sequence);
    boolean otherInTime = copies.isUpTo(b.sequence, sequence);
    return inTime == otherInTime ? newer == inTime : inTime;
  }

  private @Nullable Named parent(long directory, @Nullable Integer sequence) {
    Named earlier = past(directory, sequence);
    if (earlier != null && sequence != null && copies.isUpTo(earlier.sequence, sequence)) {
      return earlier;
    }
    if (listed.add(directory)) {
      list(directory);
    }
    return living.getOrDefault(directory, earlier);
  }

  /**
   * Keeps the name that a directory has now, and those of its parent's other directories, so that
   * the parent is listed once; nothing when it is none any more, or lost.
   */
  private void list(long directory) {
    if (living.containsKey(directory) || living.size() >= MAX_NAMES) {
      return;
    }
    try {
      Inode inode = volume.inodes().read(directory);
      if (inode.type() != NodeType.DIRECTORY || inode.links() == 0) {
        return;
      }
      long parent = parent(inode);
      if (parent == 0 || !parents.add(parent)) {
        return;
      }
      for (Dirent each : new Directory(volume, volume.inodes().read(parent)).list()) {
        boolean isDirectory = each.type() == null || each.type() == NodeType.DIRECTORY;
        if (isDirectory && living.size() < MAX_NAMES) {
          living.putIfAbsent(each.inode(), new Named(parent, each.name(), 0));
        }
      }
    } catch (IOException e) {
      return; // a guess is not worth more trouble
    }
  }

  private long parent(Inode directory) throws IOException {
    return new Directory(volume, directory).list().parent();
  }
}
