package drydock.drift;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.FindingLog;
import drydock.fs.TreePath;
import drydock.truth.KernelListing;
import drydock.truth.OverlayCorpus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is told of changes equals what a kernel showed of the layers before and after every pair of
 * operations: no path more, none less, and of each the fields that differ.
 */
class CorpusDriftTest {
  private final FindingLog log = new FindingLog();

  private Map<String, List<Change>> told(OverlayCorpus corpus, OverlayCorpus.View view)
      throws IOException {
    Drift drift =
        Drift.between(
            corpus.merged(view), corpus.merged(corpus.view(view.before())), List.of(), null, log);
    Map<String, List<Change>> told = new TreeMap<>();
    drift.walk(
        sides -> {
          for (Change change : drift.changes(sides, () -> {})) {
            told.computeIfAbsent(text(change.path()), path -> new ArrayList<>()).add(change);
          }
        });
    return told;
  }

  private static String text(TreePath path) {
    return KernelListing.escaped(path.bytes());
  }

  /** The names that drift has for the fields in which two rows of listings differ. */
  private static Set<String> fields(Map<String, String> now, Map<String, String> was) {
    Set<String> all = new TreeSet<>(now.keySet());
    all.addAll(was.keySet());
    all.removeIf(field -> now.getOrDefault(field, "").equals(was.get(field)));
    boolean sameType = now.get("type").equals(was.get("type"));
    Set<String> fields = new TreeSet<>();
    for (String field : all) {
      switch (field) {
        case "type", "mode", "uid", "gid" -> fields.add(field);
        case "mtime" -> fields.add("modified");
        case "rdev" -> fields.add("device");
        case "size" -> addIf(fields, field, sameType && !now.get("type").equals("d"));
        case "sha256", "target" -> addIf(fields, field, sameType);
        default -> addIf(fields, "attributes", field.startsWith("xattr "));
      }
    }
    return fields;
  }

  private static void addIf(Set<String> fields, String field, boolean is) {
    if (is) {
      fields.add(field);
    }
  }

  /** What is wrong with the changes of a path; null is nothing. */
  private static String fault(List<Change> changes, Map<String, String> now, KernelListing before) {
    Map<String, String> was = before.row(text(changes.get(0).path()));
    List<ChangeKind> kinds = changes.stream().map(Change::kind).toList();
    Change last = changes.get(changes.size() - 1);
    boolean isRight =
        switch (last.kind()) {
          case ADDED -> was.isEmpty() && !now.isEmpty() && kinds.size() == 1;
          case DELETED -> !was.isEmpty() && now.isEmpty() && kinds.size() == 1;
          case MOVED ->
              !now.isEmpty()
                  && last.lower() != null
                  && kinds.get(0) == (was.isEmpty() ? ChangeKind.MOVED : ChangeKind.DELETED)
                  && saysFields(last, now, before.row(text(last.lower().path())));
          case REPLACED, MODIFIED, METADATA, TOUCHED ->
              !was.isEmpty()
                  && !now.isEmpty()
                  && kinds.size() == 1
                  && saysFields(last, now, was)
                  && kind(last, now, was).contains(last.kind());
        };
    return isRight ? null : kinds + " " + last.path() + " " + last.fields();
  }

  private static boolean saysFields(
      Change change, Map<String, String> now, Map<String, String> was) {
    return !was.isEmpty() && fields(now, was).equals(new TreeSet<>(change.fields()));
  }

  private static Set<ChangeKind> kind(
      Change change, Map<String, String> now, Map<String, String> was) {
    Set<String> fields = fields(now, was);
    if (fields.contains("type")) {
      return Set.of(ChangeKind.REPLACED);
    }
    if (Comparison.isContent(change.fields())) {
      return Set.of(ChangeKind.MODIFIED);
    }
    ChangeKind same = fields.isEmpty() ? ChangeKind.TOUCHED : ChangeKind.METADATA;
    // no listing tells a directory that was made again from one that was changed
    return now.get("type").equals("d") ? Set.of(ChangeKind.REPLACED, same) : Set.of(same);
  }

  private static List<String> faults(
      Map<String, List<Change>> told, KernelListing after, KernelListing before) {
    List<String> faults = new ArrayList<>();
    told.forEach(
        (path, changes) -> {
          String fault = fault(changes, after.row(path), before);
          if (fault != null) {
            faults.add(fault);
          }
        });
    Set<String> paths = new TreeSet<>(after.paths());
    paths.addAll(before.paths());
    paths.removeAll(told.keySet());
    for (String path : paths) {
      Map<String, String> now = after.row(path);
      Map<String, String> was = before.row(path);
      if (now.isEmpty() || was.isEmpty() || !fields(now, was).isEmpty()) {
        faults.add("not told: " + path);
      }
    }
    faults.sort(Comparator.naturalOrder());
    return faults;
  }

  @ParameterizedTest
  @CsvSource({"pairs, plain", "pairs, redirect", "pairs, metacopy", "pairs, rootless", "stack, of"})
  void whatIsToldIsWhatTheKernelShowedBeforeAndAfter(String name, String views) throws IOException {
    OverlayCorpus corpus = OverlayCorpus.open(OverlayCorpus.FIXTURES, name, log);
    int compared = 0;
    for (OverlayCorpus.View view : corpus.views()) {
      if (view.name().startsWith(views) && view.before() != null) {
        KernelListing before = corpus.kernel(corpus.view(view.before()));
        Map<String, List<Change>> told = told(corpus, view);
        assertThat(faults(told, corpus.kernel(view), before)).as(view.name()).isEmpty();
        compared += told.size();
      }
    }
    assertThat(compared).isGreaterThan(name.equals("pairs") ? 5000 : 50);
    assertThat(log.list()).isEmpty();
  }

  private static String only(Map<String, List<Change>> told, String path) {
    StringBuilder text = new StringBuilder();
    for (Change change : told.getOrDefault(path, List.of())) {
      text.append(text.isEmpty() ? "" : ", ").append(change.kind().label());
      if (change.kind() == ChangeKind.MOVED) {
        text.append(" from ").append(change.lower().path());
      }
    }
    return text.toString();
  }

  /** Of what no listing shows: the name of a case says what was done. */
  @ParameterizedTest
  @ValueSource(strings = {"plain", "redirect", "metacopy", "rootless"})
  void whatWasMadeAgainOrMovedIsCalledSo(String options) throws IOException {
    OverlayCorpus corpus = OverlayCorpus.open(OverlayCorpus.FIXTURES, "pairs", log);
    Map<String, List<Change>> told = told(corpus, corpus.view(options + "-ab"));
    boolean redirects = options.equals("redirect") || options.equals("metacopy");
    for (String then : List.of("touch", "chmod", "chown", "setxattr")) {
      String made = "/D-recreate-t-" + then + "-t";
      assertThat(only(told, made + "/t")).isEqualTo("replaced");
      assertThat(only(told, made + "/t/s/z")).isEqualTo("deleted");
      String moved = "/D-rename-t-" + then + "-t.r";
      assertThat(only(told, moved + "/t.r"))
          .isEqualTo(redirects ? "moved from " + moved + "/t" : "");
      assertThat(only(told, moved + "/t.r/s/z"))
          .isEqualTo(redirects ? "moved from " + moved + "/t/s/z" : "");
      assertThat(only(told, moved + "/t")).isEqualTo(redirects ? "deleted" : "");
      String file = "/F-rename-t-" + then + "-t.r";
      assertThat(only(told, file + "/t.r"))
          .isEqualTo(options.equals("metacopy") ? "moved from " + file + "/t" : "added");
      assertThat(only(told, file + "/t")).isEqualTo("deleted");
      assertThat(only(told, "/F-" + then + "-t-" + then + "-t/t")).isEqualTo("metadata");
    }
  }
}
