package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.bytes.LittleEndian;
import drydock.fs.Name;
import drydock.fs.NodeType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the names that lead to inodes: goes through all directories once, and from each one that
 * has such a name up to the root.
 */
final class InodePaths {
  private static final int MAX_NAMES = 64;
  private static final int MAX_DEPTH = 4096;
  private static final byte[] LOST = {'?'};

  /** A name in a directory. */
  private record Named(long directory, Name name) {}

  private final Volume volume;
  private final Map<Long, List<Named>> names = new HashMap<>();
  private final Map<Long, byte[]> directories = new HashMap<>();

  private InodePaths(Volume volume) {
    this.volume = volume;
  }

  /**
   * The paths of each inode, as bytes; {@code ?} stands for a directory whose way up is lost.
   * Without a path are deleted ones and those that the file system keeps for itself.
   */
  static SortedMap<Long, List<byte[]>> of(Volume volume, Set<Long> inodes) throws IOException {
    InodePaths paths = new InodePaths(volume);
    for (long inode : inodes) {
      if (inode >= volume.superblock().firstInode()) {
        paths.names.put(inode, new ArrayList<>());
      }
    }
    if (!paths.names.isEmpty()) {
      new InodeScan(volume).each((number, raw, from, place) -> paths.look(number, raw, from));
    }
    SortedMap<Long, List<byte[]>> found = new TreeMap<>();
    for (long inode : inodes) {
      found.put(inode, paths.of(inode));
    }
    return found;
  }

  private void look(long number, byte[] raw, int from) throws IOException {
    if (NodeType.ofMode(LittleEndian.u16(raw, from)) != NodeType.DIRECTORY) {
      return;
    }
    try {
      Inode inode = volume.inodes().read(number);
      if (inode.links() == 0) {
        return;
      }
      for (Dirent each : new Directory(volume, inode).list()) {
        List<Named> wanted = names.get(each.inode());
        if (wanted != null && wanted.size() < MAX_NAMES) {
          wanted.add(new Named(inode.number(), each.name()));
        }
      }
    } catch (CorruptDataException e) {
      volume.log().add(e, volume.origin(number));
    }
  }

  private List<byte[]> of(long inode) throws IOException {
    if (inode == Inodes.ROOT) {
      return List.of(new byte[] {'/'});
    }
    List<byte[]> paths = new ArrayList<>();
    for (Named each : names.getOrDefault(inode, List.of())) {
      paths.add(join(directory(each.directory()), each.name()));
    }
    return paths;
  }

  /** The path of a directory, by its parents. */
  private byte[] directory(long number) throws IOException {
    byte[] known = directories.get(number);
    if (known != null) {
      return known;
    }
    List<Named> up = new ArrayList<>();
    byte[] top = LOST;
    long at = number;
    while (up.size() < MAX_DEPTH) {
      if (at == Inodes.ROOT) {
        top = new byte[0];
        break;
      }
      Named named = inParent(at);
      if (named == null) {
        break;
      }
      up.add(named);
      at = named.directory();
    }
    byte[] path = up.size() == MAX_DEPTH ? LOST : top;
    for (int i = up.size() - 1; i >= 0 && up.size() < MAX_DEPTH; i--) {
      path = join(path, up.get(i).name());
    }
    directories.put(number, path);
    return path;
  }

  /** The name of a directory where its second entry leads to; null when that is lost. */
  private @Nullable Named inParent(long directory) throws IOException {
    try {
      long parent = parent(volume.inodes().read(directory));
      Inode above = volume.inodes().read(parent);
      if (above.type() == NodeType.DIRECTORY) {
        for (Dirent each : new Directory(volume, above).list()) {
          if (each.inode() == directory) {
            return new Named(parent, each.name());
          }
        }
      }
    } catch (CorruptDataException | NoSuchFileException e) {
      volume.log().add(e, volume.origin(directory));
    }
    return null;
  }

  private long parent(Inode directory) throws IOException {
    if (directory.has(InodeFlag.INLINE_DATA)) {
      return LittleEndian.u32(directory.blockField(), 0);
    }
    byte[] raw = new DirectoryBlocks(volume, directory).read(0);
    DirentBlock entries =
        new DirentBlock(raw, 0, raw.length, raw.length, volume.has(Feature.FILETYPE));
    while (entries.advance()) {
      if (entries.isDotOrDotDot() && entries.nameLength() == 2) {
        return entries.inode();
      }
    }
    throw volume.corrupt(directory.number(), 0, "the directory does not say what is above it");
  }

  private static byte[] join(byte[] directory, Name name) {
    ByteArrayOutputStream path = new ByteArrayOutputStream();
    path.writeBytes(directory);
    path.write('/');
    path.writeBytes(name.bytes());
    return path.toByteArray();
  }
}
