package drydock.timeline.plot;

import java.util.Locale;

/** Text of a picture, element by element. For one thread. */
final class Svg {
  private final StringBuilder out = new StringBuilder(1 << 16);

  /** An element as it is written: of our own text only. */
  Svg raw(String element) {
    out.append(element).append('\n');
    return this;
  }

  Svg rect(int x, int y, int width, int height, String style) {
    return raw(
        "<rect x=\""
            + x
            + "\" y=\""
            + y
            + "\" width=\""
            + width
            + "\" height=\""
            + height
            + "\" "
            + style
            + "/>");
  }

  Svg line(int x1, int y1, int x2, int y2, String style) {
    return raw(
        "<line x1=\""
            + x1
            + "\" y1=\""
            + y1
            + "\" x2=\""
            + x2
            + "\" y2=\""
            + y2
            + "\" "
            + style
            + "/>");
  }

  /** Any text at a place. */
  Svg text(int x, int y, String style, String text) {
    return raw("<text x=\"" + x + "\" y=\"" + y + "\" " + style + ">" + escape(text) + "</text>");
  }

  /** Begins what a pointer over it tells of. */
  Svg begin(String title) {
    return raw("<g><title>" + escape(title) + "</title>");
  }

  Svg end() {
    return raw("</g>");
  }

  @Override
  public String toString() {
    return out.toString();
  }

  /** Text without anything that XML or a reader's eye would take for something else. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(point -> escape(point, safe));
    return safe.toString();
  }

  private static void escape(int point, StringBuilder safe) {
    switch (point) {
      case '&' -> safe.append("&amp;");
      case '<' -> safe.append("&lt;");
      case '>' -> safe.append("&gt;");
      case '"' -> safe.append("&quot;");
      default -> {
        if (isShown(point)) {
          safe.appendCodePoint(point);
        } else {
          safe.append("\\u{").append(String.format(Locale.ROOT, "%x", point)).append('}');
        }
      }
    }
  }

  private static boolean isShown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
