package drydock.runtime.containerd;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pass over the bytes of a JSON object (RFC 8259) that notes where some of its values stand and
 * builds none: a list of ten thousand containers wants a few fields out of each spec.
 *
 * <p>The whole text is checked against the grammar, so that damage in a part that nobody wants does
 * not go unseen. What is not plain (no JSON, a name with escapes, deep nesting) is left to a parser
 * that says more of it.
 */
final class JsonScan {
  /** Deeper than any spec, and less than parsers refuse. */
  private static final int MAX_DEPTH = 64;

  private static final int STOP = -1;

  private final byte[] json;
  private final List<String> paths;
  private final Map<String, String> found = new HashMap<>();

  private JsonScan(byte[] json, List<String> paths) {
    this.json = json;
    this.paths = paths;
  }

  /**
   * The values at paths such as {@code process.args}, each still JSON; of two with the same name
   * the last one. Empty when the text is not plain.
   */
  static Optional<Map<String, String>> values(byte[] json, List<String> paths) {
    JsonScan scan = new JsonScan(json, paths);
    int start = scan.space(0);
    boolean plain = start < json.length && json[start] == '{' && scan.object(start, "", 0) != STOP;
    return plain ? Optional.of(scan.found) : Optional.empty();
  }

  /** The end of the object that begins here, looked into for what lies below {@code prefix}. */
  private int object(int from, String prefix, int depth) {
    int at = space(from + 1);
    if (is(at, '}')) {
      return at + 1;
    }
    while (depth < MAX_DEPTH) {
      int nameEnd = is(at, '"') ? name(at) : STOP;
      int colon = nameEnd == STOP ? STOP : space(nameEnd);
      if (colon == STOP || !is(colon, ':')) {
        return STOP;
      }
      int end = member(at + 1, nameEnd - 1, space(colon + 1), prefix, depth);
      at = end == STOP ? STOP : space(end);
      if (at == STOP || is(at, '}')) {
        return at == STOP ? STOP : at + 1;
      }
      if (!is(at, ',')) {
        return STOP;
      }
      at = space(at + 1);
    }
    return STOP;
  }

  private int member(int name, int nameEnd, int value, String prefix, int depth) {
    for (String path : paths) {
      if (!leadsTo(path, prefix, name, nameEnd)) {
        continue;
      }
      String here = path.substring(0, prefix.length() + nameEnd - name);
      if (here.length() == path.length()) {
        int end = value(value, depth + 1);
        if (end != STOP) {
          found.put(path, new String(json, value, end - value, StandardCharsets.UTF_8));
        }
        return end;
      }
      if (is(value, '{') && path.charAt(here.length()) == '.') {
        return object(value, here + ".", depth + 1);
      }
    }
    return value(value, depth + 1);
  }

  /** Whether {@code path} begins with the prefix and the name. */
  private boolean leadsTo(String path, String prefix, int name, int nameEnd) {
    int length = nameEnd - name;
    if (path.length() < prefix.length() + length || !path.startsWith(prefix)) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (path.charAt(prefix.length() + i) != json[name + i]) {
        return false;
      }
    }
    return true;
  }

  private int value(int at, int depth) {
    if (at >= json.length || depth >= MAX_DEPTH) {
      return STOP;
    }
    return switch (json[at]) {
      case '"' -> string(at);
      case '{' -> members(at, depth);
      case '[' -> array(at, depth);
      case 't' -> literal(at, "true");
      case 'f' -> literal(at, "false");
      case 'n' -> literal(at, "null");
      default -> number(at);
    };
  }

  /** The end of an object in which nothing is wanted. */
  private int members(int from, int depth) {
    int at = space(from + 1);
    if (is(at, '}')) {
      return at + 1;
    }
    while (true) {
      int colon = is(at, '"') ? string(at) : STOP;
      colon = colon == STOP ? STOP : space(colon);
      if (colon == STOP || !is(colon, ':')) {
        return STOP;
      }
      int end = value(space(colon + 1), depth + 1);
      at = end == STOP ? STOP : space(end);
      if (at == STOP || is(at, '}')) {
        return at == STOP ? STOP : at + 1;
      }
      if (!is(at, ',')) {
        return STOP;
      }
      at = space(at + 1);
    }
  }

  private int array(int from, int depth) {
    int at = space(from + 1);
    if (is(at, ']')) {
      return at + 1;
    }
    while (true) {
      int end = value(at, depth + 1);
      at = end == STOP ? STOP : space(end);
      if (at == STOP || is(at, ']')) {
        return at == STOP ? STOP : at + 1;
      }
      if (!is(at, ',')) {
        return STOP;
      }
      at = space(at + 1);
    }
  }

  /** The end of a name without escapes. */
  private int name(int from) {
    int end = string(from);
    for (int i = from; i < end; i++) {
      if (json[i] == '\\') {
        return STOP;
      }
    }
    return end;
  }

  private int string(int from) {
    byte[] text = json;
    for (int at = from + 1; at < text.length; at++) {
      byte b = text[at];
      if (b == '"') {
        return at + 1;
      }
      if (b == '\\') {
        at = escape(at + 1);
        if (at == STOP) {
          return STOP;
        }
      } else if (b >= 0 && b < 0x20) {
        return STOP;
      }
    }
    return STOP;
  }

  /** The last byte of the escape whose letter stands here. */
  private int escape(int at) {
    if (at >= json.length) {
      return STOP;
    }
    if (json[at] != 'u') {
      return "\"\\/bfnrt".indexOf(json[at]) >= 0 ? at : STOP;
    }
    for (int i = at + 1; i <= at + 4; i++) {
      if (i >= json.length || Character.digit(json[i], 16) < 0) {
        return STOP;
      }
    }
    return at + 4;
  }

  private int literal(int at, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (!is(at + i, word.charAt(i))) {
        return STOP;
      }
    }
    return at + word.length();
  }

  private int number(int from) {
    int at = is(from, '-') ? from + 1 : from;
    int end = is(at, '0') ? at + 1 : digits(at);
    if (end != STOP && is(end, '.')) {
      end = digits(end + 1);
    }
    if (end != STOP && (is(end, 'e') || is(end, 'E'))) {
      end = digits(is(end + 1, '+') || is(end + 1, '-') ? end + 2 : end + 1);
    }
    return end;
  }

  /** The end of at least one digit. */
  private int digits(int from) {
    int at = from;
    while (at < json.length && json[at] >= '0' && json[at] <= '9') {
      at++;
    }
    return at == from ? STOP : at;
  }

  private int space(int from) {
    int at = from;
    while (at < json.length
        && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
      at++;
    }
    return at;
  }

  private boolean is(int at, char wanted) {
    return at < json.length && json[at] == wanted;
  }
}
