package drydock.checkpoint.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.checkpoint.CheckpointFixture;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageFileTest {
  private static final int COMMON = 0x54564319;
  private static final int PIPES_DATA = 0x56453709;
  private final FindingLog log = new FindingLog();

  /** Every image of every archive that crit decoded, with what crit made of it. */
  static Stream<Arguments> decoded() throws IOException {
    List<Arguments> all = new ArrayList<>();
    for (String archive :
        List.of(
            "counter-podman",
            "multi-podman",
            "shop-1",
            "shop-2",
            "sidecar",
            "ledger-32",
            "ledger-chain")) {
      for (Map.Entry<String, byte[]> each : CheckpointFixture.members(archive).entrySet()) {
        String path = each.getKey();
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean isImage = path.startsWith("checkpoint/") && name.endsWith(".img");
        if (isImage && !ImageKind.ofName(name).isRaw()) {
          all.add(arguments(archive, name, each.getValue()));
        }
      }
    }
    for (Map.Entry<String, byte[]> each : kinds("kinds").entrySet()) {
      String name = each.getKey();
      boolean isImage = name.endsWith(".img") && !ImageKind.ofName(name).isRaw();
      // of these crit knows the magic number, and not what they are
      if (isImage && !name.equals("pidfd.img")) {
        all.add(arguments("kinds", name, each.getValue()));
      }
    }
    return all.stream();
  }

  /** The files of the dump that was made for the kinds that the archives do not have. */
  private static Map<String, byte[]> kinds(String name) throws IOException {
    Path path = Path.of(System.getProperty("fixtures", "fixtures"), "criu", name + ".tar.zst");
    return CheckpointFixture.unpacked(path);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("decoded")
  void hasAsManyEntriesAsCritFinds(String archive, String name, byte[] image) throws IOException {
    JsonObject truth = truth(archive, name);
    ImageFile file = open(name, image);
    List<ImageEntry> entries = entries(file);
    JsonArray expected = truth.getAsJsonArray("entries");
    assertThat(file.kind().name()).isEqualTo(truth.get("magic").getAsString());
    assertThat(entries).hasSameSizeAs(expected.asList());
    assertThat(log.list()).isEmpty();
  }

  static JsonObject truth(String archive, String image) throws IOException {
    String name = image.replace(".img", ".json");
    if (archive.equals("kinds")) {
      byte[] json = kinds("kinds-crit").get(name);
      return JsonParser.parseString(new String(json, StandardCharsets.UTF_8)).getAsJsonObject();
    }
    String text;
    try {
      text = CheckpointFixture.text(archive, "crit/" + name);
    } catch (NoSuchFileException e) {
      text = CheckpointFixture.text(archive, name);
    }
    return JsonParser.parseString(text).getAsJsonObject();
  }

  @ParameterizedTest
  @CsvSource({
    "core-1.img, CORE",
    "signal-s-12.img, SIGNAL",
    "signal-p-12.img, SIGNAL",
    "pagemap-shmem-44.img, PAGEMAP",
    "pages-shmem-44.img, PAGES",
    "ghost-file-1f.img, GHOST_FILE",
    "tcp-stream-22db6.img, TCP_STREAM",
    "netns-ct-9.img, NETNF_CT",
    "netns-9.img, NETNS",
    "tmpfs-dev-46.tar.gz.img, TMPFS_DEV",
    "tmpfs-46.tar.gz.img, TMPFS_IMG",
    "fifo-data.img, FIFO_DATA",
    "fifo.img, FIFO",
    "eventpoll-tfd.img, EVENTPOLL_TFD",
    "stats-dump, STATS",
    "irmap-cache, IRMAP_CACHE",
    "amdgpu-kfd-1.img, UNKNOWN",
    "core-1.img.bak, UNKNOWN",
    "descriptors.json, UNKNOWN",
  })
  void nameTellsTheKind(String name, ImageKind kind) {
    assertThat(ImageKind.ofName(name)).isEqualTo(kind);
  }

  @Test
  void dataBehindAMessageIsGivenAndNotTakenForAnEntry() throws IOException {
    byte[] image =
        image(COMMON, PIPES_DATA).entry(8, 7, 16, 3).raw("abc").entry(8, 9, 16, 1).raw("d").bytes();
    List<ImageEntry> entries = entries(open("pipes-data.img", image));
    assertThat(entries).hasSize(2);
    assertThat(payload(entries.get(0), 0)).isEqualTo("abc");
    assertThat(payload(entries.get(1), 0)).isEqualTo("d");
    assertThat(entries.get(0).payloads().get(0).offset()).isEqualTo(16);
    assertThat(log.list()).isEmpty();
  }

  @Test
  void dataThatIsCutShortIsGivenAsFarAsItGoes() throws IOException {
    byte[] image = image(COMMON, PIPES_DATA).entry(8, 7, 16, 9).raw("abc").bytes();
    assertThat(payload(entries(open("pipes-data.img", image)).get(0), 0)).isEqualTo("abc");
    assertThat(log.list())
        .extracting(Finding::what, Finding::offset, Finding::found)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("data that is cut short", 16L, "3 bytes"));
  }

  @Test
  void entriesBeforeOneThatIsCutShortAreGiven() throws IOException {
    byte[] image = image(COMMON, PIPES_DATA).entry(8, 7, 16, 0).entry(8, 8, 16, 0).bytes();
    for (int size = 17; size < image.length; size++) {
      FindingLog found = new FindingLog();
      byte[] cut = java.util.Arrays.copyOf(image, size);
      ImageFile file = ImageFile.open("pipes-data.img", source(cut), found);
      assertThat(entries(file)).hasSize(1);
      assertThat(found.list()).extracting(Finding::offset).containsExactly(16L);
    }
  }

  @Test
  void imageOfTheFirstVersionHasOneMagicNumber() throws IOException {
    ImageFile file = open("pipes-data.img", image(PIPES_DATA).entry(8, 7, 16, 1).raw("a").bytes());
    assertThat(file.kind()).isEqualTo(ImageKind.PIPES_DATA);
    assertThat(entries(file)).hasSize(1);
    assertThat(log.list()).isEmpty();
  }

  @Test
  void damagedMagicNumberIsAFindingAndTheNameIsBelieved() throws IOException {
    ImageFile file = open("pipes-data.img", image(COMMON, 1).entry(8, 7, 16, 1).raw("a").bytes());
    assertThat(file.kind()).isEqualTo(ImageKind.PIPES_DATA);
    assertThat(entries(file)).hasSize(1);
    assertThat(log.list()).extracting(Finding::offset).containsExactly(4L);
  }

  @Test
  void entriesOfAKindThatIsNotKnownAreGiven() throws IOException {
    ImageFile file = open("future.img", image(COMMON, 77).entry(8, 7).entry(8, 8).bytes());
    assertThat(file.kind()).isEqualTo(ImageKind.UNKNOWN);
    assertThat(entries(file)).hasSize(2);
  }

  @Test
  void dataOfOthersHasNoEntries() throws IOException {
    ImageFile file = open("pages-1.img", "0123456789".getBytes(StandardCharsets.US_ASCII));
    assertThat(file.hasEntries()).isFalse();
    assertThat(entries(file)).isEmpty();
    assertThat(file.bytes().size()).isEqualTo(10);
    assertThat(log.list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 7})
  void imageWithoutWholeMagicNumbersIsAFinding(int size) throws IOException {
    byte[] cut = java.util.Arrays.copyOf(image(COMMON, PIPES_DATA).bytes(), size);
    assertThat(entries(open("pipes-data.img", cut))).isEmpty();
    assertThat(log.list()).hasSize(1);
  }

  @Test
  void messageThatWouldFillTheHeapIsAFinding() throws IOException {
    int areas = 2_000_000;
    ByteBuffer mm = ByteBuffer.allocate(12 + 2 * areas).order(ByteOrder.LITTLE_ENDIAN);
    mm.putInt(COMMON).putInt(0x57492820).putInt(2 * areas);
    for (int i = 0; i < areas; i++) {
      mm.put((byte) (14 << 3 | 2)).put((byte) 0);
    }
    assertThat(entries(open("mm-1.img", mm.array()))).isEmpty();
    assertThat(log.list()).extracting(Finding::what).allMatch(what -> what.contains("too many"));
    assertThat(log.list()).hasSize(1);
  }

  @Test
  void queuedMessagesOfSystemVArePaddedToEightBytes() throws IOException {
    byte[] image =
        image(COMMON, 0x55453737)
            .entry(16, 100, 24, 2)
            .entry(8, 5, 16, 3)
            .raw("abc\0\0\0\0\0")
            .entry(8, 6, 16, 8)
            .raw("12345678")
            .entry(16, 1, 24, 0)
            .bytes();
    List<ImageEntry> entries = entries(open("ipcns-msg-1.img", image));
    assertThat(entries).hasSize(2);
    assertThat(payload(entries.get(0), 0)).isEqualTo("abc");
    assertThat(payload(entries.get(0), 1)).isEqualTo("12345678");
    assertThat(entries.get(0).payloads())
        .extracting(ImageEntry.Payload::at)
        .containsExactly(5L, 6L);
    assertThat(log.list()).isEmpty();
  }

  private ImageFile open(String name, byte[] bytes) throws IOException {
    return ImageFile.open(name, source(bytes), log);
  }

  static ArraySource source(byte[] bytes) {
    return new ArraySource(bytes, Origin.of("image"));
  }

  static List<ImageEntry> entries(ImageFile file) throws IOException {
    List<ImageEntry> all = new ArrayList<>();
    file.entries(all::add);
    return all;
  }

  private static String payload(ImageEntry entry, int index) throws IOException {
    ImageEntry.Payload payload = entry.payloads().get(index);
    return new String(payload.bytes().allBytes(1 << 20), StandardCharsets.US_ASCII);
  }

  private static Written image(int... magics) {
    Written written = new Written();
    for (int magic : magics) {
      written.word(magic);
    }
    return written;
  }

  /** An image that grows. */
  private static final class Written {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void word(int value) {
      byte[] raw = new byte[4];
      ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).putInt(value);
      out.writeBytes(raw);
    }

    Written entry(int... bytes) {
      word(bytes.length);
      for (int each : bytes) {
        out.write(each);
      }
      return this;
    }

    Written raw(String text) {
      out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
      return this;
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
