package drydock.kubernetes;

import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.file;
import static drydock.fs.Picture.link;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import drydock.fs.TreePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class LogReaderTest {
  private static final String UID = "c31ab849-7f26-4927-8c34-c222012fbe58";
  private static final String T = "2026-11-22T01:00:0";
  private static final LogFilter.Wanted ALL = new LogFilter.Wanted(Instant.MIN, Instant.MAX, null);

  private final FindingLog log = new FindingLog();

  /** What is told of each piece: {@code [first?]TEXT[end]}. */
  private static final class Told implements LogSink {
    private final List<String> pieces = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public void begin(LogPiece piece) {
      LogHead head = piece.head();
      text.append(head == null ? "damaged " : head.stream() + " ");
      text.append(piece.first() ? "" : "...");
    }

    @Override
    public void text(byte[] bytes, int from, int length) {
      text.append(new String(bytes, from, length, UTF_8));
    }

    @Override
    public void end(LogPiece piece, boolean whole) {
      pieces.add(text + (whole ? "" : " (cut)"));
      text.setLength(0);
    }
  }

  private static Picture packed(String name, String text) {
    return file(name).withBytes(gzip(text));
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private PodLogs pods(Picture... files) {
    Picture container = dir("web", files);
    Picture pods = dir("pods", dir("shop_web-0_" + UID, container));
    return new PodLogs(PictureTree.of(dir("var", dir("log", pods))), log);
  }

  private ContainerLogs logs(Picture... files) throws IOException {
    return pods(files).below(PodLogs.USUAL_ROOT).get(0);
  }

  private List<String> read(LogFilter.Wanted wanted, long skipped, Picture... files)
      throws IOException {
    Told told = new Told();
    ContainerLogs logs = logs(files);
    for (int attempt : logs.attempts()) {
      new LogReader(log).read(logs.of(attempt), new LogFilter(wanted, skipped, told));
    }
    return told.pieces;
  }

  private List<String> read(Picture... files) throws IOException {
    return read(ALL, 0, files);
  }

  @Test
  void filesAreReadAsTheyWereWrittenWhateverTheirNamesOrder() throws IOException {
    assertThat(
            read(
                file("10.log", T + "9Z stdout F last\n"),
                file("2.log", T + "4Z stdout F current\n"),
                file("2.log.20261122-010003", T + "3Z stdout F third\n"),
                packed("2.log.20261122-010001.gz", T + "1Z stdout F first\n"),
                packed("2.log.20261122-010002.gz", T + "2Z stdout F second\n"),
                file("notes.txt", "no log")))
        .containsExactly(
            "stdout first", "stdout second", "stdout third", "stdout current", "stdout last");
    assertThat(log.list()).isEmpty();
  }

  @Test
  void linesThatAreInTwoFilesComeOnceAndThatIsSaid() throws IOException {
    assertThat(
            read(
                file("0.log"),
                file("0.log.1", "2026-11-22T01:00:01Z stdout F a\n"),
                packed("0.log.1.gz", "2026-11-22T01:00:01Z stdout F a\n"),
                file("0.log.2.tmp").withBytes(Arrays.copyOf(gzip("half"), 12)),
                file("0.log.2", "2026-11-22T01:00:02Z stdout F b\n")))
        .containsExactly("stdout a", "stdout b");
    assertThat(log.list()).extracting(Finding::severity).containsOnly(Severity.NOTE).hasSize(2);
  }

  @Test
  void piecesOfALineGoOnInTheSameStreamAndInTheNextFile() throws IOException {
    assertThat(
            read(
                file("0.log.1", T + "1Z stdout P a\n" + T + "2Z stderr F e\n"),
                file("0.log", T + "3Z stdout P b\n" + T + "4Z stdout F \n" + T + "5Z stdout F c\n"),
                file("1.log", T + "6Z stdout P open\n"),
                file("2.log", T + "7Z stdout F new\n")))
        .containsExactly(
            "stdout a",
            "stderr e",
            "stdout ...b",
            "stdout ...",
            "stdout c",
            "stdout open",
            "stdout new");
  }

  @Test
  void whatIsNoLineOfALogComesAsItIsAndIsAFinding() throws IOException {
    String good = T + "1Z stdout F good\n";
    assertThat(
            read(
                file(
                    "0.log",
                    "\n"
                        + "no head\n"
                        + good
                        + "2026-13-22T01:00:00Z stdout F x y\n"
                        + T
                        + "1Z stdlog F x\n"
                        + "\0\0\0"
                        + good
                        + T
                        + "1Z stdout F\n"
                        + "x".repeat(300)
                        + "\n")))
        .containsExactly(
            "damaged ",
            "damaged no head",
            "stdout good",
            "damaged 2026-13-22T01:00:00Z stdout F x y",
            "damaged " + T + "1Z stdlog F x",
            "damaged \0\0\0" + good.strip(),
            "damaged " + T + "1Z stdout F",
            "damaged " + "x".repeat(300));
    assertThat(log.list()).extracting(Finding::offset).startsWith(0L, 1L, 44L).hasSize(7);
  }

  @Test
  void ofManyDamagedLinesSomeAreToldAndTheOthersCounted() throws IOException {
    assertThat(read(file("0.log", "{}\n".repeat(1000)))).hasSize(1000);
    assertThat(log.list()).hasSize(21);
    assertThat(log.list().get(0).what()).startsWith("980 more lines");
  }

  @Test
  void aLineWithoutItsEndIsDamageUnlessTheFileWasBeingWritten() throws IOException {
    assertThat(read(file("0.log.1", T + "1Z stdout F a"), file("0.log", T + "2Z stdout F b")))
        .containsExactly("stdout a (cut)", "stdout b (cut)");
    assertThat(log.list())
        .extracting(Finding::severity)
        .containsExactlyInAnyOrder(Severity.NOTE, Severity.DAMAGE);
  }

  @Test
  void ofACompressedFileThatIsCutWhatIsThereIsRead() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append(T + "1Z stdout F line ").append(i * 7919L % 104_729).append('\n');
    }
    byte[] whole = gzip(text.toString());
    List<String> lines =
        read(
            file("0.log.1.gz").withBytes(Arrays.copyOf(whole, whole.length / 2)),
            file("0.log", T + "2Z stdout F after\n"));
    assertThat(lines).hasSizeGreaterThan(5_000).startsWith("stdout line 0", "stdout line 7919");
    assertThat(lines).last().isEqualTo("stdout after");
    assertThat(log.list()).extracting(Finding::what).anyMatch(what -> what.contains("gzip"));
  }

  @Test
  void aCompressedFileThatIsEmptyOrNoneDoesNotHideTheOthers() throws IOException {
    assertThat(
            read(
                file("0.log.1.gz"),
                file("0.log.2.gz").withBytes(new byte[] {0x1f, (byte) 0x8b, 1, 2, 3}),
                file("0.log", T + "2Z stdout F after\n")))
        .containsExactly("stdout after");
    assertThat(log.list()).hasSize(1);
  }

  @Test
  void theFirstPieceOfALineDecidesForAllOfThem() throws IOException {
    Picture text =
        file(
            "0.log",
            T
                + "1Z stdout P a\nbroken\n"
                + T
                + "2Z stderr F e\n"
                + T
                + "3Z stdout F b\n"
                + T
                + "4+01:00 stdout F an hour before\n"
                + T
                + "5Z stdout F z\n");
    Instant second = Instant.parse(T + "2Z");
    assertThat(read(new LogFilter.Wanted(second, Instant.MAX, null), 0, text))
        .containsExactly("stderr e", "stdout z");
    assertThat(read(new LogFilter.Wanted(Instant.MIN, second, null), 0, text))
        .containsExactly("stdout a", "damaged broken", "stdout ...b", "stdout an hour before");
    assertThat(read(new LogFilter.Wanted(Instant.MIN, Instant.MAX, LogStream.STDERR), 0, text))
        .containsExactly("damaged broken", "stderr e");
    assertThat(read(ALL, 2, text)).containsExactly("stderr e", "stdout an hour before", "stdout z");
  }

  @Test
  void namesOfDirectoriesTellPodAndContainer() throws IOException {
    ContainerLogs logs = logs(file("0.log"), file("3.log"));
    assertThat(logs.namespace()).isEqualTo("shop");
    assertThat(logs.pod()).isEqualTo("web-0");
    assertThat(logs.podUid()).isEqualTo(UID);
    assertThat(logs.container()).isEqualTo("web");
    assertThat(logs.attempts()).containsExactly(0, 3);
    Picture old = dir("pods", dir(UID, dir("web", file("0.log"))));
    ContainerLogs older =
        new PodLogs(PictureTree.of(dir("var", dir("log", old))), log)
            .below(PodLogs.USUAL_ROOT)
            .get(0);
    assertThat(older.pod()).isNull();
    assertThat(older.podUid()).isEqualTo(UID);
  }

  @Test
  void linksTellWhoseALogIs() throws IOException {
    String id = "ab".repeat(32);
    String at = "/var/log/pods/shop_web-0_" + UID + "/web/1.log";
    PictureTree tree =
        PictureTree.of(
            dir(
                "var",
                dir(
                    "log",
                    dir(
                        "containers",
                        link("web-0_shop_web-" + id + ".log", at),
                        link("gone_shop_web-" + "cd".repeat(32) + ".log", "/nowhere"),
                        file("other.log")),
                    dir("pods", dir("shop_web-0_" + UID, dir("web", file("1.log")))))));
    assertThat(new PodLogs(tree, log).ids()).isEqualTo(Map.of(TreePath.of(at), id));
  }

  @Test
  void aLogThatTheKubeletDidNotNameHasItsRotatedFilesBesideIt() throws IOException {
    PodLogs pods = pods(file("a.log"), file("a.log.1"), file("b.log"), file("0.log"));
    String directory = PodLogs.USUAL_ROOT + "/shop_web-0_" + UID + "/web/";
    assertThat(pods.at(directory + "a.log").orElseThrow().files())
        .extracting(file -> file.path().name().toString())
        .containsExactly("a.log.1", "a.log");
    assertThat(pods.at(directory + "0.log").orElseThrow().attempts()).containsExactly(0);
    assertThat(pods.at("/nowhere/0.log")).isEmpty();
  }

  @Test
  void aSpanIsFromTheFirstToTheLastLineThatHasATime() throws IOException {
    List<LogFile> files =
        logs(
                file("0.log.1", "broken\n" + T + "1Z stdout F a\n" + T + "2Z stdout F a\n"),
                packed("0.log.2.gz", T + "3Z stdout F a\n" + T + "5Z stdout P a\nbroken"),
                file("0.log"))
            .files();
    assertThat(LogSpan.of(files, log))
        .isEqualTo(new LogSpan(Instant.parse(T + "1Z"), Instant.parse(T + "5Z")));
    assertThat(LogSpan.of(files.subList(2, 3), log)).isEqualTo(new LogSpan(null, null));
  }

  @Test
  void theEndOfALargeFileIsFoundWithoutReadingAllOfIt() throws IOException {
    String text = T + "1Z stdout F a\n" + (T + "2Z stdout F " + "x".repeat(50_000) + "\n");
    String large = text.repeat(120) + T + "3Z stdout F end\n";
    assertThat(LogSpan.of(logs(file("0.log", large)).files(), log))
        .isEqualTo(new LogSpan(Instant.parse(T + "1Z"), Instant.parse(T + "3Z")));
  }
}
