package drydock.fs;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A file that was deleted and of which the file system still has the inode, or an older copy of it.
 *
 * @param node reads as far as blocks and metadata are there; its number is the one that it had
 * @param blocks how many blocks of content it still points to
 * @param reusedBlocks how many of them are in use again: what they hold may be another file's
 * @param source what tells of it where that is not the inode itself, e.g. {@code "journal
 *     transaction 17"}; null for the inode
 * @param trouble why not all of its content can be found; null when nothing hinders
 * @param path where older copies of directories say that it was: a guess, for numbers are given
 *     again; begins with {@code /} if the way up to the root is known; null when nothing tells
 */
public record DeletedFile(
    Node node,
    State state,
    long blocks,
    long reusedBlocks,
    @Nullable String source,
    @Nullable String trouble,
    byte @Nullable [] path) {
  /** How we know that it is deleted. */
  public enum State {
    /** No name leads to it, but it was open when the disk was copied: content and all is there. */
    ORPHAN,
    /** It has a time of deletion. */
    DELETED,
    /** It has none, but the file system counts the inode as free. */
    FREED,
    /** The inode is another file's now; only older copies tell of it. */
    REPLACED
  }

  /** Is shown one after the other. */
  @FunctionalInterface
  public interface Visitor {
    void visit(DeletedFile file) throws IOException;
  }
}
