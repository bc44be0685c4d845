package drydock.export.ext4;

import drydock.fs.Name;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Names that a directory can have. Damaged evidence has others, with a slash or a zero in them:
 * what bears one is kept under a name that tells what it was.
 */
final class PossibleName {
  static final int LONGEST = 255;

  private static final HexFormat HEX = HexFormat.of();

  private PossibleName() {}

  /** Whether it is one. */
  static boolean is(Name name) {
    byte[] bytes = name.bytes();
    boolean possible = bytes.length > 0 && bytes.length <= LONGEST && !name.isDotOrDotDot();
    for (byte each : bytes) {
      possible &= each != '/' && each != 0;
    }
    return possible;
  }

  /**
   * A possible name for each of some impossible ones, other than all names that there are.
   *
   * @param taken the directory's possible names
   */
  static List<byte[]> instead(List<Name> impossible, List<Name> taken) {
    Set<Name> used = new HashSet<>(taken);
    List<byte[]> instead = new ArrayList<>();
    for (Name each : impossible) {
      String text = escaped(each);
      Name candidate = cut(text, "");
      for (int i = 2; !used.add(candidate); i++) {
        candidate = cut(text, "~" + i);
      }
      instead.add(candidate.bytes());
    }
    return instead;
  }

  private static Name cut(String text, String suffix) {
    String start = text.substring(0, Math.min(text.length(), LONGEST - suffix.length()));
    return Name.of((start + suffix).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** One character a byte. */
  private static String escaped(Name name) {
    StringBuilder text = new StringBuilder();
    for (byte each : name.bytes()) {
      boolean isEscaped = each == '/' || each == 0 || name.isDotOrDotDot();
      text.append(isEscaped ? "\\x" + HEX.toHexDigits(each) : (char) (each & 0xff));
    }
    return text.isEmpty() ? "\\x" : text.toString();
  }
}
