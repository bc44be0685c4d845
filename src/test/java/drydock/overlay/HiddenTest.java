package drydock.overlay;

import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.file;
import static drydock.fs.Picture.gone;
import static drydock.fs.Picture.opaque;
import static drydock.fs.TreeAssert.text;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HiddenTest {
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

  private static OverlayNode find(FileTree tree, String path) throws IOException {
    return (OverlayNode) new Lookup(tree).findNoFollow(path).node();
  }

  private static List<String> deleted(FileTree tree, String path) throws IOException {
    List<String> names = new ArrayList<>();
    for (Deleted deleted : find(tree, path).deleted()) {
      String was =
          deleted.was().isPresent() ? " was in " + deleted.was().get().suppliedBy().index() : "";
      names.add(deleted.name() + " by " + deleted.mark().index() + was);
    }
    return names;
  }

  @Test
  void aFileHidesTheFilesAndWhiteoutsOfItsNameBelow() throws IOException {
    FileTree tree =
        overlay(
            layer(file("f", "0")),
            layer(gone("f")),
            layer(),
            layer(file("f", "3")),
            layer(file("g")));

    List<Hidden> hidden = find(tree, "/f").hidden();

    assertThat(hidden).extracting(h -> h.at().index()).containsExactly(1, 3);
    assertThat(hidden).extracting(Hidden::whiteout).containsExactly(true, false);
    assertThat(find(tree, "/f").beneath()).isEmpty();
    assertThat(find(tree, "/g").hidden()).isEmpty();
  }

  @Test
  void beneathIsTheVersionBefore() throws IOException {
    FileTree tree = overlay(layer(file("f", "0")), layer(), layer(file("f", "2")));

    OverlayNode before = find(tree, "/f").beneath().orElseThrow();

    assertThat(text(before)).isEqualTo("2");
    assertThat(before.beneath()).isEmpty();
    assertThat(before.suppliedBy().index()).isEqualTo(2);
  }

  @Test
  void aMergedDirectoryHidesNoneOfItsParts() throws IOException {
    FileTree tree =
        overlay(layer(dir("d")), layer(dir("d")), layer(file("d")), layer(dir("d", file("x"))));

    assertThat(find(tree, "/d").merged()).extracting(LayerNode::index).containsExactly(0, 1);
    assertThat(find(tree, "/d").hidden()).extracting(h -> h.at().index()).containsExactly(2, 3);
  }

  @Test
  void deletedNamesTellWhatTheyWere() throws IOException {
    FileTree tree =
        overlay(
            layer(gone("a"), gone("nothing"), gone("twice")),
            layer(file("a"), gone("b"), gone("twice")),
            layer(file("b"), file("kept"), file("twice")));

    assertThat(deleted(tree, "/"))
        .containsExactly("a by 0 was in 1", "b by 1 was in 2", "nothing by 0", "twice by 0");
  }

  @Test
  void aDeletedDirectoryCanBeWalkedAsItWas() throws IOException {
    FileTree tree =
        overlay(
            layer(gone("d")),
            layer(dir("d", file("x", "new"), gone("z"))),
            layer(dir("d", file("x", "old"), file("y"), file("z"))));

    OverlayNode was = find(tree, "/").deleted().get(0).was().orElseThrow();

    assertThat(was.list()).extracting(e -> e.name().toString()).containsExactly("x", "y");
    assertThat(text(was.list().get(0).node())).isEqualTo("new");
    assertThat(was.deleted()).extracting(d -> d.name().toString()).containsExactly("z");
  }

  @Test
  void aDirectoryMadeAgainHidesWhatTheOldOneHad() throws IOException {
    FileTree tree =
        overlay(
            layer(opaque(dir("d", file("again", "0"), dir("sub")))),
            layer(dir("d", file("again", "1"), file("x"), dir("sub", file("deep"))), file("o")),
            layer(dir("d", file("y"), gone("not"))));

    assertThat(deleted(tree, "/d")).containsExactly("x by 0 was in 1", "y by 0 was in 2");
    assertThat(find(tree, "/d/again").hidden()).extracting(h -> h.at().index()).containsExactly(1);
    assertThat(text(find(tree, "/d/again").beneath().orElseThrow())).isEqualTo("1");
    assertThat(deleted(tree, "/d/sub")).containsExactly("deep by 0 was in 1");
    assertThat(deleted(tree, "/")).isEmpty();
  }

  @Test
  void aFileInPlaceOfADirectoryHidesItWhole() throws IOException {
    FileTree tree = overlay(layer(file("d")), layer(dir("d", file("x"))));

    OverlayNode before = find(tree, "/d").beneath().orElseThrow();

    assertThat(before.list()).hasSize(1);
    assertThat(find(tree, "/d").hidden()).hasSize(1);
  }
}
