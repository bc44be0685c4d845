package drydock.fs.ext4.journal;

import org.jspecify.annotations.Nullable;

/** The kinds of record in the fast commit area; a tag's number is its place here, from 1. */
public enum FastCommitTag {
  ADD_RANGE,
  DEL_RANGE,
  CREAT,
  LINK,
  UNLINK,
  INODE,
  PAD,
  TAIL,
  HEAD;

  private static final FastCommitTag[] TAGS = values();
  private static final int LONGEST_NAME = 255;
  private static final int SHORTEST_INODE = 128;

  static @Nullable FastCommitTag of(int number) {
    return number >= 1 && number <= TAGS.length ? TAGS[number - 1] : null;
  }

  /** Whether recovery takes a value of that many bytes. */
  boolean fits(int length, int inodeBytes) {
    return switch (this) {
      case ADD_RANGE -> length == 16;
      case DEL_RANGE -> length == 12;
      case CREAT, LINK, UNLINK -> length >= 8 + 1 && length <= 8 + LONGEST_NAME;
      case INODE -> length >= 4 + SHORTEST_INODE && length <= 4 + inodeBytes;
      case PAD -> true;
      case TAIL -> length >= 8;
      case HEAD -> length == 8;
    };
  }
}
