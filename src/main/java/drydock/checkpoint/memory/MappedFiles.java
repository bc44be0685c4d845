package drydock.checkpoint.memory;

import drydock.checkpoint.criu.ImageKind;
import drydock.proto.criu.FileEntry;
import drydock.proto.criu.MemfdInodeEntry;
import drydock.proto.criu.RegFileEntry;
import drydock.proto.criu.RemapFilePathEntry;
import drydock.proto.criu.RemapType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files that areas can be mappings of, by their numbers in {@code files.img}. Immutable, safe
 * from many threads.
 */
final class MappedFiles {
  private static final byte[] MEMFD = "/memfd:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SHARED = "/dev/zero".getBytes(StandardCharsets.US_ASCII);

  private final Map<Long, MappedFile> files = new HashMap<>();
  private final Map<Long, Long> memfds = new HashMap<>();
  private final Set<Long> deleted = new HashSet<>();
  private final Map<String, Long> ghosts = new HashMap<>();

  private MappedFiles() {}

  static MappedFiles read(DumpImages images) throws IOException {
    MappedFiles found = new MappedFiles();
    for (RemapFilePathEntry remap :
        images.list(ImageKind.REMAP_FPATH.file(), RemapFilePathEntry.parser())) {
      // before 3.x every entry was of a ghost file
      if (!remap.hasRemapType() || remap.getRemapType() == RemapType.GHOST) {
        found.deleted.add(unsigned(remap.getOrigId()));
        found.ghosts.put(ghostName(unsigned(remap.getRemapId())), unsigned(remap.getOrigId()));
      }
    }
    Map<Long, MemfdInodeEntry> inodes = new HashMap<>();
    for (MemfdInodeEntry inode :
        images.list(ImageKind.MEMFD_INODE.file(), MemfdInodeEntry.parser())) {
      inodes.put(inode.getInodeId(), inode);
    }
    for (FileEntry file : images.list(ImageKind.FILES.file(), FileEntry.parser())) {
      long id = unsigned(file.getId());
      if (file.hasReg()) {
        found.add(id, file.getReg());
      } else if (file.hasMemfd()) {
        MemfdInodeEntry inode = inodes.get(unsigned(file.getMemfd().getInodeId()));
        if (inode != null) {
          found.addMemfd(id, inode);
        }
      }
    }
    for (RegFileEntry file : images.list(ImageKind.REG_FILES.file(), RegFileEntry.parser())) {
      found.add(unsigned(file.getId()), file);
    }
    return found;
  }

  private void add(long id, RegFileEntry file) {
    byte[] name = file.getName().toByteArray();
    boolean isAbsolute = name.length > 0 && name[0] == '/';
    byte[] path = isAbsolute ? name : joined(new byte[] {'/'}, name);
    files.put(id, new MappedFile(path, deleted.contains(id)));
  }

  private void addMemfd(long id, MemfdInodeEntry inode) {
    byte[] name = inode.getName().toByteArray();
    byte[] shown =
        new String(name, StandardCharsets.ISO_8859_1).startsWith("/") ? name : joined(MEMFD, name);
    files.put(id, new MappedFile(shown, true));
    memfds.put(id, unsigned(inode.getShmid()));
  }

  private static byte[] joined(byte[] a, byte[] b) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(a.length + b.length);
    out.writeBytes(a);
    out.writeBytes(b);
    return out.toByteArray();
  }

  private static long unsigned(int number) {
    return Integer.toUnsignedLong(number);
  }

  /** What an area maps; empty when it is of no file. */
  Optional<MappedFile> of(Area area) {
    if (area.isOfFile()) {
      return Optional.ofNullable(files.get(area.sharedId()));
    }
    return area.kind() == AreaKind.SHARED
        ? Optional.of(new MappedFile(SHARED, true))
        : Optional.empty();
  }

  Optional<MappedFile> byId(long id) {
    return Optional.ofNullable(files.get(id));
  }

  private static String ghostName(long number) {
    return ImageKind.GHOST_FILE.file(Long.toHexString(number));
  }

  /** The path that a file had of which an image has the content. */
  Optional<byte[]> ghost(String image) {
    return Optional.ofNullable(ghosts.get(image)).flatMap(this::byId).map(MappedFile::path);
  }

  /** The name of a memfd that is that shared memory. */
  Optional<byte[]> nameOfShared(long shared) {
    return memfds.entrySet().stream()
        .filter(each -> each.getValue() == shared)
        .map(Map.Entry::getKey)
        .min(Long::compare)
        .flatMap(this::byId)
        .map(MappedFile::path);
  }

  /** The number of the shared memory that a memfd is. */
  Optional<Long> memfd(long id) {
    return Optional.ofNullable(memfds.get(id));
  }
}
