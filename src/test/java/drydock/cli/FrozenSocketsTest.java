package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import drydock.checkpoint.CheckpointFixture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets and mounts of checkpoints against what ss and mountinfo said while all was frozen. */
final class FrozenSocketsTest {
  private static final Pattern USER = Pattern.compile("pid=(\\d+),fd=(\\d+)");

  /** What ss says of one socket. */
  private record Shown(
      String state, long receive, long send, String local, String remote, Set<String> users) {}

  @ParameterizedTest
  @ValueSource(strings = {"shop-1", "shop-2", "sidecar", "ledger-32", "ledger-chain"})
  void socketsAreAsSsShowedThem(String archive) throws IOException {
    Map<Long, Long> pids = new HashMap<>();
    for (JsonObject each : FrozenProcessesTest.truth(archive)) {
      pids.put(each.get("pid_on_node").getAsLong(), each.get("pid_in_container").getAsLong());
    }
    Map<Long, Shown> truth = new TreeMap<>();
    for (String name : List.of("tcp", "udp")) {
      inet(CheckpointFixture.text(archive, "net/" + name + ".txt"), pids, truth);
    }
    unix(CheckpointFixture.text(archive, "net/unix.txt"), pids, truth);
    Map<Long, List<JsonObject>> ours = new TreeMap<>();
    for (JsonObject each : FrozenProcessesTest.run("sockets", archive)) {
      // ss does not list an UDP socket that is not bound
      if (each.get("protocol").getAsString().startsWith("udp")
          && text(each, "local").endsWith(":0")) {
        continue;
      }
      ours.computeIfAbsent(each.get("inode").getAsLong(), inode -> new ArrayList<>()).add(each);
    }
    assertThat(ours.keySet()).containsExactlyInAnyOrderElementsOf(truth.keySet());
    truth.forEach((inode, expected) -> check(ours.get(inode), expected));
  }

  private static void inet(String text, Map<Long, Long> pids, Map<Long, Shown> into) {
    for (String line : text.split("\n")) {
      Matcher inode = Pattern.compile("ino:(\\d+)").matcher(line);
      String[] words = line.strip().split("\\s+");
      Set<String> users = users(line, pids);
      if (inode.find() && !users.isEmpty()) {
        into.put(
            Long.parseLong(inode.group(1)),
            new Shown(
                words[0],
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                words[3],
                words[4].endsWith(":*") ? "" : words[4],
                users));
      }
    }
  }

  private static void unix(String text, Map<Long, Long> pids, Map<Long, Shown> into) {
    for (String line : text.split("\n")) {
      String[] words = line.strip().split("\\s+");
      Set<String> users = users(line, pids);
      if (!users.isEmpty()) {
        into.put(
            Long.parseLong(words[5]),
            new Shown(
                words[1],
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                words[4],
                words[7],
                users));
      }
    }
  }

  private static Set<String> users(String line, Map<Long, Long> pids) {
    Set<String> users = new TreeSet<>();
    Matcher matcher = USER.matcher(line);
    while (matcher.find()) {
      Long pid = pids.get(Long.parseLong(matcher.group(1)));
      if (pid != null) {
        users.add(pid + " " + matcher.group(2));
      }
    }
    return users;
  }

  private static void check(List<JsonObject> rows, Shown expected) {
    Set<String> users = new TreeSet<>();
    rows.forEach(
        row -> users.add(row.get("pid").getAsString() + " " + row.get("fd").getAsString()));
    assertThat(users).isEqualTo(expected.users());
    JsonObject first = rows.get(0);
    String protocol = first.get("protocol").getAsString();
    Map<String, String> states =
        Map.of("ESTAB", "ESTABLISHED", "LISTEN", "LISTEN", "UNCONN", "UNCONNECTED");
    assertThat(first.get("state").getAsString()).isEqualTo(states.get(expected.state()));
    if (protocol.startsWith("unix")) {
      checkUnix(first, expected);
      return;
    }
    // one that listens on IPv6 and IPv4 is shown as *; an UDP socket that could not be bound, too
    String local = text(first, "local").replace("[::]:", "*:");
    assertThat(local).isEqualTo(expected.local());
    assertThat(text(first, "remote")).isEqualTo(expected.remote());
    if (expected.state().equals("LISTEN")) {
      assertThat(first.get("backlog").getAsLong()).isEqualTo(expected.send());
    } else {
      assertThat(first.get("receive_queue").getAsLong()).isEqualTo(expected.receive());
      assertThat(first.get("send_queue").getAsLong()).isEqualTo(expected.send());
    }
  }

  private static void checkUnix(JsonObject row, Shown expected) {
    assertThat(text(row, "local")).isEqualTo(expected.local().replace("*", ""));
    String peer = row.get("peer_inode").isJsonNull() ? "0" : row.get("peer_inode").getAsString();
    assertThat(peer).isEqualTo(expected.remote());
    if (expected.state().equals("LISTEN")) {
      assertThat(row.get("backlog").getAsLong()).isEqualTo(expected.send());
    } else if (row.get("protocol").getAsString().equals("unix-stream")) {
      assertThat(row.get("receive_queue").getAsLong()).isEqualTo(expected.receive());
    } else {
      // ss tells the size of the first packet only
      assertThat(row.get("receive_queue").getAsLong()).isGreaterThanOrEqualTo(expected.receive());
    }
  }

  private static String text(JsonObject row, String name) {
    return row.get(name).isJsonNull() ? "" : row.get(name).getAsString();
  }

  @Test
  void bothEndsOfAConnectionAreNamed() {
    List<JsonObject> all = FrozenProcessesTest.run("sockets", "shop-1");
    JsonObject server = one(all, 1, 14);
    JsonObject client = one(all, 8, 5);
    assertThat(peers(server)).containsExactly("8 kworker/u8:2 5");
    assertThat(peers(client)).containsExactly("1 nginx 14");
    assertThat(peers(one(all, 7, 13))).containsExactly("1 nginx 13");
    assertThat(peers(one(all, 8, 6))).isEmpty();
    assertThat(one(all, 8, 6).get("remote").getAsString()).isEqualTo("10.128.0.14:3333");
  }

  private static JsonObject one(List<JsonObject> all, long pid, long fd) {
    return all.stream()
        .filter(each -> each.get("pid").getAsLong() == pid && each.get("fd").getAsLong() == fd)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> peers(JsonObject row) {
    List<String> peers = new ArrayList<>();
    for (JsonElement each : row.getAsJsonArray("peer")) {
      JsonObject peer = each.getAsJsonObject();
      peers.add(
          peer.get("pid").getAsString()
              + " "
              + peer.get("command").getAsString()
              + " "
              + peer.get("fd").getAsString());
    }
    return peers;
  }

  @Test
  void whatWaitsInASocketIsGiven() {
    String archive = CheckpointFixture.archive("shop-1").toString();
    JsonObject server = one(FrozenProcessesTest.run("sockets", "shop-1"), 1, 14);
    String id = server.get("file_id").getAsString();
    Cli.Result received = Cli.run("checkpoint", "sockets", archive, "--received", id);
    assertThat(received.out()).isEqualTo("UNREAD_BY_SERVER exfil chunk 0001 of 0042\n");
    assertThat(server.get("receive_queue").getAsLong()).isEqualTo(received.bytes().length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop-1", "shop-2", "sidecar", "ledger-32", "ledger-chain"})
  void mountsAreAsMountinfoSaid(String archive) throws IOException {
    Map<String, JsonObject> ours = new TreeMap<>();
    for (JsonObject each : FrozenProcessesTest.run("mounts", archive)) {
      ours.put(each.get("mount_id").getAsString(), each);
    }
    String[] lines = CheckpointFixture.text(archive, "proc/1/mountinfo").split("\n");
    for (String line : lines) {
      String[] words = line.split(" ");
      JsonObject mount = ours.get(words[0]);
      int dash = Arrays.asList(words).indexOf("-");
      assertThat(mount.get("parent_id").getAsString()).isEqualTo(words[1]);
      assertThat(mount.get("device").getAsString()).isEqualTo(words[2]);
      assertThat(mount.get("root").getAsString()).isEqualTo(words[3]);
      assertThat(mount.get("mount_point").getAsString()).isEqualTo(words[4]);
      assertThat(words(mount, "options")).isEqualTo(Set.of(words[5].split(",")));
      assertThat(words(mount, "propagation"))
          .isEqualTo(new TreeSet<>(Arrays.asList(words).subList(6, dash)));
      assertThat(mount.get("source").getAsString()).isEqualTo(words[dash + 2]);
      // of a file system that CRIU has no number for the images do not say the type
      if (!mount.get("type").isJsonNull()) {
        assertThat(mount.get("type").getAsString()).isEqualTo(words[dash + 1]);
      }
      Set<String> supers = new TreeSet<>(words(mount, "super_options"));
      supers.addAll(
          Arrays.stream(mount.get("data").getAsString().split(","))
              // CRIU adds a word that old kernels wanted
              .filter(each -> !each.isEmpty() && !each.equals("newinstance"))
              .toList());
      assertThat(supers).isEqualTo(new TreeSet<>(Set.of(words[dash + 3].split(","))));
    }
    assertThat(ours).hasSize(lines.length);
  }

  private static Set<String> words(JsonObject mount, String name) {
    Set<String> words = new TreeSet<>();
    mount.getAsJsonArray(name).forEach(each -> words.add(each.getAsString()));
    return words;
  }
}
