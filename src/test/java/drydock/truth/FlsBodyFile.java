package drydock.truth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The body file that {@code fls -r -m /} prints of the same file system, for all that docs say
 * differs (docs/formats/bodyfile.md, The Sleuth Kit 4.11.1): so what is left is equal.
 */
public final class FlsBodyFile {
  private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000);
  private static final BigInteger CYCLE = BigInteger.ONE.shiftLeft(32);

  /** A directory that does not exist, and names that are the hash tree of a directory. */
  private static final Pattern NO_FILE =
      Pattern.compile(
          "0\\|/\\$OrphanFiles\\|\\d+\\|V/V-{9}\\|.*|.*/\\^ \\(deleted.*\\|\\d+\\|-/-{10}\\|.*");

  private static final int LONGEST_TARGET = 59;

  private FlsBodyFile() {}

  /** What fls printed, sorted, without lines that stand for no file. */
  public static List<String> lines(byte[] fls) {
    List<String> lines = new ArrayList<>(new String(fls, ISO_8859_1).lines().toList());
    lines.removeIf(line -> NO_FILE.matcher(line).matches());
    Collections.sort(lines);
    return lines;
  }

  /** What fls would print of these files, sorted; a name with the end of a line is two. */
  public static List<String> linesOf(List<TimedRow> files) {
    List<String> lines = new ArrayList<>();
    for (TimedRow file : files) {
      if (!file.path().equals("/")) {
        lines.addAll(line(file).lines().toList());
      }
    }
    Collections.sort(lines);
    return lines;
  }

  private static String line(TimedRow file) {
    StringBuilder line = new StringBuilder("0|");
    line.append(raw(file.path()).replaceAll("[\\x00-\\x1f]", "^"));
    String target = file.target() == null ? "" : raw(file.target());
    if (!target.isEmpty() && file.size() <= LONGEST_TARGET) {
      line.append(" -> ").append(target.replaceAll("[\\x00-\\x1f]", "^"));
    }
    line.append(file.mark().isEmpty() ? "" : " (" + file.mark() + ")");
    line.append('|').append(file.inode()).append('|').append(file.mode());
    line.append('|').append(file.uid()).append('|').append(file.gid());
    line.append('|').append(file.size());
    for (BigInteger time : file.times()) {
      line.append('|').append(time == null ? 0 : time.divide(SECOND).mod(CYCLE));
    }
    return line.toString();
  }

  private static String raw(String escaped) {
    StringBuilder raw = new StringBuilder();
    for (int at = 0; at < escaped.length(); at++) {
      boolean escape = escaped.charAt(at) == '\\';
      raw.append(
          escape ? (char) Integer.parseInt(escaped, at + 2, at + 4, 16) : escaped.charAt(at));
      at += escape ? 3 : 0;
    }
    return raw.toString();
  }
}
