package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A dump of our own making, of the kinds that the other fixtures do not have. */
final class CriuKindsTest {
  private static final String ARCHIVE = Cli.FIXTURES.resolve("criu/kinds.tar.zst").toString();

  private static List<JsonObject> run(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of("checkpoint", command, ARCHIVE));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("-o", "jsonl"));
    Cli.Result result = Cli.run(arguments);
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
    return result.records();
  }

  private static String text(JsonObject row, String name) {
    return row.get(name).isJsonNull() ? "-" : row.get(name).getAsString();
  }

  private static List<String> texts(JsonElement array) {
    List<String> all = new ArrayList<>();
    ((JsonArray) array).forEach(each -> all.add(each.getAsString()));
    return all;
  }

  /** Open files of the first process by the number of their descriptors. */
  private static Map<Long, JsonObject> files() {
    Map<Long, JsonObject> files = new TreeMap<>();
    run("files", "--pid", "1").stream()
        .filter(each -> !each.get("fd").isJsonNull())
        .forEach(each -> files.put(each.get("fd").getAsLong(), each));
    return files;
  }

  private static JsonObject ofType(String type) {
    return files().values().stream()
        .filter(each -> text(each, "type").equals(type))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void processesAreA32BitOneAStoppedOneAndOneThatWasKilled() {
    List<JsonObject> all = run("ps");
    assertThat(all)
        .extracting(each -> text(each, "state"))
        .containsExactly("alive", "alive", "stopped", "zombie");
    assertThat(all)
        .extracting(each -> text(each, "architecture"))
        .containsExactly("x86_64", "i386", "x86_64", "x86_64");
    assertThat(texts(all.get(1).get("arguments"))).containsExactly("own32", "thirty", "two");
    assertThat(texts(all.get(1).get("environment"))).containsExactly("BITS=32");
    assertThat(text(all.get(3), "exit_signal")).isEqualTo("SIGKILL");
    assertThat(all.get(3).get("exit_code").isJsonNull()).isTrue();
  }

  @Test
  void pendingSignalsAndTimersAreTold() {
    JsonObject first = run("ps").get(0);
    JsonObject pending = first.getAsJsonArray("signals_pending").get(0).getAsJsonObject();
    assertThat(text(pending, "signal")).isEqualTo("SIGRTMIN+3");
    assertThat(text(pending, "sender_pid")).isEqualTo("1");
    JsonObject thread = first.getAsJsonArray("threads").get(0).getAsJsonObject();
    JsonObject own = thread.getAsJsonArray("signals_pending").get(0).getAsJsonObject();
    assertThat(text(own, "signal")).isEqualTo("SIGUSR1");
    assertThat(texts(first.get("signals_blocked"))).containsExactly("SIGUSR1", "SIGRTMIN+3");
    assertThat(texts(first.get("signals_ignored"))).contains("SIGUSR2");
    List<String> timers = new ArrayList<>();
    for (JsonElement each : first.getAsJsonArray("timers")) {
      JsonObject timer = each.getAsJsonObject();
      timers.add(
          text(timer, "kind") + " " + text(timer, "interval_ns") + " " + text(timer, "signal"));
    }
    assertThat(timers).containsExactly("real 4000005000 -", "posix, clock 1 3000000000 SIGUSR2");
  }

  @Test
  void everyKindOfFileIsNamed() {
    assertThat(files().values())
        .extracting(each -> text(each, "type"))
        .contains(
            "inotify",
            "fanotify",
            "eventfd",
            "timerfd",
            "signalfd",
            "eventpoll",
            "socket",
            "terminal",
            "memfd",
            "pipe",
            "pidfd",
            "regular",
            "character")
        .doesNotContain("unknown");
    assertThat(run("files", "--pid", "1"))
        .filteredOn(each -> text(each, "use").matches("working-directory|root"))
        .extracting(each -> text(each, "type"))
        .containsExactly("directory", "directory");
  }

  @Test
  void whatFilesWatchAndCountIsInTheirDetails() {
    JsonObject inotify = ofType("inotify").getAsJsonObject("details").getAsJsonObject("ify");
    assertThat(inotify.getAsJsonArray("wd").get(0).getAsJsonObject().get("mask").getAsString())
        .isEqualTo("0x300");
    JsonObject eventfd = ofType("eventfd").getAsJsonObject("details").getAsJsonObject("efd");
    assertThat(eventfd.get("counter").getAsLong()).isEqualTo(42);
    JsonObject epoll = ofType("eventpoll").getAsJsonObject("details").getAsJsonObject("epfd");
    assertThat(epoll.getAsJsonArray("tfd").get(0).getAsJsonObject().get("data").getAsLong())
        .isEqualTo(0x1122334455667788L);
    JsonObject memfd = ofType("memfd").getAsJsonObject("details").getAsJsonObject("memfd_inode");
    assertThat(memfd.get("seals").getAsString()).isEqualTo("F_SEAL_SHRINK | F_SEAL_GROW");
    JsonObject terminal = ofType("terminal").getAsJsonObject("details").getAsJsonObject("tty_info");
    assertThat(terminal.getAsJsonObject("winsize").get("ws_col").getAsLong()).isEqualTo(81);
    assertThat(text(ofType("terminal"), "path")).isEqualTo("/dev/ptmx");
  }

  @Test
  void deletedSparseFileIsGivenWithItsHoles() {
    JsonObject file = run("files", "--deleted").get(0);
    Cli.Result content =
        Cli.run("checkpoint", "files", ARCHIVE, "--content", text(file, "file_id"));
    byte[] expected = new byte[200_000];
    byte[] begin = "begin".getBytes(StandardCharsets.US_ASCII);
    byte[] middle = "middle".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(begin, 0, expected, 0, begin.length);
    System.arraycopy(middle, 0, expected, 65_536, middle.length);
    assertThat(Arrays.equals(content.bytes(), expected)).isTrue();
  }

  @Test
  void fileThatIsUnderWayInASocketIsListedWithoutAProcess() {
    List<JsonObject> unheld =
        run("files").stream().filter(each -> each.get("pid").isJsonNull()).toList();
    assertThat(unheld).hasSize(1);
    assertThat(text(unheld.get(0), "path")).isEqualTo("/srv/kinds/work/passed");
    assertThat(text(unheld.get(0), "use")).isEqualTo("none");
    List<String> passed = new ArrayList<>();
    run("sockets", "--pid", "1").forEach(each -> passed.addAll(texts(each.get("passed"))));
    assertThat(passed).containsExactly(text(unheld.get(0), "file_id"));
  }

  @Test
  void everySocketIsToldWithBothEnds() {
    List<String> rows = new ArrayList<>();
    Map<Long, String> names = new TreeMap<>();
    List<JsonObject> sockets = run("sockets", "--pid", "1");
    sockets.forEach(each -> names.put(each.get("fd").getAsLong(), text(each, "protocol")));
    for (JsonObject each : sockets) {
      String peer = "-";
      for (JsonElement one : each.getAsJsonArray("peer")) {
        JsonObject held = one.getAsJsonObject();
        peer = held.get("pid").getAsLong() == 1 ? names.get(held.get("fd").getAsLong()) : peer;
      }
      String local =
          text(each, "local").replaceFirst("(\\[::1\\]|127.0.0.1):[34567]\\d{4}", "$1:N");
      rows.add(
          String.join(
              " ",
              text(each, "protocol"),
              text(each, "state"),
              local,
              peer,
              text(each, "receive_queue"),
              text(each, "send_queue")));
    }
    assertThat(rows)
        .containsExactly(
            "packet-raw - interface 0 protocol 0x800 - 0 0",
            "netlink-route CLOSE port 777 - 0 0",
            "unix-stream LISTEN @abstract-name - 0 0",
            "unix-stream ESTABLISHED - unix-stream 0 0",
            "unix-seqpacket ESTABLISHED - unix-seqpacket 0 18",
            "unix-seqpacket ESTABLISHED - unix-seqpacket 18 0",
            "unix-dgram ESTABLISHED - unix-dgram 0 1",
            "unix-dgram ESTABLISHED - unix-dgram 1 0",
            "tcp6 LISTEN [::1]:6600 - 0 0",
            "tcp6 ESTABLISHED [::1]:N tcp6 0 0",
            "tcp6 ESTABLISHED [::1]:6600 tcp6 18 0",
            "udp UNCONNECTED 127.0.0.1:5300 - 0 0",
            "udp ESTABLISHED 127.0.0.1:N udp 0 0",
            "icmp UNCONNECTED 0.0.0.0:1 - 0 0");
  }

  @Test
  void whatWasTypedAheadWaitsInTheTerminal() {
    List<String> waiting =
        files().values().stream()
            .filter(each -> text(each, "type").equals("terminal"))
            .map(each -> text(each, "file_id"))
            .map(id -> Cli.run("checkpoint", "files", ARCHIVE, "--content", id).out())
            .toList();
    assertThat(waiting).containsExactly("typed ahead\r\n", "typed ahead\n");
  }

  @Test
  void objectsOfSystemVAreDecoded() {
    JsonObject semaphores = run("decode", "ipcns-sem-11.img", "--payload").get(0);
    JsonObject values = semaphores.getAsJsonArray("payload").get(0).getAsJsonObject();
    assertThat(java.util.Base64.getDecoder().decode(text(values, "base64")))
        .containsExactly(1, 0, 2, 0, 44, 1);
    JsonObject queue = run("decode", "ipcns-msg-11.img", "--payload").get(0);
    List<String> messages = new ArrayList<>();
    for (JsonElement each : queue.getAsJsonArray("payload")) {
      JsonObject message = each.getAsJsonObject();
      byte[] bytes = java.util.Base64.getDecoder().decode(text(message, "base64"));
      messages.add(
          text(message, "at") + " " + new String(bytes, StandardCharsets.US_ASCII).strip());
    }
    assertThat(messages).hasSize(2);
    assertThat(messages.get(0)).startsWith("7 SYSV_MESSAGE_ONE");
    assertThat(messages.get(1)).isEqualTo("8 two");
    JsonObject segment = run("decode", "ipcns-shm-11.img").get(0);
    assertThat(segment.getAsJsonObject("fields").get("size").getAsLong()).isEqualTo(8192);
  }

  @Test
  void filesOfNothingButDataHaveOneRow() {
    JsonObject pages = run("decode", "pages-1.img").get(0);
    assertThat(text(pages, "kind")).isEqualTo("PAGES");
    assertThat(pages.get("entry").isJsonNull()).isTrue();
    assertThat(pages.get("size").getAsLong() % 4096).isZero();
    assertThat(run("decode"))
        .extracting(each -> text(each, "kind"))
        .contains("IFADDR", "IPTABLES", "TTY_DATA", "FILE_LOCKS");
  }

  @Test
  void imageThatIsNotThereIsNamedAmongThoseThatAre() {
    Cli.Result result = Cli.run("checkpoint", "decode", ARCHIVE, "core-9.img");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("no image 'core-9.img'").contains("core-1.img");
  }
}
