package drydock.export.folder;

import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.fifo;
import static drydock.fs.Picture.file;
import static drydock.fs.Picture.link;
import static drydock.fs.Picture.same;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.export.Export;
import drydock.export.Exported;
import drydock.export.ExportedFile;
import drydock.export.TreeSink;
import drydock.finding.FindingLog;
import drydock.fs.Device;
import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.FileTree;
import drydock.fs.NodeType;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import drydock.fs.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an unprivileged examiner gets, too; owners and devices need root and a live test. */
@EnabledOnOs(OS.LINUX)
class FolderSinkTest {
  @TempDir Path folder;

  private final FindingLog log = new FindingLog();
  private final Map<String, Exported> done = new LinkedHashMap<>();

  private Path export(FileTree tree) throws IOException {
    Path target = folder.resolve("out");
    Export.Observer observer =
        new Export.Observer() {
          @Override
          public void exported(Exported each) {
            done.put(each.path().toString(), each);
          }

          @Override
          public void unreadable(TreePath path, String why) {}

          @Override
          public void progress(long bytes, TreePath path) {}
        };
    try (TreeSink sink = FolderSink.create(target)) {
      Export.Options options = new Export.Options(path -> true, false, Long.MAX_VALUE, 1);
      new Export(sink, options, observer, log).write(tree);
      sink.finish();
    }
    return target;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  /** The examiner's own number, so that nobody needs to be root. */
  private long me() throws IOException {
    return ((Number) Files.getAttribute(folder, "unix:uid")).longValue();
  }

  private long group() throws IOException {
    return ((Number) Files.getAttribute(folder, "unix:gid")).longValue();
  }

  @Test
  void filesAreThereWithContentModeTimesLinksAndPipes() throws IOException {
    PictureTree tree =
        PictureTree.of(
            dir(
                    "d",
                    file("f", "text")
                        .withMode(04751)
                        .withOwner(me(), group())
                        .withModified("2001-02-03T04:05:06.123456789Z"),
                    same("g", "/d/f"),
                    link("l", "/etc/passwd").withModified("2002-01-01T00:00:00.5Z"),
                    fifo("p"))
                .withMode(0750)
                .withModified("1965-01-01T00:00:00.000000001Z"));
    Path out = export(tree);
    Path f = out.resolve("d/f");
    assertThat(f).hasContent("text");
    assertThat(Files.getAttribute(f, "unix:mode")).isEqualTo(0104751);
    assertThat(Files.getLastModifiedTime(f))
        .isEqualTo(FileTime.from(Instant.parse("2001-02-03T04:05:06.123456789Z")));
    assertThat(Files.isSameFile(f, out.resolve("d/g"))).isTrue();
    assertThat(Files.readSymbolicLink(out.resolve("d/l"))).isEqualTo(Path.of("/etc/passwd"));
    assertThat(Files.getLastModifiedTime(out.resolve("d/l"), LinkOption.NOFOLLOW_LINKS))
        .isEqualTo(FileTime.from(Instant.parse("2002-01-01T00:00:00.5Z")));
    assertThat((int) Files.getAttribute(out.resolve("d/p"), "unix:mode") >> 12).isEqualTo(1);
    assertThat(Files.getLastModifiedTime(out.resolve("d")))
        .isEqualTo(FileTime.from(Instant.parse("1965-01-01T00:00:00.000000001Z")));
    assertThat((int) Files.getAttribute(out.resolve("d"), "unix:mode")).isEqualTo(040750);
    assertThat(names()).containsExactly("out");
  }

  @Test
  void holesStayHoles() throws IOException {
    Path target = folder.resolve("out");
    FileMeta root = meta(NodeType.DIRECTORY, 0755, 0, null);
    FileMeta meta = meta(NodeType.FILE, 0600, 1L << 32, null);
    try (TreeSink sink = FolderSink.create(target)) {
      sink.add(of("/", root));
      sink.beginFile(
          of("/s", meta), List.of(new TreeSink.Data(5, 2), new TreeSink.Data(1L << 31, 3)));
      sink.write("abcde".getBytes(StandardCharsets.UTF_8), 0, 5);
      sink.endFile();
      sink.finish();
    }
    Path file = target.resolve("s");
    assertThat(Files.size(file)).isEqualTo(1L << 32);
    try (var channel = Files.newByteChannel(file)) {
      var bytes = java.nio.ByteBuffer.allocate(3);
      channel.position(1L << 31).read(bytes);
      assertThat(new String(bytes.array(), StandardCharsets.UTF_8)).isEqualTo("cde");
    }
  }

  private static FileMeta meta(NodeType type, int mode, long size, Device device) {
    return new FileMeta(1, type, mode, 0, 0, size, 1, device, FileTimes.NONE);
  }

  private static ExportedFile of(String path, FileMeta meta) {
    return new ExportedFile(TreePath.of(path), meta, null, new TreeMap<>(), new byte[0]);
  }

  @Test
  void aDirectoryThatNobodyMayWriteToIsFilledAllTheSame() throws IOException {
    PictureTree tree =
        PictureTree.of(
            dir("a", dir("b", file("x", "1")).withMode(0)).withMode(0500),
            dir("c", same("y", "/a/b/x")));
    Path out = export(tree);
    assertThat(out.resolve("c/y")).hasContent("1");
    assertThat((int) Files.getAttribute(out.resolve("a"), "unix:mode")).isEqualTo(040500);
    Files.setPosixFilePermissions(
        out.resolve("a"), java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    assertThat((int) Files.getAttribute(out.resolve("a/b"), "unix:mode")).isEqualTo(040000);
    Files.setPosixFilePermissions(
        out.resolve("a/b"), java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
  }

  static Stream<Picture> hostile() {
    return Stream.of(
        file("..", "up"),
        file("../escaped", "up"),
        file("/tmp/escaped", "absolute"),
        dir("..", file("escaped")),
        dir("../..", dir("..", file("escaped"))),
        file("a\0b"),
        file("n".repeat(300), "long"),
        dir("n".repeat(300), file("below")),
        link("l", "..\0"),
        file("x\n\u001b[2J"));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void nothingIsWrittenOutsideOfTheTarget(Picture picture) throws IOException {
    Path out = export(PictureTree.of(picture, file("last", "last")));
    assertThat(out.resolve("last")).hasContent("last");
    assertThat(names()).containsExactly("out");
    try (Stream<Path> all = Files.walk(out, 64)) {
      assertThat(done).hasSize((int) all.count());
    }
  }

  @Test
  void aLinkThatWasWrittenIsNotFollowedByWhatComesUnderItsName() throws IOException {
    Path victim = Files.createDirectory(folder.resolve("victim"));
    Path target = folder.resolve("out");
    FileMeta directory = meta(NodeType.DIRECTORY, 0755, 0, null);
    try (TreeSink sink = FolderSink.create(target)) {
      sink.add(of("/", directory));
      sink.add(
          new ExportedFile(
              TreePath.of("/d"),
              meta(NodeType.SYMLINK, 0777, 0, null),
              null,
              new TreeMap<>(),
              victim.toString().getBytes(StandardCharsets.UTF_8)));
      // the same name once more, as no tree gives it
      assertThat(sink.add(of("/d", directory))).anyMatch(text -> text.startsWith("name: "));
      sink.beginFile(of("/d/x", meta(NodeType.FILE, 0600, 0, null)), List.of());
      sink.endFile();
      sink.finish();
    }
    assertThat(victim).isEmptyDirectory();
    assertThat(target.resolve("d~2/x")).isRegularFile();
  }

  @Test
  void aNameThatIsTakenForAnotherGetsANumberAndSaysSo() throws IOException {
    Path target = folder.resolve("out");
    try (TreeSink sink = FolderSink.create(target)) {
      sink.add(of("/", meta(NodeType.DIRECTORY, 0755, 0, null)));
      for (int i = 0; i < 3; i++) {
        sink.beginFile(of("/same", meta(NodeType.FILE, 0600, 0, null)), List.of());
        sink.endFile();
      }
      sink.finish();
    }
    try (Stream<Path> files = Files.list(target)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("same", "same~2", "same~3");
    }
  }

  @Test
  void ownersThatMayNotBeGivenAreToldAndSetIdBitsWithThem() throws IOException {
    Path out = export(PictureTree.of(file("f").withOwner(me() + 12_345, group()).withMode(06755)));
    int mode = (int) Files.getAttribute(out.resolve("f"), "unix:mode");
    if (me() == 0) {
      assertThat(mode).isEqualTo(0106755);
      assertThat(done.get("/f").notKept()).isEmpty();
    } else {
      assertThat(mode).isEqualTo(0100755);
      assertThat(done.get("/f").notKept())
          .anyMatch(text -> text.startsWith("owner "))
          .anyMatch(text -> text.startsWith("set-id bits"));
    }
  }

  @Test
  void nothingIsLeftOfWhatWasNotFinished() throws IOException {
    try (TreeSink sink = FolderSink.create(folder.resolve("out"))) {
      sink.add(of("/", meta(NodeType.DIRECTORY, 0755, 0, null)));
      sink.add(of("/d", meta(NodeType.DIRECTORY, 0, 0, null)));
      sink.beginFile(of("/d/x", meta(NodeType.FILE, 0600, 0, null)), List.of());
      assertThat(names()).containsExactly("out.partial");
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void whatIsThereIsNotWrittenOver() throws IOException {
    Path target = Files.createDirectory(folder.resolve("out"));
    assertThatThrownBy(() -> FolderSink.create(target))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(names()).containsExactly("out");
  }

  @Test
  void deepTreesNeedNotManyOpenFiles() throws IOException {
    Picture deep = file("bottom", "x");
    for (int i = 0; i < 600; i++) {
      deep = dir("d", deep, file("z"));
    }
    Path out = export(PictureTree.of(deep));
    assertThat(done).hasSize(1202);
    assertThat(out.resolve("d/".repeat(600) + "bottom")).hasContent("x");
  }

  @Test
  void deviceNumbersArePackedAsTheCLibraryDoes() {
    assertThat(FolderSink.number(new Device(8, 1))).isEqualTo(0x801);
    assertThat(FolderSink.number(new Device(0x12345, 0x6789ab))).isEqualTo(0x12006789345abL);
  }
}
