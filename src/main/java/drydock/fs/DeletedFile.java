package drydock.fs;

import java.io.IOException;

/**
 * A file that was deleted and of which the file system still has the inode.
 *
 * @param node reads as far as blocks and metadata are there; its number is the one that it had
 * @param blocks how many blocks of content it still points to
 * @param reusedBlocks how many of them are in use again: what they hold may be another file's
 */
public record DeletedFile(Node node, State state, long blocks, long reusedBlocks) {
  /** How we know that it is deleted. */
  public enum State {
    /** No name leads to it, but it was open when the disk was copied: content and all is there. */
    ORPHAN,
    /** It has a time of deletion. */
    DELETED,
    /** It has none, but the file system counts the inode as free. */
    FREED
  }

  /** Is shown one after the other. */
  @FunctionalInterface
  public interface Visitor {
    void visit(DeletedFile file) throws IOException;
  }
}
