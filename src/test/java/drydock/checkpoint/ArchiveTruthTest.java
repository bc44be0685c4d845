package drydock.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.FileTree;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import drydock.fs.Lookup;
import drydock.fs.Node;
import drydock.fs.tar.TarListing;
import drydock.fs.tar.TarTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The archives against what tar, sha256sum and crit said of them. */
class ArchiveTruthTest {
  static final List<String> WITH_STATISTICS =
      List.of("counter-podman", "multi-podman", "shop-1", "shop-2", "sidecar");

  private final FindingLog log = new FindingLog();

  private static byte[] plain(String name) throws IOException {
    byte[] raw = Files.readAllBytes(CheckpointFixture.archive(name));
    InputStream in = new ByteArrayInputStream(raw);
    return switch (raw[0] & 0xff) {
      case 0x28 -> new ZstdCompressorInputStream(in).readAllBytes();
      case 0x1f -> new GZIPInputStream(in).readAllBytes();
      default -> raw;
    };
  }

  private static ByteSource source(byte[] bytes) {
    return new ArraySource(bytes, Origin.of("a"));
  }

  private Checkpoint open(byte[] archive) throws IOException {
    return Checkpoint.open(source(archive), log).get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop-1", "shop-2", "sidecar"})
  void listIsThatOfTarAndContentsThoseOfSha256sum(String name) throws IOException {
    FileTree tree = TarTree.open(source(plain(name)), log);

    assertThat(TarListing.of(tree))
        .isEqualTo(
            TarListing.normalised(
                CheckpointFixture.text(name, "archive-list.txt").lines().toList()));
    List<String> hashes = CheckpointFixture.text(name, "files.sha256").lines().toList();
    for (String line : hashes) {
      String[] fields = line.split(" +", 2);
      Node node = new Lookup(tree).find(fields[1]).node();
      assertThat(Hashes.of(node.content(), HashAlgorithm.SHA256)).as(line).isEqualTo(fields[0]);
    }
    assertThat(hashes).hasSizeGreaterThan(50);
    assertThat(log.list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop-1", "shop-2", "sidecar"})
  void changesOfTheRootAreThoseThatTarLists(String name) throws IOException {
    FileTree diff = open(plain(name)).rootFsDiff().orElseThrow();

    assertThat(TarListing.of(diff))
        .isEqualTo(
            TarListing.normalised(
                CheckpointFixture.text(name, "rootfs-diff-list.txt").lines().toList()));
    assertThat(log.list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop-1", "shop-2", "sidecar"})
  void memoryFileSystemsAreArchivesThatTarLists(String name) throws IOException {
    Map<String, List<String>> told = new TreeMap<>();
    List<String> lines = new ArrayList<>();
    for (String line : CheckpointFixture.text(name, "tmpfs-list.txt").lines().toList()) {
      if (line.endsWith(".img") && !line.contains(" ")) {
        lines = new ArrayList<>();
        told.put(line, lines);
      } else {
        lines.add(line);
      }
    }
    Map<String, List<String>> found = new TreeMap<>();
    for (Entry entry : open(plain(name)).images().orElseThrow().list()) {
      String image = entry.name().toString();
      if (image.startsWith("tmpfs-dev-")) {
        FileTree tree = TarTree.open(entry.node().content(), log);
        found.put(image, List.copyOf(TarListing.of(tree)));
      }
    }
    told.replaceAll((image, all) -> List.copyOf(TarListing.normalised(all)));

    assertThat(found).isEqualTo(told).isNotEmpty();
  }

  @ParameterizedTest
  @FieldSource("WITH_STATISTICS")
  void statisticsAreThoseOfCrit(String name) throws IOException {
    String file = name.endsWith("podman") ? "stats-dump.json" : "crit/stats-dump.json";
    JsonObject dump =
        JsonParser.parseString(CheckpointFixture.text(name, file))
            .getAsJsonObject()
            .getAsJsonArray("entries")
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("dump");
    Map<String, Long> told = new LinkedHashMap<>();
    dump.entrySet().forEach(each -> told.put(each.getKey(), each.getValue().getAsLong()));
    Statistics statistics = open(plain(name)).statistics();

    assertThat(statistics).isNotNull();
    assertThat(statistics.dump()).isEqualTo(told).hasSize(14);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CompressorStreamFactory.GZIP,
        CompressorStreamFactory.XZ,
        CompressorStreamFactory.BZIP2,
        CompressorStreamFactory.ZSTANDARD
      })
  void everyCompressionGivesTheSame(String compression) throws Exception {
    byte[] plain = plain("sidecar");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out =
        new CompressorStreamFactory().createCompressorOutputStream(compression, packed)) {
      out.write(plain);
    }
    FileTree expected = TarTree.open(source(plain), log);
    FileTree found = TarTree.open(source(packed.toByteArray()), log);

    assertThat(TarListing.of(found)).isEqualTo(TarListing.of(expected));
    String pages = "/checkpoint/pages-3.img";
    assertThat(Hashes.of(new Lookup(found).find(pages).node().content(), HashAlgorithm.SHA256))
        .isEqualTo(
            Hashes.of(new Lookup(expected).find(pages).node().content(), HashAlgorithm.SHA256));
    assertThat(found.info().size()).isEqualTo(plain.length);
    assertThat(log.list()).isEmpty();
  }
}
