package drydock.bolt;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageMapTest {
  private final FindingLog log = new FindingLog();

  static List<String> databases() throws IOException {
    return BoltFixtures.names();
  }

  private List<PageUse> pages(String name) throws IOException {
    List<PageUse> pages = new ArrayList<>();
    PageMap.of(BoltFixtures.open(BoltFixtures.database(name), log)).forEach(pages::add);
    return pages;
  }

  /** As bbolt names pages: what is on its free list, kept or made up, is free. */
  private static String line(PageUse page) {
    boolean free = page.state() == PageState.FREE || page.state() == PageState.UNREACHABLE;
    return page.number()
        + " "
        + (free ? "free" : page.type())
        + " "
        + page.count()
        + " "
        + page.overflowPages();
  }

  @ParameterizedTest
  @ValueSource(strings = {"deletes", "random", "odd", "mix-4096-true", "node-meta"})
  void everyPageIsWhatBboltSaysItIs(String name) throws IOException {
    List<String> expected = BoltFixtures.lines(name + ".pages.gz");
    assertThat(pages(name).stream().map(PageMapTest::line)).isEqualTo(expected);
    assertThat(log.list()).isEmpty();
  }

  @Test
  void whereAFreeListIsKeptNoPageIsUnreachable() throws IOException {
    List<PageUse> pages = pages("deletes");
    assertThat(pages)
        .extracting(PageUse::state)
        .contains(PageState.FREE)
        .doesNotContain(PageState.UNREACHABLE);
    assertThat(pages("random"))
        .extracting(PageUse::state)
        .contains(PageState.UNREACHABLE)
        .doesNotContain(PageState.FREE);
  }

  @Test
  void aPageBelongsToTheBucketWhoseTreeItIsPartOf() throws IOException {
    assertThat(pages("node-meta"))
        .filteredOn(page -> page.state() == PageState.USED)
        .extracting(PageUse::owner)
        .contains("/", "/v1", "/v1/k8s.io", "/v1/k8s.io/containers")
        .doesNotContainNull();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void theTreeHasARowForEachEntry(String name) throws IOException {
    List<String> rows = new ArrayList<>();
    TreeDump.of(
        BoltFixtures.open(BoltFixtures.database(name), log),
        row ->
            rows.add(
                row.depth()
                    + " "
                    + new String(row.key(), StandardCharsets.ISO_8859_1)
                    + " "
                    + row.isBucket()));
    assertThat(rows).hasSameSizeAs(BoltFixtures.expected(name));
    assertThat(rows.stream().filter(r -> r.endsWith("true")).count())
        .isEqualTo(
            BoltFixtures.expected(name).stream().filter(l -> l.startsWith("{\"bucket\"")).count());
  }
}
