package drydock.runtime.containerd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts in a TOML document, by their full keys: enough of TOML 1.0 for containerd's
 * configuration. Everything that is no text or array of texts is passed over; what cannot be
 * understood ends the reading of its line and nothing else.
 */
final class Toml {
  private final Map<List<String>, String> texts = new LinkedHashMap<>();
  private final Map<List<String>, List<String>> arrays = new LinkedHashMap<>();
  private final String source;
  private int at;
  private List<String> table = List.of();

  private Toml(String source) {
    this.source = source;
  }

  static Toml parse(String source) {
    Toml toml = new Toml(source);
    toml.read();
    return toml;
  }

  /** All texts, by their keys' parts. */
  Map<List<String>, String> texts() {
    return Collections.unmodifiableMap(texts);
  }

  /** The text of a key outside all tables. */
  @Nullable String text(String key) {
    return texts.get(List.of(key));
  }

  /** The texts of an array outside all tables; empty when there is none. */
  List<String> array(String key) {
    return arrays.getOrDefault(List.of(key), List.of());
  }

  private void read() {
    while (at < source.length()) {
      skipBlank(true);
      if (at < source.length()) {
        int before = at;
        statement();
        endLine();
        if (at == before) {
          at++;
        }
      }
    }
  }

  private void statement() {
    if (peek() == '[') {
      at++;
      boolean list = peek() == '[';
      at += list ? 1 : 0;
      table = key();
      return;
    }
    List<String> key = new ArrayList<>(table);
    List<String> own = key();
    key.addAll(own);
    skipBlank(false);
    if (own.isEmpty() || peek() != '=') {
      return;
    }
    at++;
    skipBlank(false);
    value(List.copyOf(key));
  }

  private void value(List<String> key) {
    char first = peek();
    if (first == '"' || first == '\'') {
      String text = quoted();
      if (text != null) {
        texts.put(key, text);
      }
    } else if (first == '[') {
      arrays.put(key, list());
    }
  }

  /** The texts of an array that begins here; what else is in it is passed over. */
  private List<String> list() {
    List<String> list = new ArrayList<>();
    int depth = 0;
    while (at < source.length()) {
      char c = peek();
      if (c == '"' || c == '\'') {
        String text = quoted();
        if (text != null && depth == 1) {
          list.add(text);
        }
        continue;
      }
      if (c == '#') {
        endLine();
        continue;
      }
      at++;
      if (c == '[' || c == '{') {
        depth++;
      } else if ((c == ']' || c == '}') && --depth <= 0) {
        break;
      }
    }
    return List.copyOf(list);
  }

  /** Names between dots, bare or quoted. */
  private List<String> key() {
    List<String> parts = new ArrayList<>();
    while (at < source.length()) {
      skipBlank(false);
      char c = peek();
      if (c == '"' || c == '\'') {
        String part = quoted();
        parts.add(part == null ? "" : part);
      } else {
        int start = at;
        while (at < source.length() && isBare(peek())) {
          at++;
        }
        if (at == start) {
          break;
        }
        parts.add(source.substring(start, at));
      }
      skipBlank(false);
      if (peek() != '.') {
        break;
      }
      at++;
    }
    return List.copyOf(parts);
  }

  private static boolean isBare(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '_'
        || c == '-';
  }

  /** The text in the quotes that begin here; null when they do not end. */
  private @Nullable String quoted() {
    char quote = peek();
    String triple = String.valueOf(quote).repeat(3);
    boolean many = source.startsWith(triple, at);
    at += many ? 3 : 1;
    StringBuilder text = new StringBuilder();
    while (at < source.length()) {
      if (many ? source.startsWith(triple, at) : peek() == quote) {
        at += many ? 3 : 1;
        return text.toString();
      }
      char c = source.charAt(at++);
      if (c == '\n' && !many) {
        at--;
        return null;
      }
      text.append(c == '\\' && quote == '"' ? escaped() : String.valueOf(c));
    }
    return null;
  }

  private String escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case 'b' -> "\b";
      case 'f' -> "\f";
      case 'u' -> unicode(4);
      case 'U' -> unicode(8);
      default -> String.valueOf(c);
    };
  }

  private String unicode(int digits) {
    int end = Math.min(source.length(), at + digits);
    String hex = source.substring(at, end);
    at = end;
    boolean known = hex.length() == digits && hex.matches("[0-9a-fA-F]+");
    long point = known ? Long.parseLong(hex, 16) : -1;
    return point < 0 || point > Character.MAX_CODE_POINT
        ? "\ufffd"
        : Character.toString((int) point);
  }

  private void endLine() {
    while (at < source.length() && peek() != '\n') {
      at++;
    }
  }

  private void skipBlank(boolean lines) {
    while (at < source.length()) {
      char c = peek();
      if (c == '#' && lines) {
        endLine();
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n' && lines) {
        at++;
      } else {
        break;
      }
    }
  }

  /** The character here; 0 at the end. */
  private char peek() {
    return at < source.length() ? source.charAt(at) : 0;
  }
}
