package drydock.overlay;

import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.file;
import static drydock.fs.Picture.gone;
import static drydock.fs.Picture.link;
import static drydock.fs.Picture.opaque;
import static drydock.fs.Picture.same;
import static drydock.fs.TreeAssert.assertThatTree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.CorruptDataException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.Entry;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTest {
  private static final String REDIRECT = "trusted.overlay.redirect";
  private static final String METACOPY = "trusted.overlay.metacopy";

  private final FindingLog log = new FindingLog();

  private OverlayTree overlay(Picture[]... topFirst) {
    return overlay(Marks.TRUSTED, topFirst);
  }

  private OverlayTree overlay(Marks marks, Picture[]... topFirst) {
    List<Layer> layers = new ArrayList<>();
    for (Picture[] pictures : topFirst) {
      layers.add(new Layer("l" + layers.size(), PictureTree.of(pictures).root()));
    }
    return OverlayTree.of(layers, marks, log);
  }

  private static Picture[] layer(Picture... pictures) {
    return pictures;
  }

  private static OverlayNode find(FileTree tree, String path) throws IOException {
    return (OverlayNode) new Lookup(tree).findNoFollow(path).node();
  }

  private static Picture metadataOf(Picture file, int size) {
    return file.withBytes(new byte[size]).with(METACOPY, "");
  }

  @Test
  void aRenamedDirectoryIsMergedWithItsOldName() throws IOException {
    FileTree tree =
        overlay(
            layer(gone("a"), dir("b", file("new")).with(REDIRECT, "a")),
            layer(dir("a", file("x", "1"), file("y")), dir("b", file("not me"))),
            layer(dir("a", file("z", "2"))));

    assertThatTree(tree)
        .lists("/", "b")
        .lists("/b", "new", "x", "y", "z")
        .hasFile("/b/z", "2")
        .hasNo("/b/not me");
    assertThat(log.list()).isEmpty();
  }

  @Test
  void anAbsoluteRedirectGoesDownFromTheRootOfLowerLayers() throws IOException {
    FileTree tree =
        overlay(
            layer(dir("p", dir("moved").with(REDIRECT, "/old/place"))),
            layer(dir("old", dir("place", file("one")))),
            layer(dir("old", dir("place", file("two")))));

    assertThatTree(tree).lists("/p/moved", "one", "two");
  }

  @Test
  void aRedirectOnTheWayOfAnotherIsFollowedInLowerLayers() throws IOException {
    FileTree tree =
        overlay(
            layer(dir("c").with(REDIRECT, "/b/sub")),
            layer(dir("b", dir("sub", file("one"))).with(REDIRECT, "/a")),
            layer(dir("a", dir("sub", file("two"))), dir("b", dir("sub", file("wrong")))));

    assertThatTree(tree).lists("/c", "one", "two");
  }

  @Test
  void aRelativeRedirectOnTheWayChangesThatNameOnly() throws IOException {
    FileTree tree =
        overlay(
            layer(dir("c").with(REDIRECT, "/x/b/sub")),
            layer(dir("x", dir("b", dir("sub", file("one"))).with(REDIRECT, "a"))),
            layer(dir("x", dir("a", dir("sub", file("two"))))));

    assertThatTree(tree).lists("/c", "one", "two");
  }

  @Test
  void anAbsoluteRedirectBelowAnOpaqueParentStillLeadsDown() throws IOException {
    FileTree tree =
        overlay(
            layer(opaque(dir("p", dir("moved").with(REDIRECT, "/old")))),
            layer(dir("p", dir("moved", file("hidden"))), dir("old", file("x"))));

    assertThatTree(tree).lists("/p/moved", "x");
  }

  @Test
  void anAbsoluteRedirectBelowAnOpaqueDirectoryOnTheWayLeadsOn() throws IOException {
    FileTree tree =
        overlay(
            layer(dir("c").with(REDIRECT, "/p/q")),
            layer(opaque(dir("p", dir("q", file("one")).with(REDIRECT, "/z"), dir("r")))),
            layer(dir("z", file("two")), dir("p", dir("q", file("wrong")))));

    assertThatTree(tree).lists("/c", "one", "two");
  }

  @Test
  void listedEntriesAreMergedLikeThoseThatAreLookedUp() throws IOException {
    FileTree tree =
        overlay(
            layer(dir("b", file("new")).with(REDIRECT, "a")),
            layer(dir("a", file("x")).with(REDIRECT, "/z"), dir("b", file("wrong"))),
            layer(dir("z", file("y")), dir("a"), dir("b", file("wrong"))));

    Entry b = tree.root().list().get(1);

    assertThat(b.node().list())
        .extracting(e -> e.name().toString())
        .containsExactly("new", "x", "y");
    assertThatTree(tree).lists("/b", "new", "x", "y");
  }

  @Test
  void aMetadataOnlyFileIsNotFollowedThroughFiles() throws IOException {
    FileTree tree =
        overlay(
            layer(metadataOf(file("f"), 4).with(REDIRECT, "/g/sub")),
            layer(file("g")),
            layer(dir("g", file("sub", "data"))));

    assertThatThrownBy(find(tree, "/f")::content).isInstanceOf(CorruptDataException.class);
    assertThat(log.list()).isEmpty();
  }

  @Test
  void anOpaqueDirectoryIsNotRedirected() throws IOException {
    FileTree tree =
        overlay(
            layer(opaque(dir("b", file("new"))).with(REDIRECT, "/a")), layer(dir("a", file("x"))));

    assertThatTree(tree).lists("/b", "new");
  }

  @Test
  void aRedirectDoesNotFollowSymlinksNorGoThroughFiles() throws IOException {
    FileTree tree =
        overlay(
            layer(dir("b").with(REDIRECT, "/l/sub"), dir("c").with(REDIRECT, "/f/sub")),
            layer(link("l", "real"), dir("real", dir("sub", file("x"))), file("f")));

    assertThatTree(tree).lists("/b").lists("/c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a/b", "//a", "/a/", "/a//b", "..", "/a/../b", "."})
  void aRedirectThatIsNoPathIsAFindingAndTheTopIsShown(String value) throws IOException {
    FileTree tree =
        overlay(
            layer(dir("b", file("top")).with(REDIRECT, value)),
            layer(dir("a", dir("b", file("x"))), dir("b", file("y"))));

    assertThatTree(tree).lists("/b", "top");
    assertThat(log.list()).extracting(Finding::severity).containsExactly(Severity.DAMAGE);
  }

  @Test
  void aRootlessMountFollowsNoRedirects() throws IOException {
    FileTree tree =
        overlay(
            Marks.USER,
            layer(dir("b", file("top")).with("user.overlay.redirect", "/a")),
            layer(dir("a", file("x"))));

    assertThatTree(tree).lists("/b", "top");
    assertThat(log.list()).extracting(Finding::severity).containsExactly(Severity.NOTE);
  }

  @Test
  void aMetadataOnlyFileHasItsContentBelow() throws IOException {
    FileTree tree =
        overlay(
            layer(metadataOf(file("f"), 4).withMode(0600).withOwner(5, 6)),
            layer(file("f", "data").with("user.low", "")));

    OverlayNode node = find(tree, "/f");
    assertThatTree(tree).hasFile("/f", "data").hasAttributes("/f");
    assertThat(node.meta().permissions()).isEqualTo(0600);
    assertThat(node.meta().uid()).isEqualTo(5);
    assertThat(node.suppliedBy().index()).isZero();
    assertThat(node.contentSuppliedBy().index()).isEqualTo(1);
    assertThat(log.list()).isEmpty();
  }

  @Test
  void metadataOnlyFilesAreFollowedThroughRedirectsAndLayers() throws IOException {
    FileTree tree =
        overlay(
            layer(
                metadataOf(file("b"), 4).with(REDIRECT, "a"),
                dir("d", metadataOf(file("c"), 4).with(REDIRECT, "/a"))),
            layer(metadataOf(file("a"), 4)),
            layer(metadataOf(file("a"), 4).with(REDIRECT, "/z")),
            layer(file("z", "data"), file("a", "nope")));

    assertThatTree(tree)
        .hasFile("/b", "data")
        .hasFile("/a", "data")
        .hasFile("/d/c", "data")
        .hasFile("/z", "data");
  }

  @Test
  void aMetadataOnlyFileWithoutContentSaysSo() throws IOException {
    FileTree tree =
        overlay(
            layer(metadataOf(file("f"), 4), metadataOf(file("g"), 4), metadataOf(file("h"), 4)),
            layer(dir("f"), gone("g")),
            layer(file("f", "data"), file("g", "data")));

    for (String path : List.of("/f", "/g", "/h")) {
      assertThat(find(tree, path).meta().size()).isEqualTo(4);
      assertThatThrownBy(find(tree, path)::content).isInstanceOf(CorruptDataException.class);
    }
  }

  @Test
  void aRedirectOnAFileWithContentMeansNothing() throws IOException {
    FileTree tree =
        overlay(layer(file("f", "own").with(REDIRECT, "/g")), layer(file("g", "other")));

    assertThatTree(tree).hasFile("/f", "own");
  }

  @Test
  void contentOfAnotherLengthThanItsMetadataIsAFinding() throws IOException {
    FileTree tree = overlay(layer(metadataOf(file("f"), 9)), layer(file("f", "data")));

    assertThat(find(tree, "/f").content().size()).isEqualTo(4);
    assertThat(log.list()).extracting(Finding::severity).containsExactly(Severity.DAMAGE);
  }

  @Test
  void hardLinksOfOneMetadataOnlyFileShareItsContent() throws IOException {
    FileTree tree =
        overlay(
            layer(
                metadataOf(file("one"), 4).with(REDIRECT, "/dir/orig"),
                same("two", "/one"),
                gone("dir")),
            layer(dir("dir", file("orig", "data"))));

    assertThatTree(tree).hasFile("/one", "data").hasFile("/two", "data").hasNo("/dir");
    assertThat(find(tree, "/one").identity()).isEqualTo(find(tree, "/two").identity());
  }
}
