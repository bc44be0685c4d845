package drydock.evidence;

import drydock.bytes.Origin;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import org.jspecify.annotations.Nullable;

/**
 * What was found of the source of a mount.
 *
 * @param tree that has it; null when it is not there
 * @param found the file or directory in that tree; null when it is not there
 * @param subPath of a part of a volume, where it lies in it
 */
record Sourced(
    String kind,
    @Nullable String volume,
    @Nullable String subPath,
    MountStatus status,
    @Nullable String note,
    boolean guess,
    @Nullable FileTree tree,
    Lookup.@Nullable Found found,
    Origin origin) {

  static Sourced absent(
      String kind, @Nullable String volume, MountStatus status, String note, Origin origin) {
    return new Sourced(kind, volume, null, status, note, false, null, null, origin);
  }

  static Sourced present(String kind, @Nullable String volume, FileTree tree, Lookup.Found found) {
    return new Sourced(
        kind, volume, null, MountStatus.PRESENT, null, false, tree, found, found.node().origin());
  }

  /** The same, with something to say. */
  Sourced saying(@Nullable String words, boolean guessed) {
    return new Sourced(kind, volume, subPath, status, words, guess || guessed, tree, found, origin);
  }

  Sourced at(String path) {
    return new Sourced(kind, volume, path, status, note, guess, tree, found, origin);
  }
}
