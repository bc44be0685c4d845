package drydock.fs;

import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.file;
import static drydock.fs.Picture.link;
import static drydock.fs.TreeAssert.assertThatTree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountedTreeTest extends FileTreeContract {
  private final PictureTree base =
      PictureTree.labelled(
          "root",
          dir("etc", file("os-release", "cos")),
          dir("var", file("hidden"), dir("lib", file("hidden"))),
          link("lib", "usr/lib"),
          file("srv", "a file"));
  private final PictureTree state =
      PictureTree.labelled(
          "state",
          dir("var", file("x", "state"), dir("lib", file("y", "in lib"))),
          dir("home", file("z", "at home")));
  private final PictureTree data = PictureTree.labelled("data", file("blob", "data"));

  private static Graft graft(String at, FileTree tree, String path) throws IOException {
    return Graft.of(TreePath.of(at), tree, new Lookup(tree).find(path));
  }

  @Override
  protected FileTree tree() throws IOException {
    return MountedTree.of(
        base,
        List.of(
            graft("/var", state, "/var"),
            graft("/home", state, "/home"),
            graft("/mnt/stateful_partition", state, "/"),
            graft("/var/lib/data", data, "/"),
            graft("/srv/inside", data, "/")));
  }

  @Test
  void aGraftHidesWhatTheBaseHasThere() throws IOException {
    assertThatTree(tree())
        .lists("/var", "lib", "x")
        .hasFile("/var/x", "state")
        .hasNo("/var/hidden")
        .hasFile("/etc/os-release", "cos");
  }

  @Test
  void aPathsOriginIsInTheTreeThatIsMountedThere() throws IOException {
    FileTree tree = tree();
    assertThat(tree.originAt(TreePath.of("/etc/x"))).hasToString("root > /etc/x");
    assertThat(tree.originAt(TreePath.of("/var"))).hasToString("state > /var");
    assertThat(tree.originAt(TreePath.of("/mnt"))).hasToString("root > /mnt");
    assertThat(tree.originAt(TreePath.of("/mnt/stateful_partition/a/b")))
        .hasToString("state > /a/b");
    assertThat(tree.originAt(TreePath.of("/var/lib/data/gone"))).hasToString("data > /gone");
    assertThat(tree.originAt(TreePath.of("/var/lib"))).hasToString("state > /var/lib");
    Graft bound = graft("/bound", tree, "/var/lib");
    assertThat(MountedTree.of(tree, List.of(bound)).originAt(TreePath.of("/bound/data/x")))
        .hasToString("data > /x");
  }

  @Test
  void missingMountPointsAppear() throws IOException {
    assertThatTree(tree())
        .lists("/", "etc", "home", "lib", "mnt", "srv", "var")
        .lists("/mnt", "stateful_partition")
        .lists("/mnt/stateful_partition", "home", "var")
        .hasFile("/home/z", "at home");
  }

  @Test
  void graftsLieInsideOthersAndOnlyAtTheirOwnPath() throws IOException {
    assertThatTree(tree())
        .lists("/var/lib", "data", "y")
        .hasFile("/var/lib/data/blob", "data")
        .lists("/mnt/stateful_partition/var/lib", "y");
  }

  @Test
  void aFileInTheWayOfAMountPointIsHidden() throws IOException {
    assertThatTree(tree()).lists("/srv", "inside").hasFile("/srv/inside/blob", "data");
  }

  @Test
  void theLaterOfTwoGraftsAtOnePathCounts() throws IOException {
    FileTree tree =
        MountedTree.of(base, List.of(graft("/var", state, "/"), graft("/var", data, "/")));

    assertThatTree(tree).lists("/var", "blob");
  }

  @Test
  void aGraftAtTheRootReplacesAll() throws IOException {
    FileTree tree = MountedTree.of(base, List.of(graft("/", data, "/"), graft("/s", state, "/")));

    assertThatTree(tree).lists("/", "blob", "s");
  }

  @Test
  void sameInodeNumbersOfDifferentTreesAreDifferentNodes() throws IOException {
    Lookup lookup = new Lookup(tree());
    Node mine = lookup.find("/").node();
    Node other = lookup.find("/mnt/stateful_partition").node();

    assertThat(mine.meta().inode()).isEqualTo(other.meta().inode());
    assertThat(mine.identity()).isNotEqualTo(other.identity());
    assertThat(lookup.find("/var/x").node().identity())
        .isEqualTo(lookup.find("/mnt/stateful_partition/var/x").node().identity());
  }

  @Test
  void originsAndInodesStayThoseOfTheTreesThatTheyAreFrom() throws IOException {
    Node node = new Lookup(tree()).find("/var/x").node();

    assertThat(node.origin().toString()).isEqualTo("state > inode 4");
    assertThat(node.meta().inode()).isEqualTo(4);
  }

  @Test
  void inodeNumbersAreOnlyLookedUpWhereTheyAreUnique() throws IOException {
    assertThatThrownBy(() -> tree().node(2)).isInstanceOf(NoSuchFileException.class);
    assertThat(MountedTree.of(base, List.of()).node(2).meta().isDirectory()).isTrue();
    assertThat(((MountedTree) tree()).trees()).containsExactly(base, state, data);
  }

  @Test
  void infoNamesWhatIsMountedWhere() throws IOException {
    assertThat(tree().info().details()).containsEntry("at /var", "picture \"state\"");
  }
}
