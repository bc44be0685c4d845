package drydock.fs;

import java.util.Locale;

/**
 * What a node is. The seven that POSIX knows, and {@link #UNKNOWN} for a mode that is none of them.
 */
public enum NodeType {
  FILE(0x8000, '-'),
  DIRECTORY(0x4000, 'd'),
  SYMLINK(0xa000, 'l'),
  CHARACTER(0x2000, 'c'),
  BLOCK(0x6000, 'b'),
  FIFO(0x1000, 'p'),
  SOCKET(0xc000, 's'),
  UNKNOWN(0, '?');

  private static final int FORMAT_MASK = 0xf000;

  private final int formatBits;
  private final char letter;

  NodeType(int formatBits, char letter) {
    this.formatBits = formatBits;
    this.letter = letter;
  }

  /** The type in the upper four of a {@code st_mode}'s sixteen bits. */
  public static NodeType ofMode(int mode) {
    for (NodeType type : values()) {
      if (type.formatBits == (mode & FORMAT_MASK)) {
        return type;
      }
    }
    return UNKNOWN;
  }

  /** The letter of {@code ls -l}. */
  public char letter() {
    return letter;
  }

  /** The name in records: {@code file}, {@code directory} ... */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nodes of it are numbered by {@link FileMeta#device()}. */
  public boolean isDevice() {
    return this == CHARACTER || this == BLOCK;
  }
}
