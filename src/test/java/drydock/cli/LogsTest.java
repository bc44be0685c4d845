package drydock.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogsTest {
  private static final String UID = "c31ab849-7f26-4927-8c34-c222012fbe58";
  private static final String T = "2026-11-22T01:00:0";

  /** Bytes; with each option only logs with rotated files are read here, for the time it takes. */
  private static final long LARGE = 5_000;

  @TempDir Path folder;

  /**
   * What the kubelet's own reader (k8s.io/cri-client 0.34.1, pkg/logs, ReadLogs) makes of the files
   * of a container, rotated ones first, as the kernel shows them.
   */
  record Reading(String node, String container, String options, String sha256) {}

  static Stream<Reading> readings() throws IOException {
    List<String> lines = Files.readAllLines(Cli.FIXTURES.resolve("logs/kubelet-reader.tsv"));
    return lines.stream()
        .map(line -> line.split("\t"))
        .filter(cells -> cells[4].equals("-") || Long.parseLong(cells[5]) > LARGE)
        .map(
            cells -> {
              String[] pod = cells[1].split("_");
              String name = pod[0] + "/" + pod[1] + "/" + cells[2];
              return new Reading(cells[0], name, cells[4], cells[6]);
            });
  }

  @ParameterizedTest
  @MethodSource("readings")
  void everyLogIsWhatTheKubeletMakesOfIt(Reading reading) throws NoSuchAlgorithmException {
    List<String> words =
        new ArrayList<>(List.of("logs", Cli.node(reading.node()), reading.container()));
    if (!reading.options().equals("-")) {
      words.addAll(List.of(reading.options().split(" ")));
    }
    Cli.Result result = Cli.run(words);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(result.bytes());
    assertThat(HexFormat.of().formatHex(hash)).isEqualTo(reading.sha256());
    assertThat(result.exit()).isZero();
  }

  /** So no container's log is left out of what the kubelet's reader was asked for. */
  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "gke-wp", "gke-ckpt", "k3s"})
  void everyLogOfANodeIsCompared(String node) throws IOException {
    Set<String> compared = new TreeSet<>();
    for (String line : Files.readAllLines(Cli.FIXTURES.resolve("logs/kubelet-reader.tsv"))) {
      String[] cells = line.split("\t");
      if (cells[0].equals(node) && cells[4].equals("-")) {
        compared.add(String.join(" ", cells[1], cells[2], cells[3]));
      }
    }
    Set<String> listed = new TreeSet<>();
    for (JsonObject log : Cli.run("logs", Cli.node(node), "-o", "jsonl").records()) {
      String pod =
          String.join(
              "_",
              log.get("pod_namespace").getAsString(),
              log.get("pod").getAsString(),
              log.get("pod_uid").getAsString());
      listed.add(pod + " " + log.get("container").getAsString() + " " + log.get("attempt"));
    }
    assertThat(listed).hasSizeGreaterThan(2).isEqualTo(compared);
  }

  @Test
  void theLogOfADeletedPodIsFoundAmongDeletedFiles() throws IOException {
    Path truth = Cli.FIXTURES.resolve("k3s/truth/deleted/helper-pod-x-log.txt");
    Cli.Result result = Cli.run("recover", Cli.node("k3s"), "--inode", "28277", "--to", "-");
    assertThat(result.out()).isEqualTo(Files.readString(truth));
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(ISO_8859_1));
  }

  private String web(String name) {
    return "var/log/pods/shop_web-0_" + UID + "/web/" + name;
  }

  private Cli.Result logs(String... words) {
    List<String> all = new ArrayList<>(List.of("logs", folder.toString()));
    all.addAll(Arrays.asList(words));
    return Cli.run(all);
  }

  /** The engine's records of the small node. */
  private void writeRecords() throws IOException {
    String path = "/var/lib/containerd/io.containerd.metadata.v1.bolt/meta.db";
    Path file = folder.resolve(path.substring(1));
    Files.createDirectories(file.getParent());
    Files.write(file, Cli.run("cat", Cli.node("gke-small"), path).bytes());
  }

  @Test
  void theListSaysWhoseALogIsAndWhatIsLeftOfDeletedPods() throws IOException {
    writeRecords();
    write(web("0.log"), T + "1Z stdout F zero\n");
    write(web("1.log"), T + "2Z stdout F one\n");
    write("var/log/pods/shop_batch_ffff/helper/0.log", T + "3Z stdout F wallet\n");
    write("var/log/pods/shop_batch_ffff/helper/0.log.20261122-010002", T + "2Z stdout F a\n");
    assertThat(logs("--columns", "pod,container,attempt,id,owner,files,bytes,first,last").out())
        .isEqualTo(
            """
            POD         CONTAINER  ATTEMPT  ID                                                                OWNER              FILES  BYTES  FIRST                 LAST
            shop/batch  helper           0  -                                                                 deleted pod            2     69  2026-11-22T01:00:02Z  2026-11-22T01:00:03Z
            shop/web-0  web              0  da18ca8a8a074b579c5c180ef4803ce4382a410d2f2627cbae3c51f0bedcb54a  container              1     35  2026-11-22T01:00:01Z  2026-11-22T01:00:01Z
            shop/web-0  web              1  -                                                                 deleted container      1     34  2026-11-22T01:00:02Z  2026-11-22T01:00:02Z
            """);
    assertThat(logs("shop/batch/helper").out()).isEqualTo("a\nwallet\n");
    assertThat(logs("ffff/helper", "--stream", "stderr").out()).isEmpty();
    assertThat(logs("web").out()).isEqualTo("zero\n");
    assertThat(logs("da18", "--all").out()).isEqualTo("zero\none\n");
  }

  @Test
  void attemptsAreChosenAsTheyAreAskedFor() throws IOException {
    write(web("1.log"), T + "1Z stdout P no end\n");
    write(web("4.log"), T + "2Z stdout F four\n" + T + "2.5Z stderr F err\n");
    write(web("5.log"), T + "3Z stdout F five\n");
    assertThat(logs("web").out()).isEqualTo("five\n");
    assertThat(logs("web-0/web", "-p").out()).isEqualTo("four\nerr\n");
    assertThat(logs(UID + "/web", "--all").out()).isEqualTo("no end\nfour\nerr\nfive\n");
    assertThat(logs("web", "--all", "--tail", "2").out()).isEqualTo("err\nfive\n");
    assertThat(logs("web", "--all", "--stream", "stdout", "--tail", "2").out())
        .isEqualTo("four\nfive\n");
    assertThat(logs("web", "--all", "--since", T + "2.5Z", "--until", T + "3Z").out())
        .isEqualTo("err\n");
    assertThat(logs("web", "--tail", "0").out()).isEmpty();
    assertThat(logs("web", "--all", "--timestamps").out())
        .isEqualTo(
            T
                + "1.000000000Z no end\n"
                + T
                + "2.000000000Z four\n"
                + T
                + "2.500000000Z err\n"
                + T
                + "3.000000000Z five\n");
  }

  @Test
  void bytesComeAsTheyWereWrittenAndDamagedLinesAsTheyAre() throws IOException {
    write(
        web("0.log"),
        T + "1Z stdout P \u00ff\u001b[2J\n" + "no head\n" + T + "2Z stdout F \0b\r\n");
    Cli.Result result = logs("web");
    assertThat(new String(result.bytes(), ISO_8859_1))
        .isEqualTo("\u00ff\u001b[2J\nno head\n\0b\r\n");
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err()).contains("a line without time, stream and tag");
  }

  @Test
  void recordsJoinPiecesAndSayWhereTheTextStands() throws IOException {
    write(
        web("0.log"),
        T
            + "1Z stdout P a\n"
            + T
            + "2Z stderr F \u00ff|\n"
            + "x\n"
            + T
            + "3.25Z stdout F b\n"
            + T
            + "4Z stdout P open\n");
    List<JsonObject> records = logs("web", "-o", "jsonl").records();
    assertThat(records)
        .extracting(each -> each.get("text").getAsString())
        .containsExactly("\\xff|", "x", "ab", "open");
    assertThat(records.get(0).get("text_hex").getAsString()).isEqualTo("ff7c");
    assertThat(records.get(1).get("damaged").getAsBoolean()).isTrue();
    assertThat(records.get(1).get("time").isJsonNull()).isTrue();
    JsonObject joined = records.get(2);
    assertThat(joined.get("time").getAsString()).isEqualTo(T + "1Z");
    assertThat(joined.get("pieces").getAsInt()).isEqualTo(2);
    assertThat(joined.get("offset").getAsLong()).isZero();
    assertThat(joined.get("complete").getAsBoolean()).isTrue();
    assertThat(joined.get("pod_uid").getAsString()).isEqualTo(UID);
    assertThat(joined.get("file").getAsString()).isEqualTo("/" + web("0.log"));
    assertThat(records.get(3).get("complete").getAsBoolean()).isFalse();
  }

  @Test
  void aLineTooLongForOneRecordComesAsSeveral() throws IOException {
    String piece = T + "1Z stdout P " + "x".repeat(700_000) + "\n";
    write(web("0.log"), piece.repeat(3) + T + "2Z stdout F end\n");
    List<JsonObject> records = logs("web", "-o", "jsonl").records();
    assertThat(records)
        .extracting(each -> each.get("text").getAsString().length())
        .containsExactly(
            LogsCommand.MAX_TEXT, LogsCommand.MAX_TEXT, 2_100_003 - 2 * LogsCommand.MAX_TEXT);
    assertThat(records)
        .extracting(each -> each.get("continued") + " " + each.get("complete"))
        .containsExactly("false false", "true false", "true true");
    assertThat(logs("web").bytes()).hasSize(2_100_004);
  }

  @Test
  void whatCannotBeMeantIsSaid() throws IOException {
    writeRecords();
    write(web("2.log"), T + "1Z stdout F two\n");
    write("var/log/pods/a_p_1/job/0.log", "");
    write("var/log/pods/a_p_2/job/0.log", "");
    assertThat(logs("--tail", "3").err()).contains("of which container?");
    assertThat(logs("web", "--tail", "-3").err()).contains("'-3' is not a number of lines");
    assertThat(logs("web", "--since", "noon").err()).contains("'noon' is not a time");
    assertThat(logs("web", "-p", "--all").exit()).isEqualTo(2);
    assertThat(logs("job").err()).contains("'job' may mean 2 containers").contains("/a_p_2/job");
    assertThat(logs("jab").err()).contains("nearest: job");
    Cli.Result gone = logs("web");
    assertThat(gone.err()).contains("has no log of attempt 0, only of 2: --all shows them");
    assertThat(gone.exit()).isEqualTo(1);
    assertThat(logs("exporter").err()).contains("no such file: /var/log/pods/");
    assertThat(logs("5b9ece42da45").err()).contains("its record names no log");
    assertThat(logs("2/job", "-p").err()).contains("has no log of an earlier attempt");
    assertThat(new String(logs("web", "--all").bytes(), UTF_8)).isEqualTo("two\n");
  }

  /** What all files of its attempt hold on the disk; inspect lists the same files. */
  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "k3s"})
  void listKnowsHowManyBytesOfLogThereAre(String node) {
    Map<String, Long> bytes = new HashMap<>();
    for (JsonObject row : Cli.run("logs", Cli.node(node), "-o", "jsonl").records()) {
      if (!row.get("id").isJsonNull()) {
        bytes.put(row.get("id").getAsString(), row.get("bytes").getAsLong());
      }
    }
    int known = 0;
    for (JsonObject row : Cli.run("list", "containers", Cli.node(node), "-o", "jsonl").records()) {
      String id = row.get("id").getAsString();
      Long told = row.get("log_bytes").isJsonNull() ? null : row.get("log_bytes").getAsLong();
      assertThat(told).as(id).isEqualTo(bytes.get(id));
      if (told != null) {
        known++;
        JsonObject all =
            JsonParser.parseString(Cli.run("inspect", Cli.node(node), id).out()).getAsJsonObject();
        long sum = 0;
        for (JsonElement file : all.getAsJsonArray("log_files")) {
          boolean own = file.getAsJsonObject().get("attempt").equals(all.get("attempt"));
          sum += own ? file.getAsJsonObject().get("size").getAsLong() : 0;
        }
        assertThat(sum).as(id).isEqualTo(told);
      }
    }
    assertThat(known).isGreaterThan(1);
  }
}
