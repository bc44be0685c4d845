package drydock.evidence;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Small files of a tree, read as text; one that is damaged is a finding and counts as absent. */
record NodeFiles(FileTree tree, FindingLog log) {

  /** A file's text, its first {@code limit} bytes at most. */
  Optional<String> text(String path, int limit) throws IOException {
    try {
      Optional<Lookup.Found> found = new Lookup(tree).tryFind(path);
      if (found.isEmpty() || !found.get().node().meta().isFile()) {
        return Optional.empty();
      }
      ByteSource content = found.get().node().content();
      byte[] bytes = content.bytes(0, (int) Math.min(limit, content.size()));
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (CorruptDataException e) {
      log.add(Finding.of(e));
      return Optional.empty();
    }
  }

  /** Tells that a file is not what it should be. */
  void damage(String path, String what) {
    log.add(Finding.damage(tree.origin().child(path), 0, what));
  }

  boolean isDirectory(String path) throws IOException {
    return directory(path).isPresent();
  }

  Optional<Lookup.Found> directory(String path) throws IOException {
    try {
      Optional<Lookup.Found> found = new Lookup(tree).tryFind(path);
      boolean is = found.isPresent() && found.get().node().meta().isDirectory();
      return is ? found : Optional.empty();
    } catch (CorruptDataException e) {
      log.add(Finding.of(e));
      return Optional.empty();
    }
  }

  /** The names in a directory; none when there is no such directory. */
  List<String> names(String path) throws IOException {
    Optional<Lookup.Found> directory = directory(path);
    if (directory.isEmpty()) {
      return List.of();
    }
    try {
      return directory.get().node().list().stream().map(Entry::name).map(Object::toString).toList();
    } catch (CorruptDataException e) {
      log.add(Finding.of(e));
      return List.of();
    }
  }
}
