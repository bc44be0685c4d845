package drydock.fs;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A name in a directory.
 *
 * @param inode what the directory says the name stands for
 * @param type what the directory says it is, without a look at the inode; null when it does not say
 * @param target reads the node; the entry itself costs no I/O
 */
public record Entry(Name name, long inode, @Nullable NodeType type, Target target) {
  /** Reads what a name stands for. */
  @FunctionalInterface
  public interface Target {
    Node read() throws IOException;
  }

  /**
   * The node that the name stands for.
   *
   * @throws drydock.bytes.CorruptDataException when there is no such node in the file system
   */
  public Node node() throws IOException {
    return target.read();
  }
}
