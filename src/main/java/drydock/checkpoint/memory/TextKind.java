package drydock.checkpoint.memory;

import java.util.Locale;

/** How bytes are taken for text. */
public enum TextKind {
  /** Printable ASCII, and tabs. */
  ASCII(1, false),
  /** The same and letters of European languages, two bytes a character. */
  UTF_16LE(2, false),
  UTF_16BE(2, true);

  private final int unit;
  private final boolean bigEndian;

  TextKind(int unit, boolean bigEndian) {
    this.unit = unit;
    this.bigEndian = bigEndian;
  }

  /** Bytes of a character. */
  int unit() {
    return unit;
  }

  boolean isBigEndian() {
    return bigEndian;
  }

  /** As records name it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
