package drydock.fs.ext4.journal;

import drydock.bytes.CorruptDataException;
import drydock.bytes.LittleEndian;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Name;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Applies the records of fast commits in memory, each as the kernel's replay does on the disk.
 * Times that the kernel sets to the moment of recovery stay as they were. For one thread.
 */
final class FastCommitReplay {
  private static final int MODE = 0x00;
  private static final int LINKS = 0x1a;
  private static final int FLAGS = 0x20;
  private static final int BLOCK = 0x28;
  private static final int GENERATION = 0x64;
  private static final int EXTENTS_FLAG = 0x8_0000;
  private static final int INLINE_DATA_FLAG = 0x1000_0000;
  private static final int EXTENT_MAGIC = 0xf30a;
  private static final int EXTENT_HEADER_BYTES = 12;
  private static final int EXTENTS_IN_INODE = 4;
  private static final int TYPE_MASK = 0xf000;
  private static final int DIRECTORY = 0x4000;

  private final RecoveredFiles files;
  private final ReplayFacts facts;
  private final FindingLog log;
  private final Map<Long, byte[]> inodes = new HashMap<>();
  private final Map<Long, RangeTable> ranges = new HashMap<>();
  private final Map<Long, SortedMap<Name, Long>> names = new HashMap<>();
  private final Set<Long> fresh = new HashSet<>();

  FastCommitReplay(RecoveredFiles files, ReplayFacts facts, FindingLog log) {
    this.files = files;
    this.facts = facts;
    this.log = log;
  }

  FastCommits result() {
    Map<Long, List<BlockRange>> maps = new HashMap<>();
    ranges.forEach((inode, table) -> maps.put(inode, table.list()));
    Map<Long, DirectoryEdits> edits = new HashMap<>();
    names.forEach(
        (directory, changes) ->
            edits.put(directory, new DirectoryEdits(fresh.contains(directory), changes)));
    return new FastCommits(inodes, maps, edits);
  }

  void apply(FastCommitRecord change) {
    try {
      if (change instanceof FastCommitRecord.InodeWritten written) {
        write(written);
      } else if (change instanceof FastCommitRecord.RangeAdded added) {
        add(added);
      } else if (change instanceof FastCommitRecord.RangeRemoved removed) {
        remove(removed);
      } else if (change instanceof FastCommitRecord.Created created) {
        create(created);
      } else if (change instanceof FastCommitRecord.Linked linked) {
        link(linked.directory(), linked.inode(), linked.name());
      } else if (change instanceof FastCommitRecord.Unlinked unlinked) {
        unlink(unlinked);
      }
    } catch (IOException e) {
      log.add(
          Finding.damage(
              files.origin(),
              0,
              "a fast commit of inode "
                  + change.inode()
                  + " cannot be applied: "
                  + e.getMessage()));
    }
  }

  /** The fields before the block map and those behind it; the map itself only of inline data. */
  private void write(FastCommitRecord.InodeWritten written) throws IOException {
    byte[] inode = inode(written.inode());
    byte[] raw = written.raw();
    System.arraycopy(raw, 0, inode, 0, BLOCK);
    System.arraycopy(
        raw, GENERATION, inode, GENERATION, Math.min(raw.length, inode.length) - GENERATION);
    int flags = LittleEndian.i32(inode, FLAGS);
    if ((flags & EXTENTS_FLAG) != 0) {
      if (LittleEndian.u16(inode, BLOCK) != EXTENT_MAGIC) {
        emptyExtents(inode);
      }
    } else if ((flags & INLINE_DATA_FLAG) != 0) {
      System.arraycopy(raw, BLOCK, inode, BLOCK, GENERATION - BLOCK);
    }
    inodes.put(written.inode(), inode);
  }

  private static void emptyExtents(byte[] inode) {
    Arrays.fill(inode, BLOCK, BLOCK + EXTENT_HEADER_BYTES, (byte) 0);
    inode[BLOCK] = (byte) EXTENT_MAGIC;
    inode[BLOCK + 1] = (byte) (EXTENT_MAGIC >> 8);
    inode[BLOCK + 4] = EXTENTS_IN_INODE;
  }

  private void add(FastCommitRecord.RangeAdded added) throws IOException {
    BlockRange range = added.range();
    if (range.block() >= facts.blocks() || range.count() > facts.blocks() - range.block()) {
      throw new CorruptDataException(
          files.origin(),
          0,
          "blocks beyond the end of the file system",
          "block " + range.block(),
          "below " + facts.blocks());
    }
    RangeTable table = table(added.inode());
    if (table != null) {
      table.add(range);
    }
  }

  private void remove(FastCommitRecord.RangeRemoved removed) throws IOException {
    RangeTable table = table(removed.inode());
    if (table != null) {
      table.remove(removed.first(), removed.first() + removed.count());
    }
  }

  /** The blocks of a file; null of one that the kernel would not touch. */
  private @Nullable RangeTable table(long number) throws IOException {
    byte[] inode = inode(number);
    if (!isUsed(inode) || (LittleEndian.i32(inode, FLAGS) & EXTENTS_FLAG) == 0) {
      return null;
    }
    RangeTable table = ranges.get(number);
    if (table == null) {
      table = new RangeTable(files.ranges(number, inode));
      ranges.put(number, table);
    }
    return table;
  }

  private void create(FastCommitRecord.Created created) throws IOException {
    byte[] inode = inode(created.inode());
    if ((LittleEndian.u16(inode, MODE) & TYPE_MASK) == DIRECTORY) {
      names.put(created.inode(), new TreeMap<>());
      fresh.add(created.inode());
    }
    link(created.directory(), created.inode(), created.name());
    byte[] linked = inode(created.inode());
    putLinks(linked, 1);
    inodes.put(created.inode(), linked);
  }

  private void link(long directory, long number, Name name) throws IOException {
    byte[] inode = inode(number);
    if (!isPossible(name)) {
      throw new CorruptDataException(files.origin(), 0, "a name that no path can have: " + name);
    }
    if (!isUsed(inode)
        || !isUsed(inode(directory))
        || entry(directory, name) != DirectoryEdits.REMOVED) {
      return;
    }
    changes(directory).put(name, number);
    putLinks(inode, LittleEndian.u16(inode, LINKS) + 1);
    inodes.put(number, inode);
  }

  private void unlink(FastCommitRecord.Unlinked unlinked) throws IOException {
    byte[] inode = inode(unlinked.inode());
    if (!isUsed(inode) || !isUsed(inode(unlinked.directory()))) {
      return;
    }
    long behind = entry(unlinked.directory(), unlinked.name());
    if (behind == DirectoryEdits.REMOVED) {
      return;
    }
    if (behind == unlinked.inode()) {
      changes(unlinked.directory()).put(unlinked.name(), DirectoryEdits.REMOVED);
    }
    putLinks(inode, LittleEndian.u16(inode, LINKS) - 1);
    inodes.put(unlinked.inode(), inode);
  }

  /** The inode behind a name as it stands now; 0 when there is none. */
  private long entry(long directory, Name name) throws IOException {
    SortedMap<Name, Long> changes = names.get(directory);
    Long changed = changes == null ? null : changes.get(name);
    if (changed != null) {
      return changed;
    }
    return fresh.contains(directory)
        ? DirectoryEdits.REMOVED
        : files.entry(directory, name).orElse(DirectoryEdits.REMOVED);
  }

  private SortedMap<Name, Long> changes(long directory) {
    return names.computeIfAbsent(directory, number -> new TreeMap<>());
  }

  /** A copy of an inode as it stands now. */
  private byte[] inode(long number) throws IOException {
    byte[] changed = inodes.get(number);
    return changed == null ? files.inode(number) : changed.clone();
  }

  private static boolean isUsed(byte[] inode) {
    return LittleEndian.u16(inode, LINKS) != 0;
  }

  private static void putLinks(byte[] inode, int links) {
    inode[LINKS] = (byte) links;
    inode[LINKS + 1] = (byte) (links >> 8);
  }

  private static boolean isPossible(Name name) {
    for (byte each : name.bytes()) {
      if (each == 0 || each == '/') {
        return false;
      }
    }
    return !name.isDotOrDotDot();
  }
}
