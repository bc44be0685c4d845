package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.finding.Finding;
import drydock.fs.Name;
import drydock.fs.ext4.journal.DirectoryEdits;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The names in one directory: inline, linear or hashed. */
final class Directory {
  private final Volume volume;
  private final Inode inode;
  private final long reachedThrough;

  Directory(Volume volume, Inode inode) {
    this(volume, inode, 0);
  }

  /**
   * A directory that was found in another one.
   *
   * @param reachedThrough the other one's inode; 0 when it is not known
   */
  Directory(Volume volume, Inode inode, long reachedThrough) {
    this.volume = volume;
    this.inode = inode;
    this.reachedThrough = reachedThrough;
  }

  /** All names but {@code .} and {@code ..}, sorted, each once. */
  DirentList list() throws IOException {
    DirentList known = volume.listings().get(inode.number());
    if (known == null) {
      known = changed();
      volume.listings().put(inode.number(), known);
    }
    checkParent(known);
    return known;
  }

  /** The names on the disk with those that fast commits added or removed. */
  private DirentList changed() throws IOException {
    DirectoryEdits edits = edits();
    if (edits == null) {
      return new LivingNames(volume, inode).read();
    }
    DirentList.Packer names = new DirentList.Packer();
    names.hides();
    if (!edits.fresh()) {
      for (Dirent each : new LivingNames(volume, inode).read()) {
        if (!edits.changes().containsKey(each.name())) {
          names.add(each);
        }
      }
    }
    for (Map.Entry<Name, Long> change : edits.changes().entrySet()) {
      if (change.getValue() != DirectoryEdits.REMOVED) {
        names.add(new Dirent(change.getKey(), change.getValue(), null));
      }
    }
    return names.sorted(twin -> {});
  }

  private @Nullable DirectoryEdits edits() {
    return volume.fastCommits().entriesOf(inode.number()).orElse(null);
  }

  /** A directory has one parent: two that lead to it are told by what it says itself. */
  void checkParent(DirentList listed) {
    long stated = listed.parent();
    boolean isRoot = inode.number() == Inodes.ROOT;
    long expected = isRoot ? Inodes.ROOT : reachedThrough;
    if (stated != 0 && expected != 0 && stated != expected) {
      String what =
          "the directory says that it lies in directory inode "
              + stated
              + (isRoot ? ", and is the root" : " and is reached through inode " + expected);
      volume.damage(inode.number(), 0, what);
    }
  }

  /** The entry of a name: through the hash tree where there is one, else by looking at all. */
  Optional<Dirent> find(Name name) throws IOException {
    boolean isHashed =
        HashTree.isHashed(volume, inode)
            && !inode.has(InodeFlag.ENCRYPTED)
            && (!inode.has(InodeFlag.CASEFOLDED) || CaseFold.isText(name.bytes()));
    if (!isHashed || edits() != null || volume.listings().get(inode.number()) != null) {
      return anywhere(name);
    }
    try {
      Optional<Dirent> found =
          new HashTree(volume, inode, new DirectoryBlocks(volume, inode)).find(name.bytes());
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
    Optional<Dirent> missed = anywhere(name);
    if (missed.isPresent()) {
      String what = "the directory's hash tree does not lead to the name " + name;
      volume.damage(inode.number(), 0, what);
    }
    return missed;
  }

  /** Looks at all names: for these bytes, and then for those that fold to the same. */
  private Optional<Dirent> anywhere(Name name) throws IOException {
    Optional<Dirent> found = search(name);
    if (found.isPresent() || !inode.has(InodeFlag.CASEFOLDED) || inode.has(InodeFlag.ENCRYPTED)) {
      return found;
    }
    byte[] folded = CaseFold.folded(name.bytes());
    for (Dirent each : list()) {
      if (Arrays.equals(CaseFold.folded(each.name().bytes()), folded)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private Optional<Dirent> search(Name name) throws IOException {
    return search(list(), name);
  }

  /** The entry of that name among sorted ones. */
  static Optional<Dirent> search(DirentList all, Name name) {
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
