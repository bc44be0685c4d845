package drydock.evidence;

import java.util.ArrayList;
import java.util.List;

/** The lines of an {@code /etc/fstab} that mount something at a path (fstab(5)). */
final class Fstab {
  private static final int MAX_LINES = 1000;

  /**
   * One line.
   *
   * @param source as written: {@code UUID=...}, {@code /dev/sda1}, a path that is bound ...
   * @param at an absolute path
   */
  record Mount(String source, String at, String type, List<String> options) {
    boolean isBind() {
      return options.contains("bind") || options.contains("rbind");
    }

    /** Whether a partition is meant, and not a server or something in memory. */
    boolean isPartition() {
      return source.startsWith("/dev/") || source.matches("(UUID|LABEL|PARTUUID|PARTLABEL)=.*");
    }
  }

  private Fstab() {}

  static List<Mount> parse(String text) {
    List<Mount> mounts = new ArrayList<>();
    text.lines()
        .limit(MAX_LINES)
        .map(String::strip)
        .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
        .map(line -> line.split("[ \t]+", 5))
        .filter(words -> words.length >= 2 && words[1].startsWith("/"))
        .forEach(
            words ->
                mounts.add(
                    new Mount(
                        plain(words[0]),
                        plain(words[1]),
                        words.length > 2 ? words[2] : "auto",
                        words.length > 3 ? List.of(words[3].split(",")) : List.of())));
    return mounts;
  }

  /** Blanks are written as octal escapes; tags may be quoted. */
  private static String plain(String word) {
    return word.replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\134", "\\")
        .replace("\"", "");
  }
}
