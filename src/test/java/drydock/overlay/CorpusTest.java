package drydock.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.FindingLog;
import drydock.truth.KernelListing;
import drydock.truth.OverlayCorpus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Layers that a kernel's overlayfs wrote by every ordered pair of operations, and stacks of up to
 * 128 of them, are merged as that kernel merged them: all paths, all fields but for inode numbers.
 */
class CorpusTest {
  private static final Set<String> EXCEPT = Set.of("ino", "atime");

  @ParameterizedTest
  @CsvSource({"pairs, 20, 90000", "stack, 15, 900", "marks, 2, 40"})
  void theKernelsLayersAreMergedAsTheKernelDoes(String corpus, int views, int paths)
      throws IOException {
    compare(OverlayCorpus.FIXTURES, corpus, views, paths);
  }

  /**
   * With an index the kernel copies all names of a hard-linked file up at once; we do not read the
   * index, and show as the kernel does without it.
   */
  private static boolean isLinked(String difference, KernelListing ours, KernelListing kernel) {
    String path = difference.substring(0, difference.indexOf(": "));
    return !ours.row(path).get("nlink").equals("1") || !kernel.row(path).get("nlink").equals("1");
  }

  /** Compares all views of a corpus, of which there are so many, with at least so many paths. */
  static void compare(Path folder, String name, int views, int paths) throws IOException {
    FindingLog log = new FindingLog();
    OverlayCorpus corpus = OverlayCorpus.open(folder, name, log);
    assertThat(corpus.views()).hasSize(views);
    int compared = 0;
    int denied = 0;
    for (OverlayCorpus.View view : corpus.views()) {
      KernelListing kernel = corpus.kernel(view);
      Set<String> refused =
          kernel.paths().stream()
              .filter(path -> kernel.row(path).containsKey("error"))
              .collect(Collectors.toSet());
      KernelListing ours = KernelListing.of(corpus.merged(view), log);
      List<String> differences = ours.differences(kernel.without(refused), EXCEPT);
      if (view.options().contains("index=on")) {
        assertThat(differences).allMatch(line -> isLinked(line, ours, kernel));
      } else {
        assertThat(differences).as("%s, %s", view.name(), view.options()).isEmpty();
      }
      compared += ours.size();
      denied += refused.size();
    }
    assertThat(compared).isGreaterThan(paths);
    // what the kernel lists and then denies is told, and nothing else
    assertThat(log.list()).hasSize(denied);
  }
}
