package drydock.fs;

import java.util.Arrays;
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

  private static final NodeType[] BY_BITS = new NodeType[16];

  static {
    Arrays.fill(BY_BITS, UNKNOWN);
    for (NodeType type : values()) {
      BY_BITS[type.formatBits >> 12] = type;
    }
  }

  private final int formatBits;
  private final char letter;

  NodeType(int formatBits, char letter) {
    this.formatBits = formatBits;
    this.letter = letter;
  }

  /** The type in the upper four of a {@code st_mode}'s sixteen bits. */
  public static NodeType ofMode(int mode) {
    return BY_BITS[(mode & FORMAT_MASK) >> 12];
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
