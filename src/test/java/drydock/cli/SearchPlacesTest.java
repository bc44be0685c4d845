package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import drydock.checkpoint.CheckpointFixture;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every place that memory is searched in, with how it is told: dumps of CRIU 3.17 and 4.2. */
class SearchPlacesTest {
  @TempDir Path directory;

  private static String archive(String name) {
    return name.equals("kinds")
        ? System.getProperty("fixtures", "fixtures") + "/criu/kinds.tar.zst"
        : CheckpointFixture.archive(name).toString();
  }

  private static String text(JsonObject hit, String field) {
    return hit.get(field).isJsonNull() ? "-" : hit.get(field).getAsString();
  }

  private static List<String> places(List<JsonObject> hits) {
    return hits.stream()
        .map(
            hit -> {
              String origin = text(hit, "origin");
              return String.join(
                  " ",
                  text(hit, "kind"),
                  text(hit, "pid"),
                  text(hit, "address"),
                  text(hit, "file"),
                  text(hit, "offset"),
                  origin.substring(origin.lastIndexOf(' ') + 1));
            })
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    // private: stack, heap, anonymous, of a file that was changed
    "shop-2, PIPE_4715, stack 1 0x7ffd7b3e27de - 42974 pages-2.img",
    "shop-2, SECRET, anonymous 1 0x7f20dfef7044 - 24644 pages-2.img",
    "kinds, /srv/kinds, heap 1 0x2af0efe0 - 40928 pages-2.img",
    "multi-podman, ON_MARKER, memfd 1 0x7f251d67e06d /dev/zero 109 pages-1.img",
    "shop-2, SHARED_4713, memfd 1 0x7f20dfee7040 /dev/zero 64 pages-1.img",
    "kinds, SYSV_SHARED_MARK, sysv 1 0x7ff21afb2000 - 0 pages-5.img",
    // a memfd that is open and that nobody maps
    "kinds, memfd text, shared - - /memfd:sealed 0 pages-1.img",
    "kinds, middle, ghost-file - - /srv/kinds/work/holes 4175 ghost-file-1.img",
    "shop-2, PIPE_4715, pipes-data - - - 22 pipes-data.img",
    "shop-2, PIPE_4715, fifo-data - - - 34 fifo-data.img",
    "shop-2, UNIX_QUEUE_4714, sk-queues - - - 36 sk-queues.img",
    "kinds, second packet, sk-queues - - - 29 sk-queues.img",
    "kinds, six bytes and more, tcp-stream - - - 72 tcp-stream-253697.img",
    "kinds, typed ahead, tty-data - - - 16 tty-data.img",
    "kinds, SYSV_MESSAGE_ONE, ipcns-msg - - - 45 ipcns-msg-11.img"
  })
  void hitTellsThePlace(String name, String text, String place) {
    Cli.Result cli =
        Cli.run(
            "checkpoint",
            "memory",
            archive(name),
            "--search",
            text,
            "--encoding",
            "utf-8",
            "-o",
            "jsonl");

    assertThat(cli.exit()).as(cli.err()).isZero();
    assertThat(places(cli.records())).contains(place);
  }

  /** What another process left in a queue, be it of the kernel's own messages. */
  @Test
  void queuesOfNetlinkSocketsAreSearched() throws Exception {
    byte[] packet = "NETLINK waits here".getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream queue = new ByteArrayOutputStream();
    queue.writeBytes(words(0x54564319, 0x56264026, 4));
    queue.writeBytes(new byte[] {8, 1, 16, (byte) packet.length});
    queue.writeBytes(packet);
    Files.write(directory.resolve("sk-queues.img"), queue.toByteArray());
    ByteArrayOutputStream inventory = new ByteArrayOutputStream();
    inventory.writeBytes(words(0x54564319, 0x58313116, 2));
    inventory.writeBytes(new byte[] {8, 2});
    Files.write(directory.resolve("inventory.img"), inventory.toByteArray());

    Cli.Result cli =
        Cli.run("checkpoint", "memory", directory.toString(), "--search", "waits", "-o", "jsonl");

    assertThat(places(cli.records())).containsExactly("sk-queues - - - 24 /sk-queues.img");
  }

  private static byte[] words(int... words) {
    ByteBuffer bytes = ByteBuffer.allocate(words.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int word : words) {
      bytes.putInt(word);
    }
    return bytes.array();
  }

  @Test
  void filesOfTheContainerAreSearchedWhenAsked() {
    String shop = archive("shop-2");
    String[] without = {"checkpoint", "memory", shop, "--search", "middle", "-o", "jsonl"};
    String[] with = {"checkpoint", "memory", shop, "--search", "middle", "-o", "jsonl", "--files"};

    List<JsonObject> files = Cli.run(with).records();

    assertThat(Cli.run(without).records())
        .noneMatch(hit -> text(hit, "kind").equals("rootfs-diff"));
    assertThat(files)
        .filteredOn(hit -> text(hit, "kind").equals("rootfs-diff"))
        .extracting(hit -> text(hit, "file") + " " + text(hit, "offset"))
        .containsExactly("/tmp/.x/kdevtmpfsi 61604");
    assertThat(Cli.run("checkpoint", "memory", shop, "--files").exit()).isEqualTo(2);
  }
}
