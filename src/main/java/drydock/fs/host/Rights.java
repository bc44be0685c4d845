package drydock.fs.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this process may see (proc(5): {@code CapEff} and {@code uid_map}). */
final class Rights {
  private static final int CAP_SYS_ADMIN = 21;

  private Rights() {}

  /**
   * Whether {@code trusted.*} attributes are shown: the right to it must count in the first user
   * namespace.
   */
  static boolean seeTrustedAttributes() {
    try {
      return hasSysAdmin(lines("/proc/self/status")) && mapsAllUsers(lines("/proc/self/uid_map"));
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> lines(String path) throws IOException {
    return Files.readAllLines(Path.of(path), StandardCharsets.UTF_8);
  }

  static boolean hasSysAdmin(List<String> status) {
    for (String line : status) {
      if (line.startsWith("CapEff:")) {
        return (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> CAP_SYS_ADMIN & 1) == 1;
      }
    }
    return false;
  }

  static boolean mapsAllUsers(List<String> map) {
    return map.size() == 1 && map.get(0).strip().matches("0\\s+0\\s+4294967295");
  }
}
