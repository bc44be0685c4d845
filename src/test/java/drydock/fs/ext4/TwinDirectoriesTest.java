package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Graft;
import drydock.fs.Lookup;
import drydock.fs.MountedTree;
import drydock.fs.OpenOptions;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An image in which the name of a file, {@code /dir/linked}, was made one of /acl-dir. */
class TwinDirectoriesTest {
  private final FindingLog log = new FindingLog();
  private FileTree twins;

  @BeforeEach
  void nameADirectoryTwice() throws IOException {
    byte[] raw = Images.raw("ext4-no-sums");
    Ext4Tree sound = Images.tree("ext4-no-sums", log);
    long directory = new Lookup(sound).find("/acl-dir").node().meta().inode();
    for (int entry : entriesOf(raw, "linked")) {
      raw[entry] = (byte) directory;
      raw[entry + 7] = 2;
    }
    twins = Ext4Format.openTree(new ArraySource(raw, Origin.of("twins")), OpenOptions.DEFAULT, log);
  }

  /** Where in the image, and in its journal, an entry of that name begins. */
  private static List<Integer> entriesOf(byte[] raw, String name) {
    String all = new String(raw, StandardCharsets.ISO_8859_1);
    String entry = (char) name.length() + "\1" + name;
    List<Integer> found = new ArrayList<>();
    for (int at = all.indexOf(entry); at >= 0; at = all.indexOf(entry, at + 1)) {
      found.add(at - 6);
    }
    assertThat(found).isNotEmpty();
    return found;
  }

  private List<String> walk(FileTree tree) throws IOException {
    List<String> paths = new ArrayList<>();
    new TreeWalk(log)
        .walk(TreePath.ROOT, tree.root(), (path, node, meta) -> paths.add(path.toString()));
    paths.removeIf(path -> path.contains("/index"));
    return paths;
  }

  private long refused() {
    return log.list().stream()
        .map(Finding::what)
        .filter(what -> what.contains("another name leads to this directory too"))
        .count();
  }

  @Test
  void bothNamesAreShownAndOneIsEntered() throws IOException {
    assertThat(walk(twins))
        .contains("/acl-dir", "/acl-dir/child", "/dir/linked")
        .doesNotContain("/dir/linked/child");
    assertThat(refused()).isEqualTo(1);
  }

  @Test
  void eachPlaceWhereTheFileSystemIsMountedShowsItOnce() throws IOException {
    FileTree mounted =
        MountedTree.of(
            twins,
            List.of(
                Graft.of(TreePath.of("/mnt/whole"), twins, new Lookup(twins).find("/")),
                Graft.of(TreePath.of("/mnt/part"), twins, new Lookup(twins).find("/acl-dir"))));

    assertThat(walk(mounted))
        .contains("/acl-dir/child", "/mnt/whole/acl-dir/child", "/mnt/part/child")
        .contains("/dir/linked", "/mnt/whole/dir/linked")
        .doesNotContain("/dir/linked/child", "/mnt/whole/dir/linked/child");
    assertThat(refused()).isEqualTo(2);
  }
}
