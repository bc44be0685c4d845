package drydock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What 'debug ext4' tells of blocks and groups, against debugfs and against the kernel's paths. */
class DebugExt4Test {
  private static final Path IMAGES = Cli.FIXTURES.resolve("ext4");

  /** No more of one inode are told. */
  private static final int MOST_PATHS = 64;

  @TempDir Path work;

  /** {@code owners.tsv} is what debugfs' icheck says of each block: first, last, inode. */
  @ParameterizedTest
  @ValueSource(strings = {"ext2-1k", "ext4-1k", "ext4-bigalloc", "ext4-meta-bg"})
  void everyBlockHasTheInodeThatDebugfsTells(String name) throws IOException {
    Map<Long, Long> theirs = new TreeMap<>();
    for (String line : Files.readAllLines(IMAGES.resolve(name + ".owners.tsv"), UTF_8)) {
      String[] run = line.split("\t");
      for (long block = Long.parseLong(run[0]); block <= Long.parseLong(run[1]); block++) {
        theirs.put(block, Long.parseLong(run[2]));
      }
    }
    Map<Long, Set<Long>> ours = new HashMap<>();
    int seen = 0;
    for (JsonObject row : owners(image(name))) {
      seen++;
      if (!row.get("inode").isJsonNull() && row.get("group").isJsonNull()) {
        if (!row.get("deleted").getAsBoolean()) {
          ours.computeIfAbsent(row.get("block").getAsLong(), block -> new TreeSet<>())
              .add(row.get("inode").getAsLong());
        }
      } else if (row.get("owner").isJsonNull()) {
        assertThat(theirs).doesNotContainKey(row.get("block").getAsLong());
      }
    }
    assertThat(seen).isGreaterThanOrEqualTo(theirs.size());
    assertThat(ours.keySet()).isEqualTo(theirs.keySet());
    theirs.forEach((block, inode) -> assertThat(ours.get(block)).contains(inode));
  }

  @Test
  void everyPathOfABlockIsOneThatTheKernelHas() throws IOException {
    Map<Long, Set<String>> theirs = new HashMap<>();
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(IMAGES.resolve("ext4-1k.jsonl.gz")))) {
      for (String line : new String(in.readAllBytes(), UTF_8).split("\n")) {
        JsonObject row = JsonParser.parseString(line).getAsJsonObject();
        if (row.has("ino")) {
          theirs
              .computeIfAbsent(row.get("ino").getAsLong(), inode -> new TreeSet<>())
              .add(row.get("path").getAsString());
        }
      }
    }
    Set<Long> compared = new TreeSet<>();
    for (JsonObject row : owners(image("ext4-1k"))) {
      JsonArray paths = row.getAsJsonArray("paths");
      if (!paths.isEmpty() && row.get("inode").getAsLong() != 2) {
        Set<String> ours = new TreeSet<>();
        for (JsonElement each : paths) {
          ours.add(each.getAsString());
        }
        if (ours.stream().anyMatch(path -> !path.matches("[ -\\[\\]-~]*"))) {
          continue; // the listing writes bytes that are no text in another way
        }
        Set<String> all = theirs.getOrDefault(row.get("inode").getAsLong(), Set.of());
        assertThat(all).containsAll(ours);
        assertThat(ours).hasSize(Math.min(all.size(), MOST_PATHS));
        compared.add(row.get("inode").getAsLong());
      }
    }
    assertThat(compared).hasSizeGreaterThan(20);
  }

  @Test
  void countsOfAGroupAgreeWithItsBitmapsAndItsChecksumFits() throws IOException {
    Path image = image("ext4-uninit-bg");
    for (int group = 0; group < 2; group++) {
      JsonObject told = one(image, "--group", String.valueOf(group));
      assertThat(told.get("free_blocks_in_bitmap")).isEqualTo(told.get("free_blocks"));
      assertThat(told.get("free_inodes_in_bitmap")).isEqualTo(told.get("free_inodes"));
      assertThat(told.get("checksum_fits").getAsBoolean()).isTrue();
    }
  }

  @Test
  void inodeAndItsMapHaveChecksumsThatFit() throws IOException {
    JsonObject told = one(image("ext4-1k"), "--inode", "8");
    assertThat(told.get("checksum_fits").getAsBoolean()).isTrue();
    long blocks = 0;
    for (JsonElement run : told.getAsJsonArray("runs")) {
      blocks += run.getAsJsonObject().get("blocks").getAsLong();
    }
    assertThat(blocks * 1024).isEqualTo(told.get("size").getAsLong());
  }

  @Test
  void bytesAtAnOffsetAreThoseOfTheirBlock() throws IOException {
    JsonObject told = one(image("ext4-1k"), "--at", "1080", "--hex");
    assertThat(told.get("block").getAsLong()).isEqualTo(1);
    assertThat(told.getAsJsonArray("hex").get(3).getAsString())
        .startsWith("000000000430")
        .contains(" 53 ef ");
  }

  private static Iterable<JsonObject> owners(Path image) throws IOException {
    long last = Files.size(image) / 1024 - 1;
    Cli.Result result =
        Cli.run("debug", "ext4", image.toString(), "--block", "0-" + last, "-o", "jsonl");
    assertThat(result.exit()).isZero();
    return result.records();
  }

  private static JsonObject one(Path image, String... options) {
    List<String> command =
        new ArrayList<>(List.of("debug", "ext4", image.toString(), "-o", "json"));
    command.addAll(List.of(options));
    Cli.Result result = Cli.run(command);
    assertThat(result.err()).isEmpty();
    return JsonParser.parseString(result.out()).getAsJsonObject();
  }

  private Path image(String name) throws IOException {
    Path image = work.resolve(name);
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(IMAGES.resolve(name + ".img.gz")))) {
      Files.copy(in, image);
    }
    return image;
  }
}
