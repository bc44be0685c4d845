package drydock.drift;

import drydock.fs.FileMeta;
import drydock.fs.Name;
import drydock.fs.NameText;
import drydock.fs.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules about what a file is. */
final class Contents {
  private static final int SHOWN = 60;
  private static final Name CAPABILITY = Name.of("security.capability");
  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
  private static final byte[] INTERPRETED = {'#', '!'};

  /** What servers run when it is asked for. */
  private static final Set<String> WEB_ENDINGS =
      Set.of(
          "php", "php3", "php4", "php5", "php7", "php8", "phtml", "phar", "phps", "inc", "jsp",
          "jspx", "jspf", "war", "asp", "aspx", "ashx", "asmx", "cfm", "cgi", "pl", "py", "rb",
          "shtml");

  /** Names of directories that servers commonly serve. */
  private static final Set<String> WEB_DIRECTORIES =
      Set.of(
          "htdocs",
          "html",
          "www",
          "public",
          "public_html",
          "webapps",
          "wwwroot",
          "httpdocs",
          "webroot",
          "cgi-bin",
          "uploads",
          "wp-content",
          "site");

  private Contents() {}

  /** How a file's content begins. */
  static byte[] head(Node node, FileMeta meta) throws IOException {
    return meta.isFile()
        ? node.content().bytes(0, (int) Math.min(Rules.HEAD_BYTES, meta.size()))
        : new byte[0];
  }

  static @Nullable String executable(Suspect suspect) {
    FileMeta file = suspect.file();
    if (file == null || file.size() == 0) {
      return null;
    }
    boolean mayRun = (file.permissions() & 0111) != 0;
    boolean isNew =
        suspect.isNewContent() || (mayRun && suspect.differs("mode") && !couldRun(suspect));
    if (!isNew) {
      return null;
    }
    if (startsWith(suspect.head(), ELF)) {
      return mayRun ? "an ELF program" : "ELF code";
    }
    return mayRun ? "may be run: mode " + Integer.toOctalString(file.permissions()) : null;
  }

  private static boolean couldRun(Suspect suspect) {
    Side lower = suspect.lower();
    return lower != null && lower.meta().isFile() && (lower.meta().permissions() & 0111) != 0;
  }

  static @Nullable String script(Suspect suspect) {
    byte[] head = suspect.head();
    if (!suspect.isNewContent() || !startsWith(head, INTERPRETED)) {
      return null;
    }
    int end = 0;
    while (end < head.length && end < SHOWN && head[end] != '\n') {
      end++;
    }
    return "begins with " + NameText.of(Arrays.copyOf(head, end));
  }

  static @Nullable String capability(Suspect suspect) {
    Side upper = suspect.upper();
    if (upper == null || !(suspect.isNewContent() || suspect.differs("attributes"))) {
      return null;
    }
    try {
      boolean has = upper.node().attributes().containsKey(CAPABILITY);
      return has ? "has capabilities of its own" : null;
    } catch (IOException e) {
      return null; // told when it was compared
    }
  }

  static @Nullable String webScript(Suspect suspect) {
    if (!suspect.isNewContent() || !isServed(suspect)) {
      return null;
    }
    String name = suspect.name().toLowerCase(Locale.ROOT);
    if (name.equals(".htaccess") || name.equals(".user.ini")) {
      return "says how a web server runs files";
    }
    for (String part : name.substring(name.indexOf('.') + 1).split("\\.", -1)) {
      if (name.contains(".") && WEB_ENDINGS.contains(part)) {
        return "a server may run it: ." + part;
      }
    }
    String head = new String(suspect.head(), StandardCharsets.ISO_8859_1);
    return head.contains("<?php") || head.contains("<?=") ? "holds PHP code" : null;
  }

  private static boolean isServed(Suspect suspect) {
    if (suspect.isIn("/var/www", "/srv", "/usr/share/nginx", "/usr/local/apache2")) {
      return true;
    }
    return suspect.names().stream()
        .map(name -> name.toString().toLowerCase(Locale.ROOT))
        .anyMatch(WEB_DIRECTORIES::contains);
  }

  private static boolean startsWith(byte[] head, byte[] magic) {
    return head.length >= magic.length
        && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
  }
}
