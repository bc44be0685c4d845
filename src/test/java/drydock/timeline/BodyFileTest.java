package drydock.timeline;

import static drydock.fs.Picture.broken;
import static drydock.fs.Picture.device;
import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.fifo;
import static drydock.fs.Picture.file;
import static drydock.fs.Picture.link;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.DeletedFile;
import drydock.fs.DeletedName;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.FileTree;
import drydock.fs.Graft;
import drydock.fs.Lookup;
import drydock.fs.MountedTree;
import drydock.fs.Name;
import drydock.fs.NodeType;
import drydock.fs.PictureTree;
import drydock.fs.TreePath;
import drydock.truth.BodyFileLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyFileTest {
  private static final FindingLog LOG = new FindingLog();

  @Test
  void lineHasWhatTheSleuthKitPrints() {
    FileTimes times =
        new FileTimes(
            Instant.ofEpochSecond(2, 999_999_999),
            Instant.ofEpochSecond(-1, 500_000_000),
            Instant.ofEpochSecond(15032385535L),
            null,
            null);
    FileMeta meta =
        new FileMeta(12, NodeType.FILE, 06754, 0xffffffffL, 5, 1L << 40, 1, null, times);
    assertThat(line(meta, false))
        .isEqualTo("0|/etc/a|12|r/rrwsr-sr--|4294967295|5|1099511627776|-1|2|15032385535|0\n");
    assertThat(line(meta, true)).endsWith("|-0.500000000|2.999999999|15032385535.000000000|0\n");
  }

  private static String line(FileMeta meta, boolean fraction) {
    BodyFile lines = new BodyFile("", fraction, 1);
    TreePath path = TreePath.of("/etc/a");
    lines.add(
        new TimedFile(path, 12, NodeType.FILE, meta, null, TimedFile.Fate.LIVING), null, null);
    return StandardCharsets.UTF_8.decode(lines.lines()).toString();
  }

  @Test
  void typesAndModesHaveTheirLetters() throws IOException {
    PictureTree tree =
        PictureTree.of(
            device("c", 1, 3),
            dir("d").withMode(01777),
            fifo("f").withMode(0),
            file("g").withMode(07666),
            link("l", "d -> e"),
            link("m", ""),
            link("n", "\0\0"));
    assertThat(text(tree, true, 1))
        .isEqualTo(
            """
            0|/|2|d/drwxr-xr-x|0|0|4096|0|0|0|0
            0|/c|3|c/crw-------|0|0|0|0|0|0|0
            0|/d|4|d/drwxrwxrwt|0|0|4096|0|0|0|0
            0|/f|5|p/p---------|0|0|0|0|0|0|0
            0|/g|6|r/rrwSrwSrwT|0|0|0|0|0|0|0
            0|/l -> d -\\x3e e|7|l/lrwxrwxrwx|0|0|6|0|0|0|0
            0|/m|8|l/lrwxrwxrwx|0|0|0|0|0|0|0
            0|/n|9|l/lrwxrwxrwx|0|0|2|0|0|0|0
            """);
  }

  @Test
  void socketHasTheSleuthKitsLetters() {
    FileMeta meta = new FileMeta(12, NodeType.SOCKET, 0755, 0, 0, 0, 1, null, FileTimes.NONE);
    BodyFile lines = new BodyFile("", false, 1);
    TreePath path = TreePath.of("/run/s");
    lines.add(
        new TimedFile(path, 12, NodeType.SOCKET, meta, null, TimedFile.Fate.LIVING), null, null);
    assertThat(StandardCharsets.UTF_8.decode(lines.lines()).toString())
        .isEqualTo("0|/run/s|12|s/hrwxr-xr-x|0|0|0|0|0|0|0\n");
  }

  @Test
  void prefixStandsBeforeEveryPath() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new BodyFileWriter(false, false, true, 2, LOG)
        .write(PictureTree.of(dir("a", file("b"))), "pod/web|:", out, (b, f, at) -> {});
    assertThat(out.toString(StandardCharsets.UTF_8).lines().map(line -> line.split("\\|")[1]))
        .containsExactly("pod/web\\x7c:/", "pod/web\\x7c:/a", "pod/web\\x7c:/a/b");
  }

  @Test
  void contentIsHashedWhereAsked() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new BodyFileWriter(false, true, true, 2, LOG)
        .write(PictureTree.of(file("abc", "abc"), link("l", "abc")), "", out, (b, f, at) -> {});
    assertThat(BodyFileLine.all(out.toByteArray()).stream().map(BodyFileLine::md5))
        .containsExactly("0", "900150983cd24fb0d6963f7d28e17f72", "0");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void whatCannotBeReadIsAFindingAndTheRestIsThere(int threads) throws IOException {
    FindingLog log = new FindingLog();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PictureTree tree = PictureTree.of(file("a"), broken("b"), file("c"));
    new BodyFileWriter(false, true, true, threads, log).write(tree, "", out, (b, f, at) -> {});
    assertThat(BodyFileLine.all(out.toByteArray())).hasSize(3);
    assertThat(log.list()).hasSize(1);
  }

  @Test
  void deletedNamesStandBehindTheirDirectoryAndNamelessFilesAtTheEnd() throws IOException {
    assertThat(text(deletedIn("a"), true, 2))
        .isEqualTo(
            """
            0|/|2|d/drwxr-xr-x|0|0|4096|0|0|0|0
            0|/free (deleted)|4|r/rrw-r--r--|0|0|4|0|0|0|0
            0|/free2 (deleted)|4|r/rrw-r--r--|0|0|4|0|0|0|0
            0|/taken (deleted-realloc)|3|d/rrw-r--r--|0|0|0|0|0|0|0
            0|/wiped (deleted)|0|-/----------|0|0|0|0|0|0|0
            0|/a|3|r/rrw-r--r--|0|0|0|0|0|0|0
            0|/$OrphanFiles/OrphanFile-5 (deleted)|5|-/rrw-r--r--|0|0|1|0|0|0|0
            """);
    assertThat(text(deletedIn("a"), false, 2).lines()).hasSize(2);
  }

  @Test
  void namelessFilesOfAGraftedTreeLieWhereItLies() throws IOException {
    FileTree grafted = deletedIn("b");
    FileTree base = PictureTree.labelled("base", dir("var", dir("log")), dir("mnt"));
    FileTree node =
        MountedTree.of(
            base,
            List.of(
                Graft.of(TreePath.of("/var/log"), grafted, new Lookup(grafted).find("/")),
                Graft.of(TreePath.of("/mnt"), grafted, new Lookup(grafted).find("/"))));
    assertThat(text(node, true, 1).lines().filter(line -> line.contains("Orphan")))
        .containsExactly(
            "0|/var/log/$OrphanFiles/OrphanFile-5 (deleted)|5|-/rrw-r--r--|0|0|1|0|0|0|0");
  }

  /** A tree of one file, with names deleted from its root and an inode that no name leads to. */
  private static FileTree deletedIn(String living) throws IOException {
    PictureTree tree = PictureTree.of(file(living));
    PictureTree gone = PictureTree.labelled("gone", dir("2"), file("4", "free"), file("5", "5"));
    return new HauntedTree(
        tree,
        List.of(
            name("free", 4L, NodeType.FILE, DeletedName.State.DELETED, gone),
            name("free2", 4L, NodeType.FILE, DeletedName.State.ORPHAN, gone),
            name("taken", 3L, NodeType.DIRECTORY, DeletedName.State.REUSED, tree),
            name("wiped", null, null, DeletedName.State.UNKNOWN, tree)),
        List.of(
            new DeletedFile(gone.node(4), DeletedFile.State.DELETED, 1, 0, null, null, null),
            new DeletedFile(gone.node(5), DeletedFile.State.ORPHAN, 1, 0, null, null, null)));
  }

  private static DeletedName name(
      String name, Long inode, NodeType type, DeletedName.State state, PictureTree tree) {
    Entry.Target target = inode == null ? null : () -> tree.node(inode);
    return new DeletedName(Name.of(name), inode, type, state, target, Origin.of("block"), 0, null);
  }

  private static String text(FileTree tree, boolean deleted, int threads) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new BodyFileWriter(false, false, deleted, threads, LOG).write(tree, "", out, (b, f, at) -> {});
    return out.toString(StandardCharsets.UTF_8);
  }
}
