package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.fs.Name;
import drydock.fs.ext4.journal.DirectoryEdits;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The names in one directory: inline, linear or hashed. */
final class Directory {
  private static final int PARENT_BYTES = 4;
  private static final byte[] SELF = {'.'};

  private final Volume volume;
  private final Inode inode;
  private final boolean hasTypes;

  Directory(Volume volume, Inode inode) {
    this.volume = volume;
    this.inode = inode;
    this.hasTypes = volume.has(Feature.FILETYPE);
  }

  /** All names but {@code .} and {@code ..}, sorted, each once. */
  List<Dirent> list() throws IOException {
    List<Dirent> known = volume.listings().get(inode.number());
    if (known == null) {
      known = changed();
      volume.listings().put(inode.number(), known);
    }
    return known;
  }

  /** The names on the disk with those that fast commits added or removed. */
  private List<Dirent> changed() throws IOException {
    DirectoryEdits edits = edits();
    if (edits == null) {
      return read();
    }
    SortedMap<Name, Dirent> names = new TreeMap<>();
    if (!edits.fresh()) {
      read().forEach(each -> names.put(each.name(), each));
    }
    for (Map.Entry<Name, Long> change : edits.changes().entrySet()) {
      if (change.getValue() == DirectoryEdits.REMOVED) {
        names.remove(change.getKey());
      } else {
        names.put(change.getKey(), new Dirent(change.getKey(), change.getValue(), null));
      }
    }
    return List.copyOf(names.values());
  }

  private @Nullable DirectoryEdits edits() {
    return volume.fastCommits().entriesOf(inode.number()).orElse(null);
  }

  private List<Dirent> read() throws IOException {
    DirentList.Packer all = new DirentList.Packer();
    if (inode.has(InodeFlag.INLINE_DATA)) {
      readInline(all);
    } else {
      DirectoryBlocks blocks = new DirectoryBlocks(volume, inode);
      blocks.each(
          (fileBlock, raw) -> {
            if (fileBlock == 0) {
              checkOwner(raw, blocks.origin(fileBlock));
            }
            add(all, raw, 0, raw.length, blocks.origin(fileBlock));
          });
    }
    return all.sorted(this::reportTwin);
  }

  /** Every directory's first block begins with its own name, {@code .}; a deleted one's may not. */
  private void checkOwner(byte[] raw, Origin origin) {
    DirentBlock first = new DirentBlock(raw, 0, raw.length, raw.length, hasTypes);
    if (inode.links() == 0
        || first.advance()
            && first.offset() == 0
            && first.isNamed(SELF)
            && first.inode() == inode.number()) {
      return;
    }
    String what = "the directory's first block does not say that it is this directory's";
    volume.log().add(Finding.damage(origin, 0, what));
  }

  /** Two areas of entries: behind the parent's number in i_block, and in the attribute. */
  private void readInline(DirentList.Packer all) throws IOException {
    byte[] raw = Contents.inlineBytes(volume, inode);
    Origin origin = volume.origin(inode.number()).child("inline data");
    add(all, raw, PARENT_BYTES, Inode.BLOCK_FIELD_BYTES, origin);
    add(all, raw, Inode.BLOCK_FIELD_BYTES, raw.length, origin);
  }

  private void add(DirentList.Packer all, byte[] raw, int from, int end, Origin origin) {
    DirentBlock entries = new DirentBlock(raw, from, end, raw.length, hasTypes);
    boolean isEncrypted = inode.has(InodeFlag.ENCRYPTED);
    while (entries.advance()) {
      if (all.isFull()) {
        volume.damage(inode.number(), 0, "the directory has more names than can be kept");
        return;
      }
      if (entries.isDotOrDotDot()) {
        continue;
      }
      if (isEncrypted && entries.nameLength() > 0) {
        all.add(encrypted(entries.dirent()));
      } else if (entries.isImpossibleName()) {
        String what =
            "a name that no path can have, of inode " + entries.inode() + ": " + entries.name();
        volume.log().add(Finding.damage(origin, entries.offset(), what));
      } else {
        all.add(entries.dirent());
      }
    }
    String trouble = entries.trouble();
    if (trouble != null) {
      String what = trouble + "; the names behind it are lost";
      volume.log().add(Finding.damage(origin, entries.offset(), what));
    }
  }

  private Dirent encrypted(Dirent stored) {
    byte[] name = stored.name().bytes();
    DirectoryHash.Value hash =
        HashTree.hash(volume, name, volume.superblock().defaultHash())
            .orElse(new DirectoryHash.Value(0, 0));
    return new Dirent(Name.of(EncryptedName.shown(name, hash)), stored.inode(), stored.type());
  }

  private void reportTwin(Dirent twin) {
    String what =
        "the name "
            + twin.name()
            + " is there twice; that of inode "
            + twin.inode()
            + " is left out";
    volume.damage(inode.number(), 0, what);
  }

  /** The entry of a name: through the hash tree where there is one, else by looking at all. */
  Optional<Dirent> find(Name name) throws IOException {
    boolean isHashed =
        inode.has(InodeFlag.INDEXED)
            && !inode.has(InodeFlag.INLINE_DATA)
            && !inode.has(InodeFlag.CASEFOLDED)
            && !inode.has(InodeFlag.ENCRYPTED)
            && volume.has(Feature.DIR_INDEX);
    if (!isHashed || edits() != null || volume.listings().get(inode.number()) != null) {
      return search(name);
    }
    try {
      Optional<Dirent> found =
          new HashTree(volume, new DirectoryBlocks(volume, inode)).find(name.bytes());
      if (found.isPresent()) {
        return found;
      }
    } catch (CorruptDataException e) {
      volume.log().add(Finding.of(e));
    }
    return behindTheTree(name);
  }

  /** Looks at all names for one that the tree does not lead to. */
  private Optional<Dirent> behindTheTree(Name name) throws IOException {
    Optional<Dirent> missed = search(name);
    if (missed.isPresent()) {
      String what = "the directory's hash tree does not lead to the name " + name;
      volume.damage(inode.number(), 0, what);
    }
    return missed;
  }

  private Optional<Dirent> search(Name name) throws IOException {
    List<Dirent> all = list();
    int low = 0;
    int high = all.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = all.get(middle).name().compareTo(name);
      if (order == 0) {
        return Optional.of(all.get(middle));
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }
}
