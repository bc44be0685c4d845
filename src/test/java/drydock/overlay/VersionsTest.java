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
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionsTest {
  private static final String REDIRECT = "trusted.overlay.redirect";

  private static OverlayTree overlay(Picture[]... topFirst) {
    List<Layer> layers = new ArrayList<>();
    for (Picture[] pictures : topFirst) {
      layers.add(new Layer("l" + layers.size(), PictureTree.of(pictures).root()));
    }
    return OverlayTree.of(layers, new FindingLog());
  }

  private static Picture[] layer(Picture... pictures) {
    return pictures;
  }

  private static List<String> said(OverlayTree tree, String path) throws IOException {
    return new Versions(tree)
        .of(TreePath.of(path)).stream()
            .map(
                each ->
                    each.layer()
                        + (each.isDeletion() ? " deleted by " : " is ")
                        + each.at().index()
                        + each.at().path())
            .toList();
  }

  @Test
  void everyLayerThatHasAFileIsAVersionTopFirst() throws IOException {
    OverlayTree tree =
        overlay(layer(file("f")), layer(), layer(gone("f")), layer(file("f")), layer(file("g")));
    assertThat(said(tree, "/f")).containsExactly("0 is 0/f", "2 deleted by 2/f", "3 is 3/f");
    assertThat(said(tree, "/nothing")).isEmpty();
  }

  @Test
  void aPathUnderADeletedDirectoryHasItsVersions() throws IOException {
    OverlayTree tree =
        overlay(
            layer(dir("d")),
            layer(gone("d")),
            layer(dir("d", dir("e", file("f")))),
            layer(file("d")),
            layer(dir("d", dir("e", file("f")))));
    assertThat(said(tree, "/d/e/f"))
        .containsExactly("1 deleted by 1/d", "2 is 2/d/e/f", "3 deleted by 3/d", "4 is 4/d/e/f");
  }

  @Test
  void anOpaqueDirectoryDeletesWhatItDoesNotHave() throws IOException {
    OverlayTree tree =
        overlay(layer(opaque(dir("d", file("x")))), layer(dir("d", file("x"), file("y"))));
    assertThat(said(tree, "/d/y")).containsExactly("0 deleted by 0/d", "1 is 1/d/y");
    assertThat(said(tree, "/d/x")).containsExactly("0 is 0/d/x", "1 is 1/d/x");
  }

  @Test
  void whatARenameBroughtIsAVersionOfTheLayerThatRenamed() throws IOException {
    OverlayTree tree =
        overlay(
            layer(gone("a"), dir("b").with(REDIRECT, "a")),
            layer(dir("a", file("f"))),
            layer(dir("b", file("f"))));
    assertThat(said(tree, "/b/f")).containsExactly("0 is 1/a/f", "2 is 2/b/f");
    assertThat(said(tree, "/a/f")).containsExactly("0 deleted by 0/a", "1 is 1/a/f");
  }

  @Test
  void directoriesThatAreMergedAreVersionsEach() throws IOException {
    OverlayTree tree = overlay(layer(dir("d")), layer(), layer(dir("d")));
    assertThat(said(tree, "/d")).containsExactly("0 is 0/d", "2 is 2/d");
  }
}
