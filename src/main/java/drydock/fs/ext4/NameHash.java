package drydock.fs.ext4;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of one directory's names, as its tree takes them: of the name as stored, of the name
 * folded, or stored with it. Not safe from several threads.
 */
final class NameHash {
  private final @Nullable DirectoryHash computed;
  private final boolean isFolded;

  private NameHash(@Nullable DirectoryHash computed, boolean isFolded) {
    this.computed = computed;
    this.isFolded = isFolded;
  }

  /** By the version that a root, or the superblock, states; empty when there is none to be had. */
  static Optional<NameHash> of(Volume volume, Inode inode, int version) {
    boolean isEncrypted = inode.has(InodeFlag.ENCRYPTED);
    boolean isCasefolded = inode.has(InodeFlag.CASEFOLDED);
    if (version == DirectoryHash.SIP_HASH && isEncrypted && isCasefolded) {
      return Optional.of(new NameHash(null, false));
    }
    if (!DirectoryHash.isComputable(version)) {
      return Optional.empty();
    }
    Superblock superblock = volume.superblock();
    DirectoryHash hash =
        new DirectoryHash(version, superblock.unsignedHash(), superblock.hashSeed());
    return Optional.of(new NameHash(hash, isCasefolded && !isEncrypted));
  }

  /** Whether that of the entry that a cursor stands on can be known. */
  boolean isKnown(DirentBlock entries) {
    return computed == null
        ? entries.storedHash() != null
        : !isFolded || CaseFold.isText(entries.name().bytes());
  }

  /** Of the entry that a cursor stands on in {@code raw}, when it {@link #isKnown}. */
  int of(DirentBlock entries, byte[] raw) {
    if (computed == null) {
      DirectoryHash.Value stored = entries.storedHash();
      return stored == null ? 0 : stored.hash() & ~1;
    }
    int from = entries.offset() + DirentBlock.HEADER_BYTES;
    if (isFolded) {
      return of(entries.name().bytes()).orElseThrow().hash();
    }
    return computed.of(raw, from, entries.nameLength());
  }

  /** Of a name that is looked for; empty when it does not follow from the name. */
  Optional<DirectoryHash.Value> of(byte[] name) {
    if (computed == null) {
      return Optional.empty();
    }
    return Optional.of(computed.value(isFolded ? CaseFold.folded(name) : name));
  }
}
