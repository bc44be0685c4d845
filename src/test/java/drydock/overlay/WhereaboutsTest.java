package drydock.overlay;

import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.file;
import static drydock.fs.Picture.gone;
import static drydock.fs.Picture.opaque;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.FindingLog;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import drydock.overlay.Whereabouts.Answer;
import drydock.overlay.Whereabouts.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WhereaboutsTest {
  private static final String REDIRECT = "trusted.overlay.redirect";
  private static final String METACOPY = "trusted.overlay.metacopy";

  private final FindingLog log = new FindingLog();

  private OverlayTree overlay(Picture[]... topFirst) {
    List<Layer> layers = new ArrayList<>();
    for (Picture[] pictures : topFirst) {
      layers.add(new Layer("l" + layers.size(), PictureTree.of(pictures).root()));
    }
    return OverlayTree.of(layers, log);
  }

  private static Picture[] layer(Picture... pictures) {
    return pictures;
  }

  /** Everything that layers do to each other. */
  private OverlayTree busy() {
    return overlay(
        layer(
            file("f", "new"),
            gone("g"),
            gone("d"),
            dir("moved", file("own")).with(REDIRECT, "/d"),
            opaque(dir("o", file("x", "now"))),
            file("was-a-directory"),
            file("meta").withBytes(new byte[4]).with(METACOPY, "").with(REDIRECT, "/data")),
        layer(
            dir("d", dir("b", file("deep")).with(REDIRECT, "a"), gone("a")),
            dir("o", file("y")),
            dir("was-a-directory", file("lost"))),
        layer(
            file("f", "old"),
            file("g"),
            file("data", "1234"),
            dir("d", dir("a", file("deeper")), file("e")),
            dir("o", file("x", "then"), file("z"))));
  }

  private static String said(OverlayTree tree, int layer, String path) throws IOException {
    Answer answer = new Whereabouts(tree).of(layer, TreePath.of(path));
    LayerNode by = answer.hiddenBy();
    return answer.part()
        + " "
        + answer.path()
        + (by == null ? "" : " " + answer.how() + " " + by.index() + by.path());
  }

  @Test
  void whatNothingLiesOverIsShownInItsPlace() throws IOException {
    OverlayTree tree = busy();
    assertThat(said(tree, 0, "/f")).isEqualTo("SHOWN /f");
    assertThat(said(tree, 0, "/o/x")).isEqualTo("SHOWN /o/x");
    assertThat(said(tree, 2, "/")).isEqualTo("MERGED /");
  }

  @Test
  void whatIsHiddenTellsByWhat() throws IOException {
    OverlayTree tree = busy();
    assertThat(said(tree, 2, "/f")).isEqualTo("HIDDEN /f replaced 0/f");
    assertThat(said(tree, 2, "/g")).isEqualTo("HIDDEN /g deleted 0/g");
    assertThat(said(tree, 2, "/o/x")).isEqualTo("HIDDEN /o/x its directory is made anew 0/o");
    assertThat(said(tree, 1, "/o/y")).isEqualTo("HIDDEN /o/y its directory is made anew 0/o");
    assertThat(said(tree, 1, "/was-a-directory/lost"))
        .isEqualTo("HIDDEN /was-a-directory/lost its directory is replaced 0/was-a-directory");
    assertThat(said(tree, 0, "/g")).isEqualTo("WHITEOUT /g");
  }

  @Test
  void whatWasRenamedIsFoundUnderItsNewName() throws IOException {
    OverlayTree tree = busy();
    assertThat(said(tree, 2, "/d/e")).isEqualTo("SHOWN /moved/e");
    assertThat(said(tree, 1, "/d/b/deep")).isEqualTo("SHOWN /moved/b/deep");
    assertThat(said(tree, 2, "/d/a/deeper")).isEqualTo("SHOWN /moved/b/deeper");
    assertThat(said(tree, 1, "/d")).isEqualTo("MERGED /moved");
    assertThat(said(tree, 1, "/d/a")).isEqualTo("WHITEOUT /d/a");
  }

  @Test
  void contentUnderMetadataOfAnotherLayerIsTold() throws IOException {
    OverlayTree tree = busy();
    assertThat(said(tree, 2, "/data")).isEqualTo("SHOWN /data");
    OverlayTree copied =
        overlay(
            layer(file("data").withBytes(new byte[4]).with(METACOPY, "")),
            layer(file("data", "1234")));
    assertThat(said(copied, 1, "/data")).isEqualTo("CONTENT /data");
  }

  @Test
  void whatIsNotThereIsToldByWhereItWouldBe() throws IOException {
    OverlayTree tree = overlay(layer(gone("d")), layer(dir("d")));
    assertThat(said(tree, 1, "/d/nothing")).isEqualTo("HIDDEN /d/nothing deleted 0/d");
    assertThat(said(tree, 1, "/nothing")).isEqualTo("HIDDEN /nothing");
  }

  /** Goes both ways: from the view to the layers, and from the layers to the view. */
  @Test
  void everyNodeOfTheViewIsFoundFromItsLayer() throws IOException {
    OverlayTree tree = busy();
    Whereabouts whereabouts = new Whereabouts(tree);
    Set<String> shown = new HashSet<>();
    new TreeWalk(log)
        .walk(
            TreePath.ROOT,
            tree.root(),
            (path, node, meta) -> {
              LayerNode at = ((OverlayNode) node).suppliedBy();
              Answer answer = whereabouts.of(at.index(), at.path());
              assertThat(answer.part()).as(path.toString()).isEqualTo(Part.SHOWN);
              assertThat(answer.path()).isEqualTo(path);
              shown.add(at.index() + " " + at.path());
            });
    for (LayerNode root : tree.roots()) {
      new TreeWalk(log)
          .walk(
              TreePath.ROOT,
              root.node(),
              (path, node, meta) -> {
                boolean told = whereabouts.of(root.index(), path).part() == Part.SHOWN;
                assertThat(told)
                    .as(root.index() + " " + path)
                    .isEqualTo(shown.contains(root.index() + " " + path));
              });
    }
    assertThat(log.list()).isEmpty();
  }
}
