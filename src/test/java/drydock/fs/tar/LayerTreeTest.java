package drydock.fs.tar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.Device;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.FileTree;
import drydock.fs.FileTreeContract;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.NodeType;
import drydock.overlay.Layer;
import drydock.overlay.OverlayTree;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerTreeTest extends FileTreeContract {
  private static final Name OPAQUE = Name.of("trusted.overlay.opaque");

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static TarTree archive(TarBytes bytes) throws IOException {
    return TarTree.open(new ArraySource(bytes.done(), Origin.of("layer.tar")), new FindingLog());
  }

  private static FileTree layer(TarBytes bytes, Deletions deletions, @Nullable FileTree below)
      throws IOException {
    return new LayerTree(archive(bytes), deletions, OPAQUE, LayerRoot.DOCKER, below);
  }

  private static Node find(FileTree tree, String path) throws IOException {
    return new Lookup(tree).findNoFollow(path).node();
  }

  private static String names(Node directory) throws IOException {
    StringBuilder names = new StringBuilder();
    for (Entry entry : directory.list()) {
      boolean gone = Device.ZERO.equals(entry.node().meta().device());
      names.append(gone ? " -" : " ").append(entry.name());
      assertThat(directory.child(entry.name()).orElseThrow().node().identity())
          .isEqualTo(entry.node().identity());
    }
    return names.toString().strip();
  }

  private static TarBytes mark(TarBytes archive, String name) {
    return archive.as(0, 0, 0, 0).file(name, "").as(0644, 0, 0, 1_500_000_000);
  }

  @Override
  protected FileTree tree() throws IOException {
    TarBytes archive =
        new TarBytes().dir("etc/").file("etc/passwd", "root").link("link", "etc/passwd");
    return layer(mark(archive, "etc/.wh.motd").file("a/b/c", "x"), Deletions.EMPTY_FILES, null);
  }

  @Test
  void marksBecomeWhiteoutsInTheOrderOfTheNamesTheyDelete() throws IOException {
    TarBytes archive = new TarBytes().dir("etc/").file("etc/b", "").file("etc/z", "");
    FileTree tree = layer(mark(archive, "etc/.wh.motd"), Deletions.EMPTY_FILES, null);

    assertThat(names(find(tree, "/etc"))).isEqualTo("b -motd z");
    FileMeta gone = find(tree, "/etc/motd").meta();
    assertThat(gone.type()).isEqualTo(NodeType.CHARACTER);
    assertThat(find(tree, "/etc").child(Name.of(".wh.motd"))).isEmpty();
  }

  @Test
  void fileThatIsNoMarkStaysAFileWhereAnEngineWroteWhatAContainerChanged() throws IOException {
    TarBytes archive =
        new TarBytes().file(".wh.odd", "twenty-three bytes here").file(".wh.empty", "");
    mark(archive, ".wh.gone");

    assertThat(names(layer(archive, Deletions.EMPTY_FILES, null).root()))
        .isEqualTo(".wh.empty .wh.odd -gone");
  }

  @Test
  void everyEntryOfSuchANameIsAMarkInTheLayersOfImagesAndNoneInPodmansArchives()
      throws IOException {
    TarBytes archive = new TarBytes().file(".wh.odd", "bytes").dir(".wh.dir/").file("a", "");
    byte[] bytes = archive.unfinished();

    assertThat(names(layer(new TarBytes().raw(bytes, new byte[0]), Deletions.BY_NAME, null).root()))
        .isEqualTo("a -dir -odd");
    assertThat(names(layer(new TarBytes().raw(bytes, new byte[0]), Deletions.NONE, null).root()))
        .isEqualTo(".wh.dir .wh.odd a");
  }

  @Test
  void directoryIsOpaqueByItsMarkOrByItsDeletionBesideIt() throws IOException {
    TarBytes archive = new TarBytes().dir("a/").dir("b/").dir("c/");
    mark(mark(archive, "a/.wh..wh..opq"), ".wh.b");
    FileTree tree = layer(archive, Deletions.EMPTY_FILES, null);

    assertThat(find(tree, "/a").attributes()).containsOnlyKeys(OPAQUE);
    assertThat(find(tree, "/b").attributes()).containsOnlyKeys(OPAQUE);
    assertThat(find(tree, "/c").attributes()).isEmpty();
    assertThat(names(tree.root())).isEqualTo("a b c");
    assertThat(names(find(tree, "/a"))).isEmpty();
  }

  @Test
  void marksOfNoNameAndOfDotsDeleteNothing() throws IOException {
    TarBytes archive = new TarBytes().file("a", "");
    mark(mark(mark(mark(archive, ".wh."), ".wh..."), ".wh.."), ".wh..wh.plnk");

    assertThat(names(layer(archive, Deletions.BY_NAME, null).root())).isEqualTo("a");
  }

  @Test
  void whatTheArchiveDoesNotSayOfADirectoryIsAsBelow() throws IOException {
    FileTree below =
        archive(new TarBytes().as(01777, 5, 6, 1_400_000_000).dir("tmp/").dir("tmp/deep/"));
    TarBytes archive = new TarBytes().as(0600, 1, 2, 1_500_000_000).file("tmp/deep/new", "x");
    FileTree tree = layer(archive.file("own/file", ""), Deletions.EMPTY_FILES, below);

    FileMeta meta = find(tree, "/tmp/deep").meta();
    assertThat(meta.permissions()).isEqualTo(01777);
    assertThat(meta.uid()).isEqualTo(5);
    assertThat(meta.gid()).isEqualTo(6);
    assertThat(meta.times().modified()).isEqualTo(Instant.ofEpochSecond(1_400_000_000));
    assertThat(find(tree, "/own").meta().permissions()).isEqualTo(0755);
    assertThat(find(tree, "/own").meta().times().modified()).isNull();
  }

  /**
   * What the engines make of an archive that says something of its root, and of one that does not.
   */
  @ParameterizedTest
  @CsvSource({
    "DOCKER,755,0,700,7",
    "CONTAINERS_STORAGE,555,0,555,0",
    "CONTAINERD,755,0,755,0",
  })
  void rootIsAsItsEngineMakesIt(
      LayerRoot engine, String unsaid, long owner, String said, long ownerSaid) throws IOException {
    byte[] nothing = new TarBytes().file("a", "").done();
    byte[] own = new TarBytes().as(0700, 7, 8, 9).dir("./").file("a", "").done();

    FileTree bare = layer(nothing, engine, null);
    FileTree named = layer(own, engine, null);
    for (FileTree each : List.of(bare, layer(nothing, engine, bare))) {
      assertThat(Integer.toOctalString(each.root().meta().permissions())).isEqualTo(unsaid);
      assertThat(each.root().meta().uid()).isEqualTo(owner);
    }
    for (FileTree each : List.of(named, layer(nothing, engine, named), layer(own, engine, bare))) {
      assertThat(Integer.toOctalString(each.root().meta().permissions())).isEqualTo(said);
      assertThat(each.root().meta().uid()).isEqualTo(ownerSaid);
    }
  }

  private static FileTree layer(byte[] archive, LayerRoot root, @Nullable FileTree below)
      throws IOException {
    TarTree tar = TarTree.open(new ArraySource(archive, Origin.of("layer.tar")), new FindingLog());
    return new LayerTree(tar, Deletions.BY_NAME, OPAQUE, root, below);
  }

  @Test
  void attributesThatOverlayfsWouldObeyAreNotTheArchives() throws IOException {
    TarBytes archive = new TarBytes().pax("SCHILY.xattr.trusted.overlay.opaque", "y");
    archive.pax("SCHILY.xattr.trusted.overlay.redirect", "/etc").pax("SCHILY.xattr.user.a", "b");
    FileTree tree = layer(archive.dir("d/"), Deletions.BY_NAME, null);

    assertThat(find(tree, "/d").attributes()).containsOnlyKeys(Name.of("user.a"));
    assertThat(new String(find(tree, "/d").attributes().get(Name.of("user.a")), UTF_8))
        .isEqualTo("b");
  }

  @Test
  void directoryThatAHundredLayersOnlyPassThroughIsTheLowestOnes() throws IOException {
    FindingLog log = new FindingLog();
    OverlayTree merged = OverlayTree.of(List.of(), log);
    TarBytes lowest = new TarBytes().as(0750, 7, 8, 1_500_000_000).dir("data/").dir("data/in/");
    merged = merged.under(new Layer("0", layer(lowest, Deletions.BY_NAME, null).root()));
    for (int i = 1; i <= 100; i++) {
      TarBytes next = new TarBytes().file("data/in/" + i, "");
      Node root = layer(next, Deletions.BY_NAME, merged).root();
      merged = merged.under(new Layer(Integer.toString(i), root));
    }

    OverlayTree tree = merged;
    FileMeta meta = assertTimeoutPreemptively(LIMIT, () -> find(tree, "/data/in").meta());
    assertThat(meta.permissions()).isEqualTo(0750);
    assertThat(meta.gid()).isEqualTo(8);
    assertThat(find(tree, "/data/in").list()).hasSize(100);
  }
}
