package drydock.fs;

import drydock.bytes.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A name that was taken out of a directory and whose entry still lies between the living ones, or
 * in an older copy of the directory. Everything in it is what it was when it was deleted, or what
 * was left of it since.
 *
 * @param inode the number that stands with the name; null when it was wiped or can be none
 * @param type what the entry calls it; null when it does not say
 * @param state what became of the inode since, as far as the file system tells
 * @param target reads what the inode holds now; null when there is none to read
 * @param origin the directory's block
 * @param offset where the entry lies in it
 * @param source what tells of it where that is not the directory itself, e.g. {@code "journal
 *     transaction 17"}; null for the directory
 */
public record DeletedName(
    Name name,
    @Nullable Long inode,
    @Nullable NodeType type,
    State state,
    Entry.@Nullable Target target,
    Origin origin,
    long offset,
    @Nullable String source) {
  /** What became of the inode that a deleted name stood for. */
  public enum State {
    /** It is deleted, too, and of the type that the name tells: most likely the file itself. */
    DELETED,
    /** It has no name any more, and was still open when the disk was copied. */
    ORPHAN,
    /** It is in use: the same file under another name, or another file that got the number. */
    IN_USE,
    /** It belongs to another file now: of another type, or born later than the name was deleted. */
    REUSED,
    /** The entry does not tell which inode it was. */
    UNKNOWN
  }
}
