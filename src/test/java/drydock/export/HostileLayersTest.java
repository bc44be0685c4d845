package drydock.export;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.drift.Change;
import drydock.drift.Drift;
import drydock.export.folder.FolderSink;
import drydock.export.tar.Archive;
import drydock.export.tar.TarSink;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.PictureTree;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import drydock.overlay.Layer;
import drydock.overlay.OverlayNode;
import drydock.overlay.OverlayTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Layers that no runtime writes: of each the merged view is the right one or a finding says what is
 * wrong with it, and telling all of it, its changes and its hidden versions, and taking it out as
 * an archive and as a directory ends soon and writes nothing but the target.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileLayersTest {
  @TempDir Path folder;

  private final FindingLog log = new FindingLog();

  private static OverlayTree merged(List<PictureTree> trees, FindingLog log) {
    List<Layer> layers = new ArrayList<>();
    for (PictureTree tree : trees) {
      layers.add(new Layer("l" + layers.size(), tree.root()));
    }
    return OverlayTree.of(layers, log);
  }

  private String said() {
    return log.list().stream().map(Finding::what).collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @MethodSource("drydock.export.HostileLayers#cases")
  void theMergedViewIsRightOrAFindingSaysWhatIsNot(HostileLayers.Case each) throws IOException {
    OverlayTree tree = merged(each.layers(), log);
    Set<String> shown = new TreeSet<>();
    new TreeWalk(log)
        .walk(
            TreePath.ROOT,
            tree.root(),
            (path, node, meta) -> {
              if (!path.isRoot()) {
                shown.add(new String(path.bytes(), StandardCharsets.UTF_8));
              }
              tellAll((OverlayNode) node);
            });
    assertThat(shown).hasSizeLessThanOrEqualTo(each.paths());
    if (each.shown() != null) {
      assertThat(String.join(" ", shown)).isEqualTo(each.shown());
    }
    if (each.finding().isEmpty()) {
      assertThat(log.list()).isEmpty();
    } else {
      assertThat(said()).contains(each.finding());
    }
  }

  private void tellAll(OverlayNode node) throws IOException {
    assertThat(node.hidden()).hasSizeLessThan(HostileLayers.MANY);
    try {
      node.beneath();
    } catch (IOException e) {
      log.add(e, node.origin());
    }
    if (node.meta().isDirectory()) {
      node.deleted();
    } else if (node.meta().isFile()) {
      try {
        node.content();
      } catch (IOException e) {
        log.add(e, node.origin());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("drydock.export.HostileLayers#cases")
  void changesAreToldInBoundedTime(HostileLayers.Case each) throws IOException {
    List<PictureTree> lower = each.layers().subList(1, each.layers().size());
    OverlayTree upper = merged(each.layers(), log);
    Drift drift = Drift.between(upper, merged(lower, log), List.of(), null, log);
    List<Change> changes = new ArrayList<>();
    drift.walk(sides -> changes.addAll(drift.changes(sides, () -> {})));
    assertThat(changes).hasSizeLessThan(45_000);
  }

  @ParameterizedTest
  @MethodSource("drydock.export.HostileLayers#cases")
  void nothingIsWrittenButTheTarget(HostileLayers.Case each) throws IOException {
    Path outside = Files.createDirectories(folder.resolve("a/b/c"));
    OverlayTree tree = merged(each.layers(), log);
    Export.Options options = new Export.Options(path -> true, false, 1 << 20, 2);
    try (TreeSink sink = FolderSink.create(outside.resolve("out"))) {
      new Export(sink, options, new Quiet(), log).write(tree);
      sink.finish();
    }
    for (Path at = outside; !at.equals(folder); at = at.getParent()) {
      try (Stream<Path> list = Files.list(at)) {
        assertThat(list).hasSize(1);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarSink sink = new TarSink(out)) {
      new Export(sink, options, new Quiet(), log).write(tree);
      sink.finish();
    }
    for (String name : Archive.read(out.toByteArray()).keySet()) {
      assertThat(name).doesNotStartWith("/");
      assertThat(Arrays.asList(name.split("/"))).doesNotContain("..");
    }
    assertThat(out.size()).isLessThan(40 << 20);
  }

  private static final class Quiet implements Export.Observer {
    @Override
    public void exported(Exported each) {}

    @Override
    public void unreadable(TreePath path, String why) {}

    @Override
    public void progress(long bytes, TreePath path) {}
  }
}
