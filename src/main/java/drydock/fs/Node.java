package drydock.fs;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A file, directory, link or device of a {@link FileTree}. Safe from many threads.
 *
 * <p>Damage inside a node that leaves something to show is a finding in the log that the tree was
 * opened with; damage that leaves nothing is a {@link drydock.bytes.CorruptDataException}.
 */
public interface Node {
  FileMeta meta() throws IOException;

  /**
   * The names in a directory, sorted by their bytes, each once, without {@code .} and {@code ..}.
   *
   * @throws NotDirectoryException when this is none
   */
  List<Entry> list() throws IOException;

  /**
   * The names that were taken out of a directory and can still be read, in the order in which they
   * lie there; none where the file system keeps nothing of them.
   *
   * @throws NotDirectoryException when this is none
   */
  default List<DeletedName> deletedNames() throws IOException {
    if (!meta().isDirectory()) {
      throw new NotDirectoryException(origin().toString());
    }
    return List.of();
  }

  /**
   * The names that are not in a directory any more and of which only older copies of it tell, as a
   * journal keeps them: by the directory's blocks, the newest copy of each first. None that {@link
   * #deletedNames} has.
   *
   * @throws NotDirectoryException when this is none
   */
  default List<DeletedName> pastNames() throws IOException {
    if (!meta().isDirectory()) {
      throw new NotDirectoryException(origin().toString());
    }
    return List.of();
  }

  /** The entry of that name; may read less than {@link #list()} does. */
  default Optional<Entry> child(Name name) throws IOException {
    for (Entry entry : list()) {
      if (entry.name().equals(name)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  /**
   * A file's content; empty for what has none (devices, sockets, pipes). Of a directory: an error.
   */
  ByteSource content() throws IOException;

  /** A symlink's target, as stored; empty for everything else. */
  byte[] linkTarget() throws IOException;

  /**
   * Extended attributes by their full names ({@code user.note}, {@code trusted.overlay.opaque}), as
   * stored.
   */
  SortedMap<Name, byte[]> attributes() throws IOException;

  /**
   * What makes two nodes one: equal for all names of the same inode, different for different ones
   * even where a tree is put together from several file systems.
   */
  default Object identity() throws IOException {
    return meta().inode();
  }

  /**
   * In what a directory has no more than one name: a file system, or one of the places where it is
   * mounted; empty where several names of one may be sound.
   */
  default Optional<Object> onceWithin() {
    return Optional.empty();
  }

  /**
   * Says that everything below will be asked for next, parents first and names in their order, so
   * that it may be read ahead until what is given is closed. No answer depends on it.
   */
  default Closeable walking() {
    return () -> {};
  }

  Origin origin();
}
