package drydock.overlay;

import static drydock.fs.Picture.broken;
import static drydock.fs.Picture.device;
import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.file;
import static drydock.fs.Picture.gone;
import static drydock.fs.Picture.link;
import static drydock.fs.Picture.opaque;
import static drydock.fs.TreeAssert.assertThatTree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.FileTree;
import drydock.fs.FileTreeContract;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.NodeType;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlayTreeTest extends FileTreeContract {
  private final FindingLog log = new FindingLog();

  private OverlayTree overlay(FileTree... topFirst) throws IOException {
    return overlay(Marks.TRUSTED, topFirst);
  }

  private OverlayTree overlay(Marks marks, FileTree... topFirst) throws IOException {
    List<Layer> layers = new ArrayList<>();
    for (FileTree tree : topFirst) {
      layers.add(new Layer("layer" + layers.size(), tree.root()));
    }
    return OverlayTree.of(layers, marks, log);
  }

  private static OverlayNode find(FileTree tree, String path) throws IOException {
    return (OverlayNode) new Lookup(tree).findNoFollow(path).node();
  }

  @Override
  protected FileTree tree() throws IOException {
    return overlay(
        PictureTree.of(dir("etc", file("passwd", "new"), gone("shadow")), device("dev", 8, 1)),
        PictureTree.of(dir("etc", file("passwd", "old"), file("shadow")), link("l", "etc")),
        PictureTree.of(dir("etc", file("hosts", "h")), dir("var", dir("log"))));
  }

  @Test
  void theTopmostLayerSuppliesEachName() throws IOException {
    FileTree tree = tree();

    assertThatTree(tree)
        .lists("/", "dev", "etc", "l", "var")
        .lists("/etc", "hosts", "passwd")
        .hasFile("/etc/passwd", "new")
        .hasFile("/etc/hosts", "h")
        .hasFile("/l/hosts", "h");
    assertThat(find(tree, "/etc/hosts").suppliedBy().index()).isEqualTo(2);
    assertThat(find(tree, "/etc/hosts").suppliedBy().layer().label()).isEqualTo("layer2");
    assertThat(find(tree, "/etc").suppliedBy().index()).isZero();
    assertThat(log.list()).isEmpty();
  }

  @Test
  void aWhiteoutHidesTheNameInAllLowerLayers() throws IOException {
    FileTree tree =
        overlay(
            PictureTree.of(gone("a"), gone("d"), gone("nothing")),
            PictureTree.of(file("a"), dir("d", file("x"))),
            PictureTree.of(file("a"), dir("d", file("y")), file("b")));

    assertThatTree(tree).lists("/", "b").hasNo("/a").hasNo("/d/x").hasNo("/nothing");
  }

  @Test
  void aNameMadeAgainAboveAWhiteoutIsShownWithoutWhatWasBelow() throws IOException {
    FileTree tree =
        overlay(
            PictureTree.of(dir("d", file("new"))),
            PictureTree.of(gone("d")),
            PictureTree.of(dir("d", file("old"))));

    assertThatTree(tree).lists("/d", "new");
    assertThat(find(tree, "/d").meta().links()).isEqualTo(2);
  }

  @Test
  void whiteoutsOfASingleLayerAreHiddenToo() throws IOException {
    assertThatTree(overlay(PictureTree.of(gone("a"), dir("d", gone("b"), file("c")))))
        .lists("/", "d")
        .lists("/d", "c");
    assertThatTree(
            overlay(PictureTree.of(file("z")), PictureTree.of(dir("only", gone("b"), file("c")))))
        .lists("/only", "c");
  }

  @Test
  void otherDevicesAreNoWhiteouts() throws IOException {
    assertThatTree(overlay(PictureTree.of(device("null", 1, 3)), PictureTree.of(file("null"))))
        .has("/null", NodeType.CHARACTER);
  }

  @Test
  void anOpaqueDirectoryHidesLowerContentOnly() throws IOException {
    FileTree tree =
        overlay(
            PictureTree.of(dir("d", file("top"))),
            PictureTree.of(opaque(dir("d", file("mid")))),
            PictureTree.of(dir("d", file("low"))));

    assertThatTree(tree).lists("/d", "mid", "top").hasNo("/d/low");
  }

  @Test
  void onlyTheLetterYMakesADirectoryOpaque() throws IOException {
    for (String value : List.of("n", "x", "yy", "")) {
      assertThatTree(
              overlay(
                  PictureTree.of(dir("d").with("trusted.overlay.opaque", value)),
                  PictureTree.of(dir("d", file("low")))))
          .lists("/d", "low");
    }
  }

  @Test
  void opaqueOnTheRootMeansNothing() throws IOException {
    FileTree top = PictureTree.ofRoot(opaque(dir("", file("a"))));

    assertThatTree(overlay(top, PictureTree.of(file("b")))).lists("/", "a", "b");
  }

  @Test
  void aFileOverADirectoryAndADirectoryOverAFileEndTheMerge() throws IOException {
    FileTree tree =
        overlay(
            PictureTree.of(file("f", "file"), dir("d", file("x"))),
            PictureTree.of(dir("f", file("in")), file("d")),
            PictureTree.of(dir("f"), dir("d", file("y"))));

    assertThatTree(tree).hasFile("/f", "file").lists("/d", "x");
  }

  @Test
  void marksWithTheOtherPrefixAreOrdinaryAttributes() throws IOException {
    Picture decoy = dir("d").with("user.overlay.opaque", "y");
    Picture real = dir("d").with("trusted.overlay.opaque", "y");
    PictureTree low = PictureTree.of(dir("d", file("low")));

    assertThatTree(overlay(PictureTree.of(decoy), low))
        .lists("/d", "low")
        .hasAttributes("/d", "user.overlay.opaque");
    assertThatTree(overlay(PictureTree.of(real), low)).lists("/d").hasAttributes("/d");
    assertThatTree(overlay(Marks.USER, PictureTree.of(decoy), low)).lists("/d").hasAttributes("/d");
    assertThatTree(overlay(Marks.USER, PictureTree.of(real), low))
        .lists("/d", "low")
        .hasAttributes("/d", "trusted.overlay.opaque");
  }

  @Test
  void attributesOfAnInnerOverlayAreShownUnescapedAndMeanNothing() throws IOException {
    FileTree tree =
        overlay(
            PictureTree.of(
                dir("d")
                    .with("trusted.overlay.overlay.opaque", "y")
                    .with("trusted.overlay.origin", "x")
                    .with("trusted.overlay.overlay.overlay.redirect", "z")
                    .with("trusted.other", "o")
                    .with("user.note", "n")),
            PictureTree.of(dir("d", file("low"))));

    assertThatTree(tree)
        .lists("/d", "low")
        .hasAttributes(
            "/d",
            "trusted.other",
            "trusted.overlay.opaque",
            "trusted.overlay.overlay.redirect",
            "user.note");
  }

  @Test
  void mergedDirectoriesHaveOneLinkAndTheTopmostMetadata() throws IOException {
    FileTree tree =
        overlay(
            PictureTree.of(dir("d").withMode(01777).withOwner(4_000_000_000L, 7)),
            PictureTree.of(dir("d", dir("sub")), dir("e", dir("sub"))));

    assertThat(find(tree, "/d").meta().links()).isEqualTo(1);
    assertThat(find(tree, "/d").meta().permissions()).isEqualTo(01777);
    assertThat(find(tree, "/d").meta().uid()).isEqualTo(4_000_000_000L);
    assertThat(find(tree, "/e").meta().links()).isEqualTo(3);
    assertThat(find(tree, "/").meta().links()).isEqualTo(1);
  }

  @Test
  void sameInodeNumbersOfDifferentLayersAreDifferentNodes() throws IOException {
    FileTree tree =
        overlay(PictureTree.of(file("a")), PictureTree.of(file("b"), Picture.same("c", "/b")));

    assertThat(find(tree, "/a").meta().inode()).isEqualTo(find(tree, "/b").meta().inode());
    assertThat(find(tree, "/a").identity()).isNotEqualTo(find(tree, "/b").identity());
    assertThat(find(tree, "/c").identity()).isEqualTo(find(tree, "/b").identity());
    assertThat(find(tree, "/c").meta().links()).isEqualTo(2);
  }

  @Test
  void filesWithTheWhiteoutAttributeAreWhiteoutsInMarkedDirectories() throws IOException {
    Picture mark = file("gone").with("trusted.overlay.whiteout", "");
    Picture full = file("full", "x").with("trusted.overlay.whiteout", "");
    Picture marked = dir("d", mark, full).with("trusted.overlay.opaque", "x");
    PictureTree low = PictureTree.of(dir("d", file("gone"), file("kept")));

    assertThatTree(overlay(PictureTree.of(file("top")), PictureTree.of(marked), low))
        .lists("/d", "full", "kept")
        .hasNo("/d/gone")
        .hasFile("/d/full", "x");
    assertThatTree(overlay(PictureTree.of(dir("d", mark)), low)).hasNo("/d/gone");
  }

  @Test
  void aLayerThatCannotBeReadIsMissingAndTheOthersAreMerged() throws IOException {
    PictureTree bad = PictureTree.ofRoot(broken("root"));
    PictureTree noDirectory = PictureTree.ofRoot(file("root"));
    FileTree tree = overlay(PictureTree.of(file("a")), bad, noDirectory, PictureTree.of(file("b")));

    assertThatTree(tree).lists("/", "a", "b");
    assertThat(find(tree, "/b").suppliedBy().index()).isEqualTo(3);
    assertThat(log.list())
        .extracting(Finding::severity)
        .containsExactly(Severity.MISSING, Severity.MISSING);
    assertThat(log.list().get(0).what()).startsWith("layer 1 (layer1) is left out");
  }

  @Test
  void withoutAnyLayerThereIsNoRoot() throws IOException {
    OverlayTree tree = overlay(PictureTree.ofRoot(broken("root")));

    assertThatThrownBy(tree::root).isInstanceOf(NoSuchFileException.class);
    assertThat(OverlayTree.of(List.of(), log).info().type()).isEqualTo("overlay");
  }

  @Test
  void damageInOneLayerIsAFindingAndTheOthersAreMerged() throws IOException {
    FileTree tree =
        overlay(
            PictureTree.of(dir("d", file("a"))),
            PictureTree.of(broken("d")),
            PictureTree.of(dir("d", file("b"))));

    assertThatTree(tree).lists("/d", "a", "b");
    assertThat(log.list()).extracting(Finding::what).anyMatch(what -> what.contains("in layer 1"));
    assertThat(log.hasLosses()).isTrue();
  }

  @Test
  void whatIsDamagedAtTheTopIsNotReplacedByAnOlderVersion() throws IOException {
    FileTree tree = overlay(PictureTree.of(broken("f")), PictureTree.of(file("f", "old")));

    assertThatThrownBy(() -> find(tree, "/f")).isInstanceOf(IOException.class);
    assertThatTree(tree).lists("/", "f");
  }

  @Test
  void lookingUpANameListsNothing() throws IOException {
    PictureTree[] layers = new PictureTree[44];
    for (int i = 0; i < layers.length; i++) {
      layers[i] = PictureTree.of(dir("usr", dir("lib", file("f" + i, "x"))));
    }
    FileTree tree = overlay(layers);

    assertThatTree(tree).hasFile("/usr/lib/f43", "x");
    assertThat(layers).allMatch(layer -> layer.listings() == 0);
  }

  @Test
  void inodeNumbersAreAmbiguousAcrossLayers() {
    assertThatThrownBy(() -> tree().node(2)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void originIsTheSupplyingNodes() throws IOException {
    OverlayNode node =
        find(overlay(PictureTree.of(), PictureTree.labelled("low", file("f"))), "/f");

    assertThat(node.origin().toString()).isEqualTo("low > inode 3");
    assertThat(node.child(Name.of("x"))).isEmpty();
  }
}
