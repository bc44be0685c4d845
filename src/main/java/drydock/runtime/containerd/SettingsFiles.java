package drydock.runtime.containerd;

import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.Lookup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Configuration files of containerd and those that they import (containerd {@code
 * cmd/containerd/server/config}).
 */
final class SettingsFiles {
  private static final int MAX_FILE = 1 << 20;
  private static final int MAX_FILES = 64;

  private final Lookup lookup;
  private final FindingLog log;

  SettingsFiles(Lookup lookup, FindingLog log) {
    this.lookup = lookup;
    this.log = log;
  }

  /**
   * What a file and its imports say, the imports' word before the file's own; empty without a file.
   */
  Optional<EngineSettings> read(String path) {
    Set<String> seen = new LinkedHashSet<>();
    return read(path, seen);
  }

  private Optional<EngineSettings> read(String path, Set<String> seen) {
    if (seen.size() >= MAX_FILES || !seen.add(path)) {
      return Optional.empty();
    }
    Optional<byte[]> bytes = bytes(path);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      Toml toml = Toml.parse(new String(bytes.get(), StandardCharsets.UTF_8));
      EngineSettings settings = EngineSettings.of(toml);
      for (String pattern : toml.array("imports")) {
        for (String imported : expand(path, pattern)) {
          Optional<EngineSettings> more = read(imported, seen);
          settings = more.isEmpty() ? settings : more.get().orElse(settings);
        }
      }
      return Optional.of(settings);
    } catch (IOException e) {
      log.add(e, Origin.of(path));
      return Optional.empty();
    }
  }

  /** What a file holds; empty without a file, and a finding where it cannot be read. */
  Optional<byte[]> bytes(String path) {
    try {
      Optional<Lookup.Found> found = lookup.tryFind(path);
      boolean is = found.isPresent() && found.get().node().meta().isFile();
      return is ? Optional.of(found.get().node().content().allBytes(MAX_FILE)) : Optional.empty();
    } catch (IOException e) {
      log.add(e, Origin.of(path));
      return Optional.empty();
    }
  }

  /** The paths that a pattern stands for: wildcards are in the last name only. */
  private List<String> expand(String importing, String pattern) throws IOException {
    String parent = importing.substring(0, importing.lastIndexOf('/') + 1);
    String path = pattern.startsWith("/") ? pattern : parent + pattern;
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    if (name.indexOf('*') < 0 && name.indexOf('?') < 0) {
      return List.of(path);
    }
    List<String> paths = new ArrayList<>();
    Optional<Lookup.Found> directory = lookup.tryFind(path.substring(0, Math.max(slash, 1)));
    if (directory.isPresent() && directory.get().node().meta().isDirectory()) {
      for (Entry entry : directory.get().node().list()) {
        String candidate = entry.name().toString();
        if (matches(name, candidate)) {
          paths.add(path.substring(0, slash + 1) + candidate);
        }
      }
    }
    return paths;
  }

  /** Whether a name is what a pattern of {@code *} and {@code ?} stands for. */
  static boolean matches(String pattern, String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int retry = 0;
    while (n < name.length()) {
      boolean here = p < pattern.length();
      if (here && pattern.charAt(p) == '*') {
        star = p++;
        retry = n;
      } else if (here && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
