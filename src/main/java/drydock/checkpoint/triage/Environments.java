package drydock.checkpoint.triage;

import drydock.oci.RuntimeSpec;
import drydock.oci.SecretTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules about the environments of processes, as their memory has them. */
final class Environments {
  /** Runtimes, shells and login programs set them on the way. */
  private static final Set<String> USUAL =
      Set.of(
          "HOME",
          "PATH",
          "PWD",
          "OLDPWD",
          "SHLVL",
          "_",
          "TERM",
          "HOSTNAME",
          "USER",
          "LOGNAME",
          "SHELL",
          "LANG",
          "container");

  private static final String PRELOAD_LIST = "/etc/ld.so.preload";
  private static final int MAX_LIBRARIES = 64;
  private static final Set<String> PRELOADS = Set.of("LD_PRELOAD", "LD_AUDIT");
  private static final Set<String> NOWHERE = Set.of("", "0", "/dev/null");
  private static final Set<String> HISTORIES = Set.of("HISTFILE", "HISTSIZE", "HISTFILESIZE");

  /** What stands in for a secret that is elsewhere, or for none. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "\\$\\{[^}]*\\}|\\$\\([^)]*\\)|\\{\\{[^}]*\\}\\}|<[^>]*>|%[^%]*%|[*xX.#-]{3,}"
              + "|(?i:null|none|nil|undefined|true|false|yes|no|on|off|\\[?redacted\\]?)");

  /** Names of files that hold secrets. */
  private static final Pattern FILE = Pattern.compile("(?i).*_(file|path|dir)");

  private static final String MASK = "[redacted]";

  private final boolean shown;

  /**
   * @param shown whether secrets are shown
   */
  Environments(boolean shown) {
    this.shown = shown;
  }

  /** What the container was started with is worth less, unless it wrote the library itself. */
  static void preload(Subject subject, Scene scene, Clues clues) throws IOException {
    RuntimeSpec spec = scene.spec();
    Map<String, String> started = spec == null ? Map.of() : parsed(spec.env());
    for (Map.Entry<String, String> each : variables(subject).entrySet()) {
      String value = each.getValue();
      if (!PRELOADS.contains(each.getKey()) || value.isEmpty()) {
        continue;
      }
      boolean isWritten = false;
      for (String path : value.split("[ :]", MAX_LIBRARIES)) {
        isWritten |= path.startsWith("/") && scene.changed().has(path);
      }
      boolean isStarted = value.equals(started.get(each.getKey())) && !isWritten;
      clues.add(
          ClueKind.PRELOAD,
          isStarted ? Severity.LOW : ClueKind.PRELOAD.severity(),
          subject.process(),
          each.getKey()
              + "="
              + value
              + (isStarted ? "; so was the container started" : "")
              + (isWritten ? "; the container wrote it" : ""),
          subject.process().origin());
    }
  }

  /** The loader of programs reads this list for every one of them. */
  static void preloadList(Scene scene, Clues clues) throws IOException {
    if (scene.changed().has(PRELOAD_LIST)) {
      String what = PRELOAD_LIST + " was written by the container";
      clues.add(ClueKind.PRELOAD, null, what, scene.origin());
    }
  }

  static void historyOff(Subject subject, Scene scene, Clues clues) {
    variables(subject)
        .forEach(
            (name, value) -> {
              if (HISTORIES.contains(name) && NOWHERE.contains(value)) {
                add(ClueKind.HISTORY_OFF, subject, name + "=" + value, clues);
              }
            });
  }

  void secrets(Subject subject, Scene scene, Clues clues) {
    variables(subject)
        .forEach(
            (name, value) -> {
              if (SecretTest.looksSecret(name, value) && !isPlaceholder(name, value)) {
                add(ClueKind.SECRET, subject, name + "=" + (shown ? value : MASK), clues);
              }
            });
  }

  private static boolean isPlaceholder(String name, String value) {
    return PLACEHOLDER.matcher(value).matches()
        || (value.startsWith("/") && FILE.matcher(name).matches());
  }

  static void changed(Subject subject, Scene scene, Clues clues) {
    RuntimeSpec spec = scene.spec();
    List<String> texts = subject.environment();
    if (spec == null || texts == null) {
      return;
    }
    Map<String, String> left = parsed(spec.env());
    List<String> added = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    boolean isOver = false;
    for (String each : texts) {
      isOver |= !each.isEmpty() && each.indexOf('=') <= 0;
    }
    for (Map.Entry<String, String> each : parsed(texts).entrySet()) {
      String started = left.remove(each.getKey());
      if (started == null && !USUAL.contains(each.getKey())) {
        added.add(each.getKey());
      } else if (started != null && !started.equals(each.getValue())) {
        changed.add(each.getKey());
      }
    }
    left.keySet().removeAll(USUAL);
    List<String> parts = new ArrayList<>();
    part("with ", added, parts);
    part("without ", List.copyOf(left.keySet()), parts);
    part("other ", changed, parts);
    if (isOver) {
      parts.add("other text is written over it");
    }
    if (!parts.isEmpty()) {
      add(ClueKind.ENVIRONMENT_CHANGED, subject, String.join("; ", parts), clues);
    }
  }

  private static void part(String word, List<String> names, List<String> parts) {
    if (!names.isEmpty()) {
      parts.add(word + String.join(", ", names));
    }
  }

  private static Map<String, String> variables(Subject subject) {
    @Nullable List<String> texts = subject.environment();
    return texts == null ? Map.of() : parsed(texts);
  }

  /** The first of those that have one name counts, as it does for getenv(3). */
  private static Map<String, String> parsed(List<String> texts) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String each : texts) {
      int equals = each.indexOf('=');
      if (equals > 0) {
        variables.putIfAbsent(each.substring(0, equals), each.substring(equals + 1));
      }
    }
    return variables;
  }

  private static void add(ClueKind kind, Subject subject, String what, Clues clues) {
    clues.add(kind, subject.process(), what, subject.process().origin());
  }
}
