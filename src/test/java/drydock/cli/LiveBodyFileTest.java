package drydock.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.disk.OpenDisk;
import drydock.disk.Qcow2Format;
import drydock.finding.FindingLog;
import drydock.truth.MactimeBodyFile;
import drydock.truth.PlasoBodyFile;
import drydock.truth.TimedRow;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * plaso and mactime read body files as {@link PlasoBodyFile} and {@link MactimeBodyFile} say, and
 * fls makes the same of every partition. Needs The Sleuth Kit, e2fsprogs and {@link LivePeers}.
 */
@Tag("live")
class LiveBodyFileTest {
  private static final List<String> MEANINGS =
      List.of(
          "Last Access Time",
          "Content Modification Time",
          "Metadata Modification Time",
          "Creation Time");

  @TempDir static Path work;
  private static LivePeers peers;

  @BeforeAll
  static void find() throws Exception {
    peers = new LivePeers(work);
  }

  @ParameterizedTest
  @CsvSource({
    "gke-small, --quiet",
    "gke-small, --fraction",
    "gke-wp, --quiet",
    "gke-wp, --fraction --md5",
    "gke-ckpt, --quiet",
    "gke-ckpt, --fraction --md5",
    "k3s, --quiet",
    "k3s, --fraction --md5",
    "docker-containerd, --quiet",
    "docker-containerd, --fraction --md5",
  })
  void bothReadTheBodyFileOfANode(String node, String options) throws Exception {
    assertBothRead(Cli.node(node), options.split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "gke-wp", "gke-ckpt", "k3s", "docker-containerd"})
  void bothReadTheBodyFileOfContainers(String node) throws Exception {
    List<String> words = new ArrayList<>(List.of("--fraction"));
    Cli.run("list", "containers", Cli.node(node), "-o", "jsonl")
        .records()
        .forEach(container -> words.add(container.get("id").getAsString()));
    assertBothRead(Cli.node(node), words.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--quiet", "--fraction"})
  void bothReadHostileNamesAndTimes(String option) throws Exception {
    Path image = hostileImage();
    assertBothRead(image.toString(), option, "--partition", "0");
  }

  private static void assertBothRead(String evidence, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("timeline", evidence));
    words.addAll(Arrays.asList(options));
    Cli.Result result = Cli.run(words);
    assertThat(result.exit()).as(result.err()).isZero();
    Path body = Files.createTempFile(work, "node", ".body");
    Files.write(body, result.bytes());
    assertThat(new String(peers.mactime(body), ISO_8859_1))
        .isEqualTo(MactimeBodyFile.sorted(result.bytes()));
    List<String> found = new ArrayList<>();
    for (String line : peers.plaso(body)) {
      found.add(event(JsonParser.parseString(line).getAsJsonObject()));
    }
    List<String> told = new ArrayList<>();
    PlasoBodyFile.read(result.bytes()).forEach(entry -> events(entry, told));
    found.sort(null);
    told.sort(null);
    assertThat(found).hasSizeGreaterThan(50).isEqualTo(told);
  }

  private static String event(JsonObject event) {
    JsonObject time = event.getAsJsonObject("date_time");
    String nanos = "-";
    if (time.has("timestamp")) {
      boolean fraction = text(time, "__class_name__").equals("PosixTimeInNanoseconds");
      nanos = text(time, "timestamp") + (fraction ? "" : "000000000");
    }
    return String.join(
        "|",
        text(event, "filename"),
        text(event, "symbolic_link_target"),
        text(event, "inode"),
        text(event, "mode_as_string"),
        text(event, "owner_identifier"),
        text(event, "group_identifier"),
        text(event, "size"),
        event.has("md5") ? text(event, "md5") : "-",
        text(event, "timestamp_desc"),
        nanos);
  }

  private static String text(JsonObject event, String field) {
    return event.get(field).getAsString();
  }

  private static void events(PlasoBodyFile.Entry entry, List<String> into) {
    List<String> fields =
        List.of(
            entry.filename(),
            entry.target(),
            "" + entry.inode(),
            entry.mode(),
            entry.owner(),
            "" + entry.group(),
            "" + entry.size(),
            entry.md5() == null ? "-" : entry.md5(),
            "");
    String file = String.join("|", fields);
    int before = into.size();
    for (int i = 0; i < MEANINGS.size(); i++) {
      BigInteger time = entry.times().get(i);
      if (time != null) {
        into.add(file + MEANINGS.get(i) + "|" + time);
      }
    }
    if (into.size() == before) {
      into.add(file + "Not a time|-");
    }
  }

  /** Made by mke2fs and debugfs: names and targets of any bytes, and every time that ext4 has. */
  private static Path hostileImage() throws Exception {
    Path image = Files.createTempFile(work, "hostile", ".raw");
    peers.run("python3", "src/test/scripts/hostile_timeline.py", image.toString());
    return image;
  }

  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "gke-wp", "gke-ckpt", "k3s", "docker-containerd"})
  void flsMakesTheSameOfEveryPartition(String node) throws Exception {
    Path raw = work.resolve(node + ".raw");
    try (OpenDisk disk = new Qcow2Format().open(Path.of(Cli.node(node)), new FindingLog())) {
      SparseCopy.write(disk.bytes(), raw);
    }
    int compared = 0;
    for (JsonObject partition : partitions(node)) {
      String number = text(partition, "number");
      String system = partition.get("file_system").toString();
      if (system.contains("ext")) {
        Cli.Result ours =
            Cli.run("timeline", Cli.node(node), "--partition", number, "--no-journal");
        long sector = partition.get("start").getAsLong() / 512;
        byte[] fls = peers.run("fls", "-r", "-m", "/", "-o", "" + sector, raw.toString());
        List<TimedRow> files = MactimeBodyFile.read(ours.bytes());
        BodyFileFlsTest.assertSame(system.contains("ext4") ? files : unborn(files), fls);
        compared++;
      }
    }
    assertThat(compared).isPositive();
    Files.delete(raw);
  }

  /** fls has no births of ext2, whatever its inodes hold. */
  private static List<TimedRow> unborn(List<TimedRow> files) {
    List<TimedRow> unborn = new ArrayList<>();
    for (TimedRow file : files) {
      List<BigInteger> times = new ArrayList<>(file.times());
      times.set(3, null);
      unborn.add(file.withTimes(times));
    }
    return unborn;
  }

  private static List<JsonObject> partitions(String node) {
    Cli.Result info = Cli.run("info", Cli.node(node), "-o", "json");
    List<JsonObject> partitions = new ArrayList<>();
    JsonParser.parseString(info.out())
        .getAsJsonObject()
        .getAsJsonArray("partitions")
        .forEach(each -> partitions.add(each.getAsJsonObject()));
    return partitions;
  }

  @Test
  void flsMakesTheSameOfHostileNames() throws Exception {
    Path image = hostileImage();
    Cli.Result ours = Cli.run("timeline", image.toString(), "--no-journal");
    byte[] fls = peers.run("fls", "-r", "-m", "/", image.toString());
    BodyFileFlsTest.assertSame(MactimeBodyFile.read(ours.bytes()), fls);
    assertThat(new String(fls, UTF_8)).contains("(deleted)");
  }
}
