package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.bytes.ByteSource;
import drydock.bytes.Extent;
import drydock.evidence.Evidence;
import drydock.evidence.EvidenceOptions;
import drydock.export.tar.Archive;
import drydock.finding.FindingLog;
import drydock.fs.Lookup;
import drydock.fs.NameText;
import drydock.report.Escape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code export}: archives hold what the kernel showed, and nothing is left of what failed. */
class ExportCommandTest {
  private static final Path ROOTS = Cli.FIXTURES.resolve("gke-small/truth/rootfs");

  @TempDir Path folder;

  private Cli.Result export(String... more) {
    List<String> arguments = new ArrayList<>(List.of("export", Cli.node("gke-small")));
    arguments.addAll(List.of(more));
    return Cli.run(arguments);
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private List<JsonObject> manifest(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name)).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String container() throws IOException {
    return Cli.run("list", "containers", Cli.node("gke-small"), "-o", "jsonl").records().stream()
        .filter(each -> each.get("role").getAsString().equals("workload"))
        .findFirst()
        .orElseThrow()
        .get("id")
        .getAsString();
  }

  static Stream<Path> listings() throws IOException {
    try (Stream<Path> files = Files.list(ROOTS)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("listings")
  void theArchiveHasAllThatTheKernelShowed(Path listing) throws Exception {
    String id = listing.getFileName().toString().replaceAll("k8s.io-|\\.jsonl\\.gz", "");
    assertThat(export(id, "--no-volumes", "--to", at("x.tar")).exit()).isZero();
    Map<String, Archive.Entry> entries = Archive.read(Files.readAllBytes(folder.resolve("x.tar")));
    Map<String, String> ours = new TreeMap<>();
    entries.forEach((name, entry) -> ours.put(path(entry), fields(entry, entries)));
    assertThat(ours).isEqualTo(kernels(listing)).isNotEmpty();
    List<JsonObject> lines = manifest("x.tar.manifest.jsonl");
    JsonObject end = lines.get(lines.size() - 1);
    assertThat(end.get("files").getAsInt()).isEqualTo(ours.size());
    assertThat(end.get("losses").getAsInt()).isZero();
    assertThat(names()).containsExactly("x.tar", "x.tar.manifest.jsonl");
  }

  private static String path(Archive.Entry entry) {
    String name = entry.text().replaceFirst("^\\./$", "").replaceFirst("/$", "");
    return "/" + Escape.bytes(name.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String fields(Archive.Entry entry, Map<String, Archive.Entry> all) {
    Archive.Entry content = entry.type() == '1' ? all.get(entry.linkText()) : entry;
    String modified =
        content.records().getOrDefault("mtime", content.modified() + "").replaceFirst("\\.", "");
    StringBuilder text = new StringBuilder();
    text.append("5 2 3 4 6 0 ".charAt("523460".indexOf(content.type()) * 2));
    text.append(' ').append(Long.toOctalString(content.mode()));
    text.append(' ').append(content.uid()).append(' ').append(content.gid()).append(' ');
    text.append(content.records().containsKey("mtime") ? modified : modified + "000000000");
    if (content.type() == '2') {
      text.append(' ').append(content.linkText());
    }
    if (content.type() == '3') {
      text.append(' ').append(content.major()).append(':').append(content.minor());
    }
    if (content.type() == '0' && !content.records().containsKey("GNU.sparse.major")) {
      text.append(' ').append(sha256(content.stored()));
    }
    content
        .records()
        .forEach(
            (key, value) ->
                text.append(
                    key.startsWith("SCHILY.xattr.")
                        ? " "
                            + key.substring("SCHILY.xattr.".length())
                            + "="
                            + HexFormat.of().formatHex(value.getBytes(StandardCharsets.ISO_8859_1))
                        : ""));
    return text.toString();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> kernels(Path listing) throws IOException {
    Map<String, String> rows = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(listing)), StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        JsonObject row = JsonParser.parseString(line).getAsJsonObject();
        String type = row.get("type").getAsString();
        StringBuilder text = new StringBuilder();
        text.append("523460".charAt("dlcbpf".indexOf(type)));
        text.append(' ')
            .append(Integer.toOctalString(Integer.parseInt(row.get("mode").getAsString(), 8)));
        text.append(' ').append(row.get("uid").getAsLong());
        text.append(' ').append(row.get("gid").getAsLong());
        text.append(' ').append(row.get("mtime").getAsLong());
        for (String name : List.of("target", "rdev", "sha256")) {
          text.append(row.has(name) ? " " + row.get(name).getAsString() : "");
        }
        if (row.has("xattrs")) {
          row.getAsJsonObject("xattrs")
              .entrySet()
              .forEach(
                  each -> text.append(" " + each.getKey() + "=" + each.getValue().getAsString()));
        }
        byte[] path = NameText.unescape(row.get("path").getAsString());
        rows.put(Escape.bytes(path), text.toString());
      }
    }
    return rows;
  }

  @Test
  void theManifestSaysWhatWasTakenFromWhere() throws IOException {
    String id = container();
    assertThat(export(id, "--no-volumes", "--to", at("x.tar")).exit()).isZero();
    List<JsonObject> lines = manifest("x.tar.manifest.jsonl");
    JsonObject header = lines.get(0);
    assertThat(header.get("record").getAsString()).isEqualTo("export");
    assertThat(header.get("target").getAsString()).isEqualTo("x.tar");
    assertThat(header.getAsJsonObject("container").get("id").getAsString()).isEqualTo(id);
    assertThat(header.getAsJsonArray("disks")).hasSize(1);
    assertThat(header.getAsJsonArray("layers")).isNotEmpty();
    List<JsonObject> found =
        Cli.run("find", Cli.node("gke-small"), id + ":/", "--no-volumes", "--hash", "-o", "jsonl")
            .records();
    List<JsonObject> files = lines.subList(1, 1 + found.size());
    for (int i = 0; i < found.size(); i++) {
      JsonObject file = files.get(i);
      JsonObject same = found.get(i);
      for (String name : same.keySet()) {
        if (!name.equals("deleted") && !(name.equals("sha256") && file.has("link_of"))) {
          assertThat(file.get(name)).as(name + " of " + same).isEqualTo(same.get(name));
        }
      }
    }
  }

  @Test
  void extentsLeadToTheBytesOnTheDisk() throws IOException {
    String id = container();
    assertThat(export(id, "--no-volumes", "--to", at("x.tar")).exit()).isZero();
    Map<String, Archive.Entry> entries = Archive.read(Files.readAllBytes(folder.resolve("x.tar")));
    EvidenceOptions node =
        new EvidenceOptions(Path.of(Cli.node("gke-small")), List.of(), null, null, null, true);
    int compared = 0;
    try (Evidence evidence = Evidence.open(node, new FindingLog())) {
      for (JsonObject line : manifest("x.tar.manifest.jsonl")) {
        if (line.has("extents")) {
          Archive.Entry entry = entries.get(line.get("path").getAsString().substring(1));
          for (JsonElement each : line.getAsJsonArray("extents")) {
            JsonObject extent = each.getAsJsonObject();
            assertThat(extent.get("in").getAsString()).isEqualTo("node.qcow2");
            int length = extent.get("length").getAsInt();
            byte[] there =
                evidence.disks().get(0).bytes().bytes(extent.get("offset").getAsLong(), length);
            int from = extent.get("position").getAsInt();
            assertThat(there).isEqualTo(Arrays.copyOfRange(entry.stored(), from, from + length));
            compared++;
          }
        }
      }
    }
    assertThat(compared).isPositive();
  }

  @Test
  void everyByteOfAFileLiesWhereItsExtentSays() throws IOException {
    EvidenceOptions node = EvidenceOptions.of(Path.of(Cli.node("gke-small")));
    try (Evidence evidence = Evidence.open(node, new FindingLog())) {
      ByteSource disk = evidence.disks().get(0).bytes();
      String database = "/var/lib/containerd/io.containerd.metadata.v1.bolt/meta.db";
      ByteSource content = new Lookup(evidence.node()).find(database).node().content();
      int compared = 0;
      for (long at = content.nextData(0); at < content.size(); at = content.nextData(at + 1111)) {
        Extent extent = content.extentAt(at);
        assertThat(extent.length()).isPositive();
        assertThat(disk.bytes(extent.offset(), 1)).isEqualTo(content.bytes(at, 1));
        compared++;
      }
      assertThat(compared).isGreaterThan(10);
    }
  }

  @Test
  void nothingIsWrittenOver() throws IOException {
    Files.writeString(folder.resolve("x.tar"), "mine");
    Cli.Result result = export(container(), "--to", at("x.tar"));
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("nothing is written over");
    assertThat(folder.resolve("x.tar")).hasContent("mine");
    assertThat(names()).containsExactly("x.tar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.tar.partial", "x.tar.manifest.jsonl", "x.tar.manifest.jsonl.partial"})
  void whatIsLeftOfAnExportThatWasStoppedIsNotWrittenOver(String left) throws IOException {
    Files.writeString(folder.resolve(left), "mine");
    Cli.Result result = export(container(), "--to", at("x.tar"));
    assertThat(result.exit()).isEqualTo(1);
    assertThat(names()).containsExactly(left);
    assertThat(folder.resolve(left)).hasContent("mine");
  }

  @Test
  void aLinkThatLeadsNowhereIsNotFollowed() throws IOException {
    Files.createSymbolicLink(folder.resolve("x.tar"), folder.resolve("elsewhere"));
    assertThat(export(container(), "--to", at("x.tar")).exit()).isEqualTo(1);
    assertThat(names()).containsExactly("x.tar");
  }

  @Test
  void anExportOfNothingLeavesNothing() throws IOException {
    Cli.Result result = export(container(), "--path", "/no/such/thing", "--to", at("x.tar"));
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("nothing there has such a path");
    assertThat(names()).isEmpty();
  }

  @Test
  void standardOutputHasTheArchiveAlone() throws IOException {
    String id = container();
    Cli.Result piped = export(id, "--to", "-", "--manifest", at("m.jsonl"));
    assertThat(piped.exit()).isZero();
    assertThat(export(id, "--to", at("x.tar")).exit()).isZero();
    assertThat(piped.bytes()).isEqualTo(Files.readAllBytes(folder.resolve("x.tar")));
    List<JsonObject> lines = manifest("m.jsonl");
    assertThat(lines.get(0).get("target").getAsString()).isEqualTo("-");
    assertThat(lines.subList(1, lines.size()))
        .isEqualTo(manifest("x.tar.manifest.jsonl").subList(1, lines.size()));
  }

  @Test
  void standardOutputNeedsAPlaceForTheManifest() {
    assertThat(export("x", "--to", "-").exit()).isEqualTo(2);
  }

  @Test
  void anEndingThatTellsNoFormatIsAskedAbout() throws IOException {
    Cli.Result result = export(container(), "--to", at("x.rar"));
    assertThat(result.exit()).isEqualTo(2);
    assertThat(names()).isEmpty();
  }

  @Test
  void partsOfContainersAndOfTheNodeCanBeTaken() throws IOException {
    String id = container();
    assertThat(export(id + ":/etc", "--no-volumes", "--to", at("a.tar")).exit()).isZero();
    assertThat(export(id, "--path", "/etc/", "--no-volumes", "--to", at("b.tar")).exit()).isZero();
    assertThat(Files.readAllBytes(folder.resolve("a.tar")))
        .isEqualTo(Files.readAllBytes(folder.resolve("b.tar")));
    assertThat(Archive.read(Files.readAllBytes(folder.resolve("a.tar"))).keySet())
        .startsWith("./", "etc/")
        .allMatch(name -> name.equals("./") || name.startsWith("etc/"));
    assertThat(export("/etc", "--to", at("c.tar")).exit()).isZero();
    assertThat(Archive.read(Files.readAllBytes(folder.resolve("c.tar"))).keySet())
        .contains("etc/os-release");
    assertThat(manifest("c.tar.manifest.jsonl").get(0).has("container")).isFalse();
  }

  @Test
  void theWholeNodeIsNotTakenByMistake() {
    assertThat(export("--to", at("x.tar")).exit()).isEqualTo(2);
  }

  @Test
  void volumesAreInIt() throws IOException {
    String id = container();
    assertThat(export(id, "--to", at("x.tar")).exit()).isZero();
    assertThat(manifest("x.tar.manifest.jsonl")).anyMatch(line -> line.has("mount"));
    assertThat(manifest("x.tar.manifest.jsonl"))
        .anyMatch(line -> line.has("mount_note") && line.get("mode").isJsonNull());
  }

  @Test
  void withoutHashesTheArchiveIsTheSame() throws IOException {
    String id = container();
    assertThat(export(id, "--to", at("x.tar")).exit()).isZero();
    assertThat(export(id, "--no-hash", "--threads", "1", "--to", at("y.tar")).exit()).isZero();
    assertThat(Files.mismatch(folder.resolve("x.tar"), folder.resolve("y.tar"))).isEqualTo(-1);
    assertThat(manifest("y.tar.manifest.jsonl").get(3).get("sha256").isJsonNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tar.gz", "tgz", "tar.zst"})
  void compressedArchivesHoldThePlainOne(String ending) throws IOException {
    String id = container();
    assertThat(export(id, "--to", at("x.tar")).exit()).isZero();
    assertThat(export(id, "--to", at("y." + ending)).exit()).isZero();
    try (InputStream file = Files.newInputStream(folder.resolve("y." + ending));
        InputStream in =
            ending.endsWith("gz") ? new GZIPInputStream(file) : new ZstdInputStream(file)) {
      assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(folder.resolve("x.tar")));
    }
  }

  @Test
  void aDirectoryHoldsTheSameAsTheArchive() throws IOException {
    String id = container();
    assertThat(export(id, "--no-volumes", "--to", at("x.tar")).exit()).isZero();
    Cli.Result result = export(id, "--no-volumes", "--to", at("dir"));
    assertThat(result.exit()).isZero();
    Map<String, Archive.Entry> entries = Archive.read(Files.readAllBytes(folder.resolve("x.tar")));
    for (Archive.Entry entry : entries.values()) {
      Path there = folder.resolve("dir").resolve(new String(entry.name(), StandardCharsets.UTF_8));
      assertThat(Files.exists(there, LinkOption.NOFOLLOW_LINKS)).as(entry.text()).isTrue();
      if (entry.type() == '0') {
        assertThat(sha256(Files.readAllBytes(there))).isEqualTo(sha256(entry.stored()));
      }
    }
    assertThat(names())
        .containsExactly("dir", "dir.manifest.jsonl", "x.tar", "x.tar.manifest.jsonl");
    assertThat(manifest("dir.manifest.jsonl").get(0).get("format").getAsString())
        .isEqualTo("directory");
  }

  @Test
  void allTakesEveryWorkloadIntoATargetOfItsOwn() throws IOException {
    Cli.Result result = export("--all", "--format", "tar.gz", "--to", at("case"));
    assertThat(result.exit()).isZero();
    List<String> ids =
        Cli.run(
                "list",
                "containers",
                Cli.node("gke-small"),
                "--hide",
                "support,sandbox",
                "-o",
                "jsonl")
            .records()
            .stream()
            .map(each -> each.get("id").getAsString())
            .toList();
    try (Stream<Path> files = Files.list(folder.resolve("case"))) {
      List<String> names = files.map(each -> each.getFileName().toString()).toList();
      assertThat(names).hasSize(2 * ids.size());
      for (String id : ids) {
        assertThat(names).anyMatch(name -> name.endsWith(id + ".tar.gz"));
        assertThat(names).anyMatch(name -> name.endsWith(id + ".tar.gz.manifest.jsonl"));
      }
    }
  }

  @Test
  void allGoesOnAfterOneThatFails() throws IOException {
    assertThat(export("--all", "--to", at("case")).exit()).isZero();
    Path one;
    try (Stream<Path> files = Files.list(folder.resolve("case"))) {
      one =
          files.filter(each -> each.toString().endsWith(".tar")).sorted().findFirst().orElseThrow();
    }
    Path manifest = one.resolveSibling(one.getFileName() + ".manifest.jsonl");
    Files.delete(one);
    Files.delete(manifest);
    Cli.Result again = export("--all", "--to", at("case"));
    assertThat(one).exists();
    assertThat(manifest).exists();
    assertThat(again.exit()).isEqualTo(again.err().contains("is not exported") ? 1 : 0);
  }

  @Test
  void allWithASelectorMakesNoSense() {
    assertThat(export("x", "--all", "--to", at("case")).exit()).isEqualTo(2);
    assertThat(export("--all", "--to", "-").exit()).isEqualTo(2);
  }
}
