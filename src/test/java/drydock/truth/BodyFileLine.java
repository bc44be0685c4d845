package drydock.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of a body file as the format's strictest reader would take it: eleven fields, each of them
 * well formed, and escapes undone as docs/formats/bodyfile.md tells.
 *
 * @param path with the escapes undone, without target and mark
 * @param target null where there is none
 * @param mark empty, {@code deleted} or {@code deleted-realloc}
 */
public record BodyFileLine(
    String md5,
    byte[] path,
    byte[] target,
    String mark,
    long inode,
    String mode,
    long uid,
    long gid,
    long size,
    String accessed,
    String modified,
    String changed,
    String born) {
  private static final int FIELDS = 11;

  public static List<BodyFileLine> all(byte[] file) {
    List<BodyFileLine> lines = new ArrayList<>();
    String text = new String(file, StandardCharsets.ISO_8859_1);
    assertThat(text).matches("(?s)(.*\n)?");
    text.lines().forEach(line -> lines.add(parse(line)));
    return lines;
  }

  /** A line without its end, a character for each byte. */
  public static BodyFileLine parse(String line) {
    assertThat(line).doesNotContainPattern("[\\x00-\\x1f\\x7f]");
    String[] f = line.split("\\|", -1);
    assertThat(f).as(line).hasSize(FIELDS);
    assertThat(f[0]).matches("0|[0-9a-f]{32}");
    assertThat(f[3]).matches("[-rdclbsp]/[-rdclbhp]([r-][w-][xsS-]){2}[r-][w-][xtT-]");
    for (int time = 7; time < FIELDS; time++) {
      assertThat(f[time]).matches("-?\\d+(\\.\\d{9})?");
    }
    String name = f[1];
    String mark = "";
    if (name.matches("(?s).* \\(deleted(-realloc)?\\)")) {
      int at = name.lastIndexOf(" (");
      mark = name.substring(at + 2, name.length() - 1);
      name = name.substring(0, at);
    }
    String target = null;
    int arrow = name.lastIndexOf(" -> ");
    if (f[3].charAt(2) == 'l' && arrow >= 0) {
      target = name.substring(arrow + 4);
      name = name.substring(0, arrow);
    }
    return new BodyFileLine(
        f[0],
        unescape(name),
        target == null ? null : unescape(target),
        mark,
        Long.parseLong(f[2]),
        f[3],
        Long.parseLong(f[4]),
        Long.parseLong(f[5]),
        Long.parseLong(f[6]),
        f[7],
        f[8],
        f[9],
        f[10]);
  }

  /** Undoes escapes of bytes that are ever written as one; all other backslashes are themselves. */
  public static byte[] unescape(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < text.length(); at++) {
      int value = text.charAt(at);
      if (text.substring(at).matches("(?s)\\\\x[0-9a-f]{2}.*")) {
        int escaped = Integer.parseInt(text.substring(at + 2, at + 4), 16);
        if (escaped < ' ' || escaped >= 0x7f || "|%/\\>(".indexOf(escaped) >= 0) {
          value = escaped;
          at += 3;
        }
      }
      out.write(value);
    }
    return out.toByteArray();
  }
}
