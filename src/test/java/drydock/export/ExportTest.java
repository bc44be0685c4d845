package drydock.export;

import static drydock.fs.Picture.broken;
import static drydock.fs.Picture.device;
import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.fifo;
import static drydock.fs.Picture.file;
import static drydock.fs.Picture.link;
import static drydock.fs.Picture.same;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.Origin;
import drydock.export.tar.Archive;
import drydock.export.tar.TarSink;
import drydock.finding.FindingLog;
import drydock.fs.AbsentMount;
import drydock.fs.FileTree;
import drydock.fs.Glob;
import drydock.fs.Graft;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import drydock.fs.Lookup;
import drydock.fs.MountedTree;
import drydock.fs.NodeType;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import drydock.fs.TreePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTest {
  private final FindingLog log = new FindingLog();
  private final Map<String, Exported> done = new LinkedHashMap<>();
  private final List<String> unreadable = new ArrayList<>();
  private int all;
  private long progress;
  private byte[] archive = new byte[0];

  private Map<String, Archive.Entry> export(FileTree tree) throws IOException {
    return export(tree, path -> true, 2, Long.MAX_VALUE);
  }

  private Map<String, Archive.Entry> export(
      FileTree tree, Predicate<TreePath> chosen, int threads, long most) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Export.Observer observer =
        new Export.Observer() {
          @Override
          public void exported(Exported each) {
            done.put(each.path().toString(), each);
            all++;
          }

          @Override
          public void unreadable(TreePath path, String why) {
            unreadable.add(path.toString());
          }

          @Override
          public void progress(long bytes, TreePath path) {
            progress += bytes;
          }
        };
    try (TarSink sink = new TarSink(out)) {
      Export.Options options = new Export.Options(chosen, true, most, threads);
      new Export(sink, options, observer, log).write(tree);
      sink.finish();
    }
    archive = out.toByteArray();
    return Archive.read(archive);
  }

  private static Predicate<TreePath> glob(String pattern) {
    return Glob.ofPath(pattern)::matches;
  }

  @Test
  void everythingIsThereParentsFirstAndNamesInTheOrderOfTheirBytes() throws IOException {
    PictureTree tree =
        PictureTree.of(
            dir("b", file("z", "zz"), link("l", "../a"), dir("d")),
            file("a", "text"),
            device("null", 1, 3),
            fifo("p"));
    assertThat(export(tree).keySet())
        .containsExactly("./", "a", "b/", "b/d/", "b/l", "b/z", "null", "p");
    assertThat(log.isEmpty()).isTrue();
    assertThat(progress).isEqualTo(6);
  }

  @Test
  void aHashIsTheContentsAndDirectoriesHaveNone() throws IOException {
    PictureTree tree = PictureTree.of(dir("d", file("f", "content"), file("empty")));
    export(tree);
    String hash = Hashes.of(new Lookup(tree).find("/d/f").node().content(), HashAlgorithm.SHA256);
    assertThat(done.get("/d/f").sha256()).isEqualTo(hash);
    assertThat(done.get("/d/empty").sha256()).startsWith("e3b0c44298fc1c14");
    assertThat(done.get("/d").sha256()).isNull();
  }

  @Test
  void namesOfOneInodeAreLinksToTheFirstOfThem() throws IOException {
    PictureTree tree =
        PictureTree.of(dir("a", file("x", "one")), same("z", "/a/x"), dir("b", same("y", "/a/x")));
    Map<String, Archive.Entry> entries = export(tree);
    assertThat(entries.get("a/x").type()).isEqualTo('0');
    assertThat(entries.get("z").type()).isEqualTo('1');
    assertThat(entries.get("z").linkText()).isEqualTo("a/x");
    assertThat(entries.get("b/y").linkText()).isEqualTo("a/x");
    assertThat(done.get("/z").sha256()).isNull();
  }

  @Test
  void theFirstNameAmongWhatIsChosenHasTheContent() throws IOException {
    PictureTree tree = PictureTree.of(dir("a", file("x", "one")), dir("b", same("y", "/a/x")));
    Map<String, Archive.Entry> entries = export(tree, glob("/b/*"), 1, Long.MAX_VALUE);
    assertThat(entries.keySet()).containsExactly("./", "b/", "b/y");
    assertThat(entries.get("b/y").type()).isEqualTo('0');
    assertThat(entries.get("b/y").stored()).asString().isEqualTo("one");
  }

  @Test
  void whatIsChosenComesWithAllBelowItAndTheDirectoriesThatLeadThere() throws IOException {
    PictureTree tree =
        PictureTree.of(
            dir("etc", dir("ssh", file("config"), dir("keys", file("k"))), file("motd")),
            dir("var", dir("log", file("a.log"), file("b.txt")), dir("lib", file("x"))));
    Predicate<TreePath> chosen = glob("/etc/ssh").or(glob("/var/**/*.log"));
    assertThat(export(tree, chosen, 1, Long.MAX_VALUE).keySet())
        .containsExactly(
            "./",
            "etc/",
            "etc/ssh/",
            "etc/ssh/config",
            "etc/ssh/keys/",
            "etc/ssh/keys/k",
            "var/",
            "var/log/",
            "var/log/a.log");
  }

  @Test
  void whatCannotBeReadIsToldAndTheRestIsThere() throws IOException {
    PictureTree tree = PictureTree.of(file("a"), broken("b"), file("c"));
    assertThat(export(tree).keySet()).containsExactly("./", "a", "c");
    assertThat(unreadable).containsExactly("/b");
    assertThat(log.hasLosses()).isTrue();
  }

  @Test
  void aFileWithMoreDataThanTheEvidenceHasIsNotBelieved() throws IOException {
    PictureTree tree = PictureTree.of(file("f", "12345678"));
    Map<String, Archive.Entry> entries = export(tree, path -> true, 1, 7);
    assertThat(entries.get("f").records()).containsEntry("GNU.sparse.realsize", "8");
    assertThat(done.get("/f").unread()).containsExactly(new TreeSink.Data(0, 8));
    assertThat(log.hasLosses()).isTrue();
  }

  @Test
  void aMountThatIsNotInTheEvidenceIsAnEmptyDirectoryThatMayBeEntered() throws IOException {
    PictureTree base = PictureTree.of(dir("proc"));
    TreePath at = TreePath.of("/proc");
    AbsentMount absent = new AbsentMount(at, NodeType.DIRECTORY, "kernel", Origin.of("proc"));
    FileTree tree =
        MountedTree.telling(
            base, List.of(new Graft(at, PictureTree.of(), TreePath.ROOT, absent, "kernel")));
    Map<String, Archive.Entry> entries = export(tree);
    assertThat(entries.get("proc/").mode()).isEqualTo(0755);
    assertThat(done.get("/proc").meta().permissions()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void theBytesAreTheSameForAnyNumberOfThreads(int threads) throws IOException {
    Picture[] many = new Picture[300];
    for (int i = 0; i < many.length; i++) {
      many[i] = file("f" + i, "x".repeat(i * 31)).withModified("2026-11-22T00:00:00.5Z");
    }
    // larger than what is read at once, so that it is hashed while it is written
    byte[] bytes = new byte[Preparation.SMALL_BYTES * 8 + 77];
    new Random(1).nextBytes(bytes);
    Picture large = file("large").withBytes(bytes);
    PictureTree tree = PictureTree.of(dir("many", many), large, same("more", "/large"));
    export(tree, path -> true, 1, Long.MAX_VALUE);
    byte[] alone = archive;
    Map<String, Exported> before = new LinkedHashMap<>(done);
    done.clear();
    export(tree, path -> true, threads, Long.MAX_VALUE);
    assertThat(archive).isEqualTo(alone);
    assertThat(done.keySet()).containsExactlyElementsOf(before.keySet());
    done.forEach((path, each) -> assertThat(each.sha256()).isEqualTo(before.get(path).sha256()));
    assertThat(done.get("/large").sha256())
        .isEqualTo(
            Hashes.of(new Lookup(tree).find("/large").node().content(), HashAlgorithm.SHA256));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Names that lead elsewhere, clash, or are like nothing that anybody expects. */
  static Stream<Picture> hostile() {
    return Stream.of(
        file("..", "up"),
        file(".", "here"),
        file("x").withName(new byte[0]),
        file("../../etc/passwd", "up"),
        file("/etc/passwd", "absolute"),
        file("a/b", "slash"),
        file("/", "slash alone"),
        file("a\0b", "zero"),
        file("\0", "zero alone"),
        dir("..", file("inside")),
        dir("../..", dir("..", file(".."))),
        dir(".", dir(".", file("."))),
        dir("a/b/c", file("d")),
        link("l", "/etc/passwd"),
        link("l", "../../../../etc/passwd"),
        link("l", "l"),
        link("l", "."),
        link("l", "\n\u001b[2J"),
        link("..", "/"),
        link("l", "x".repeat(4095)),
        file("n".repeat(255), "long"),
        file("n".repeat(300), "longer than any"),
        file("-rf", "option"),
        file("--checkpoint-action=exec=sh", "option"),
        file("new\nline", "x"),
        file("\u001b]0;title\u0007", "x"),
        file("x").withName(bytes("\u00ff\u00fe")),
        file(" ", "space"),
        file("PaxHeaders", "name of our own"),
        file("GNUSparseFile.0", "name of our own"),
        file("30 path=/etc/passwd\n", "a record in a name"),
        device("..", 1, 3),
        fifo("../fifo"),
        file("f").with("user.../../x", "attribute"),
        file("f").with("\n20 path=evil\n", "20 path=evil\n"));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void noNameLeadsOutOfTheTargetAndNoFileIsLost(Picture picture) throws IOException {
    Map<String, Archive.Entry> entries =
        export(PictureTree.of(file("\\x2e\\x2e"), picture, dir("last", file("file"))));
    assertThat(entries.keySet()).contains("last/file");
    assertThat(entries).hasSize(all);
    for (Archive.Entry entry : entries.values()) {
      assertThat(entry.text()).doesNotContain("\0").doesNotStartWith("/").doesNotContain("//");
      String[] parts = entry.text().split("/");
      for (int i = 0; i < parts.length; i++) {
        assertThat(parts[i]).isNotEmpty().isNotEqualTo("..");
        assertThat(parts[i].equals(".") && !entry.text().equals("./")).isFalse();
      }
    }
  }

  @Test
  void anImpossibleNameIsWrittenSoThatItCanBeToldAndNeverAsAnothersFile() throws IOException {
    PictureTree tree =
        PictureTree.of(
            file("..", "bad"), file("\\x2e\\x2e", "good"), file("\\x2e\\x2e~", "better"));
    Map<String, Archive.Entry> entries = export(tree);
    assertThat(entries.keySet()).containsExactly("./", "\\x2e\\x2e", "\\x2e\\x2e~", "\\x2e\\x2e~~");
    assertThat(entries.get("\\x2e\\x2e").stored()).asString().isEqualTo("bad");
    assertThat(entries.get("\\x2e\\x2e~").stored()).asString().isEqualTo("good");
    assertThat(done.get("/..").file().path()).hasToString("/\\x2e\\x2e");
  }

  @Test
  void aDirectoryInsideItselfEnds() throws IOException {
    PictureTree tree = PictureTree.of(dir("a", file("f"))).loop("/a", "again");
    assertThat(export(tree).keySet()).containsExactly("./", "a/", "a/again/", "a/f");
    assertThat(log.hasLosses()).isTrue();
  }

  @Test
  void aDeepTreeIsWhole() throws IOException {
    Picture deep = file("bottom", "x");
    for (int i = 0; i < 1000; i++) {
      deep = dir("d", deep);
    }
    Map<String, Archive.Entry> entries = export(PictureTree.of(deep));
    assertThat(entries).hasSize(1002).containsKey("d/".repeat(1000) + "bottom");
  }

  @Test
  void whatTheTargetHasNoTypeForIsLeftOutWithItsOtherNames() throws IOException {
    PictureTree tree = PictureTree.of(socket("a"), same("b", "/a"), file("c"));
    assertThat(export(tree).keySet()).containsExactly("./", "c");
    assertThat(done.get("/a").written()).isFalse();
    assertThat(done.get("/b").written()).isFalse();
    assertThat(done.get("/a").notKept()).allMatch(text -> text.startsWith(TreeSink.LEFT_OUT));
    assertThat(log.isEmpty()).isTrue();
  }

  private static Picture socket(String name) {
    Picture f = fifo(name);
    return new Picture(
        f.name(),
        NodeType.SOCKET,
        f.permissions(),
        f.uid(),
        f.gid(),
        f.bytes(),
        f.device(),
        f.times(),
        f.attributes(),
        f.below(),
        f.sameAs(),
        f.broken());
  }

  @Test
  void aLinkWithoutATargetIsLeftOutWithItsOtherNames() throws IOException {
    PictureTree tree = PictureTree.of(link("a", ""), same("b", "/a"), file("c"));
    assertThat(export(tree).keySet()).containsExactly("./", "c");
    assertThat(done.get("/a").written()).isFalse();
    assertThat(done.get("/b").written()).isFalse();
    assertThat(done.get("/b").notKept()).isNotEmpty();
  }
}
