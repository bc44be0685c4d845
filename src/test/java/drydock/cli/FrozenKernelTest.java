package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import drydock.checkpoint.CheckpointFixture;
import drydock.proto.criu.NdType;
import drydock.proto.criu.NetDeviceEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks, namespaces, objects of System V, locks and filters of dumps, against what is known. */
final class FrozenKernelTest {
  private static final Path KINDS = Cli.FIXTURES.resolve("criu/kinds.tar.zst");
  private static final int NETDEV = 0x57373951;

  @TempDir Path temporary;

  private static List<JsonObject> records(String command, String archive) {
    Cli.Result result = Cli.run("checkpoint", command, archive, "-o", "jsonl");
    assertThat(result.err()).isEmpty();
    return result.records();
  }

  private static String text(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value == null || value.isJsonNull() ? "-" : value.getAsString();
  }

  /** The kinds of images with another network in it. */
  private String network(Map<String, byte[]> truth) throws IOException {
    Map<String, byte[]> members = CheckpointFixture.unpacked(KINDS);
    truth.forEach(
        (name, bytes) -> {
          if (name.endsWith(".img")) {
            members.put(name, bytes);
          }
        });
    members.put("netdev-10.img", devices());
    for (Map.Entry<String, byte[]> each : members.entrySet()) {
      Files.write(temporary.resolve(each.getKey()), each.getValue());
    }
    return temporary.toString();
  }

  private static byte[] devices() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(word(0x54564319));
    out.write(word(NETDEV));
    NetDeviceEntry.Builder lo = NetDeviceEntry.newBuilder().setType(NdType.LOOPBACK);
    NetDeviceEntry.Builder eth = NetDeviceEntry.newBuilder().setType(NdType.VETH).setFlags(0x1043);
    for (NetDeviceEntry each :
        List.of(
            lo.setIfindex(1).setName(ByteString.copyFromUtf8("lo")).setFlags(0x49).build(),
            eth.setIfindex(2)
                .setName(ByteString.copyFromUtf8("eth0"))
                .setMtu(1500)
                .setAddress(ByteString.copyFrom(new byte[] {2, 0x4a, -108, 0x4f, -38, -11}))
                .build())) {
      out.write(word(each.getSerializedSize()));
      out.write(each.toByteArray());
    }
    return out.toByteArray();
  }

  private static byte[] word(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static JsonArray json(Map<String, byte[]> truth, String name) {
    byte[] raw = truth.get(name);
    return JsonParser.parseString(new String(raw, StandardCharsets.UTF_8)).getAsJsonArray();
  }

  private static List<JsonObject> ofKind(List<JsonObject> all, String kind) {
    return all.stream().filter(each -> text(each, "kind").equals(kind)).toList();
  }

  private static List<JsonObject> details(List<JsonObject> all, String kind) {
    return ofKind(all, kind).stream().map(each -> each.getAsJsonObject("details")).toList();
  }

  private static List<String> words(JsonObject object, String... names) {
    List<String> words = new ArrayList<>();
    for (String name : names) {
      words.add(text(object, name));
    }
    return words;
  }

  @Test
  void addressesAreThoseThatIpTells() throws IOException {
    Map<String, byte[]> truth = CheckpointFixture.unpacked(KINDS.resolveSibling("network.tar.zst"));
    List<JsonObject> facts = records("network", network(truth));
    List<List<String>> told = new ArrayList<>();
    for (JsonElement device : json(truth, "addr.json")) {
      for (JsonElement each : device.getAsJsonObject().getAsJsonArray("addr_info")) {
        List<String> words = new ArrayList<>(List.of(text(device.getAsJsonObject(), "ifname")));
        JsonObject address = each.getAsJsonObject();
        words.addAll(
            words(
                address, "family", "local", "prefixlen", "address", "broadcast", "scope", "label"));
        told.add(words);
      }
    }
    List<List<String>> ours = new ArrayList<>();
    for (JsonObject each : ofKind(facts, "address")) {
      List<String> words = new ArrayList<>(List.of(text(each, "interface")));
      words.addAll(
          words(
              each.getAsJsonObject("details"),
              "family",
              "address",
              "prefix_length",
              "peer",
              "broadcast",
              "scope",
              "label"));
      ours.add(words);
    }
    assertThat(ours).hasSize(6).containsExactlyInAnyOrderElementsOf(told);
    List<JsonObject> limited =
        details(facts, "address").stream()
            .filter(each -> text(each, "label").equals("eth0:p"))
            .toList();
    assertThat(limited.get(0).get("valid_seconds").getAsLong()).isBetween(3590L, 3600L);
  }

  @Test
  void routesAndRulesAreThoseThatIpTells() throws IOException {
    Map<String, byte[]> truth = CheckpointFixture.unpacked(KINDS.resolveSibling("network.tar.zst"));
    List<JsonObject> facts = records("network", network(truth));
    List<List<String>> told = new ArrayList<>();
    for (String name : List.of("route.json", "route6.json")) {
      for (JsonElement each : json(truth, name)) {
        JsonObject route = each.getAsJsonObject();
        told.add(
            List.of(
                text(route, "dst"),
                text(route, "gateway"),
                text(route, "dev"),
                text(route, "prefsrc"),
                route.has("type") ? text(route, "type") : "unicast",
                Integer.toString(
                    route.has("nexthops") ? route.getAsJsonArray("nexthops").size() : 0)));
      }
    }
    List<List<String>> ours = new ArrayList<>();
    for (JsonObject each : ofKind(facts, "route")) {
      JsonObject route = each.getAsJsonObject("details");
      // ip itself shows the main table only, and of IPv6 no routes of the kernel's own
      if (text(route, "table").equals("main") && !text(route, "type").equals("multicast")) {
        ours.add(
            List.of(
                text(route, "destination"),
                text(route, "gateway"),
                text(each, "interface"),
                text(route, "preferred_source"),
                text(route, "type"),
                Integer.toString(route.has("hops") ? route.getAsJsonArray("hops").size() : 0)));
      }
    }
    assertThat(ours).containsExactlyInAnyOrderElementsOf(told);
    assertThat(ofKind(facts, "rule"))
        .extracting(each -> text(each, "text"))
        .containsExactly(
            "0: from all lookup local",
            "100: from 10.99.0.2 fwmark 0x7 lookup 77",
            "200: from all to 203.0.113.5 iif eth0 prohibit",
            "32766: from all lookup main",
            "32767: from all lookup default");
  }

  @Test
  void connectionsAreThoseThatTheKernelTells() throws IOException {
    Map<String, byte[]> truth = CheckpointFixture.unpacked(KINDS.resolveSibling("network.tar.zst"));
    List<JsonObject> facts = records("network", network(truth));
    assertThat(ofKind(facts, "connection"))
        .extracting(each -> text(each, "text"))
        .containsExactly(
            "udp 10.99.0.1:40002 -> 10.99.0.2:5353 reply 10.99.0.2:5353 -> 10.99.0.1:40002",
            "tcp ESTABLISHED 10.99.0.1:40001 -> 10.99.0.2:8080"
                + " reply 10.99.0.2:8080 -> 10.99.0.1:40001");
    assertThat(ofKind(facts, "firewall"))
        .extracting(each -> text(each, "text"))
        .contains("iptables: -A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT");
    assertThat(ofKind(facts, "interface"))
        .extracting(each -> text(each, "interface") + " " + text(each, "text"))
        .contains("eth0 veth mtu 1500 up running 02:4a:94:4f:da:f5");
  }

  @Test
  void savedMessagesThatAreCutShortAreAFindingAndTheOthersAreTold() throws IOException {
    Map<String, byte[]> truth = CheckpointFixture.unpacked(KINDS.resolveSibling("network.tar.zst"));
    String dump = network(truth);
    byte[] whole = truth.get("ifaddr-10.img");
    Files.write(Path.of(dump, "ifaddr-10.img"), java.util.Arrays.copyOf(whole, 100));
    Files.write(Path.of(dump, "route-10.img"), "no route".getBytes(StandardCharsets.US_ASCII));
    Cli.Result result = Cli.run("checkpoint", "network", dump, "-o", "jsonl");
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err()).contains("the length of a message", "saved netlink messages");
    assertThat(ofKind(result.records(), "address")).hasSize(1);
    assertThat(ofKind(result.records(), "rule")).hasSize(5);
  }

  @Test
  void networkThatWasGivenFromOutsideSaysSo() {
    List<JsonObject> facts = records("network", CheckpointFixture.archive("shop-1").toString());
    assertThat(facts).hasSize(1);
    assertThat(text(facts.get(0), "text")).startsWith("given from outside as extRootNetNS");
  }

  @Test
  void objectsOfSystemVAreTold() {
    List<JsonObject> all = records("ipc", KINDS.toString());
    assertThat(all)
        .extracting(each -> words(each, "kind", "id", "key", "uid", "mode", "size", "waiting"))
        .containsExactly(
            List.of("segment", "0", "0x5151", "0", "600", "8192", "-"),
            List.of("semaphores", "0", "0x5252", "0", "640", "-", "-"),
            List.of("queue", "0", "0x5353", "0", "600", "16384", "20"));
    assertThat(all.get(1).getAsJsonArray("values")).hasToString("[1,2,300]");
    JsonArray messages = all.get(2).getAsJsonArray("messages");
    assertThat(messages).hasSize(2);
    assertThat(messages.get(0).toString()).contains("SYSV_MESSAGE_ONE");
    assertThat(text(messages.get(1).getAsJsonObject(), "type")).isEqualTo("8");
  }

  @Test
  void namespacesHaveTheirMembersAndSettings() {
    List<JsonObject> all = records("namespaces", KINDS.toString());
    JsonObject time = ofKind(all, "time").get(0);
    JsonObject clock = time.getAsJsonObject("settings").getAsJsonObject("boottime");
    assertThat(text(clock, "tv_sec")).isEqualTo("37538");
    JsonObject uts = ofKind(all, "uts").get(0);
    assertThat(text(uts, "host")).isEqualTo("false");
    assertThat(text(uts, "processes")).isEqualTo("3");
    assertThat(ofKind(all, "mnt")).extracting(each -> text(each, "host")).containsExactly("true");
  }

  @Test
  void locksAreAtTheDescriptorsThatHoldThem() {
    List<String> locks = new ArrayList<>();
    for (JsonObject each : records("files", KINDS.toString())) {
      if (!each.getAsJsonArray("locks").isEmpty()) {
        locks.add(text(each, "pid") + " " + text(each, "fd") + " " + each.get("locks"));
      }
    }
    assertThat(locks)
        .containsExactly("1 27 [{\"kind\":\"flock\",\"type\":\"write\",\"start\":0,\"length\":0}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop-1", "shop-2", "sidecar"})
  void filtersAndControlGroupsAreThoseThatCritTells(String name) throws IOException {
    Cli.Result result =
        Cli.run("checkpoint", "inspect", CheckpointFixture.archive(name).toString());
    JsonObject frozen =
        JsonParser.parseString(result.out()).getAsJsonObject().getAsJsonObject("frozen");
    List<Integer> lengths = new ArrayList<>();
    JsonObject crit =
        JsonParser.parseString(CheckpointFixture.text(name, "crit/seccomp.json")).getAsJsonObject();
    for (JsonElement entry : crit.getAsJsonArray("entries")) {
      JsonElement filters = entry.getAsJsonObject().get("seccomp_filters");
      for (JsonElement each : filters == null ? new JsonArray() : filters.getAsJsonArray()) {
        String packed = each.getAsJsonObject().get("filter").getAsString();
        lengths.add(Base64.getMimeDecoder().decode(packed).length / 8);
      }
    }
    List<Integer> ours = new ArrayList<>();
    for (JsonElement each : frozen.getAsJsonArray("seccomp")) {
      JsonObject filter = each.getAsJsonObject();
      ours.add(filter.get("instructions").getAsInt());
      assertThat(filter.getAsJsonArray("program")).hasSize(filter.get("instructions").getAsInt());
      assertThat(filter.get("program").toString()).contains("ret ALLOW", "syscall", "architecture");
    }
    assertThat(ours).isEqualTo(lengths);
    Set<String> properties = new TreeSet<>();
    collect(JsonParser.parseString(CheckpointFixture.text(name, "crit/cgroup.json")), properties);
    Set<String> told = new TreeSet<>();
    for (JsonElement each : frozen.getAsJsonArray("cgroups")) {
      each.getAsJsonObject()
          .getAsJsonObject("properties")
          .entrySet()
          .forEach(one -> told.add(one.getKey() + "=" + one.getValue().getAsString()));
    }
    assertThat(told).isEqualTo(properties);
  }

  @ParameterizedTest
  @ValueSource(strings = {"counter-podman", "multi-podman"})
  void filtersOfAnEngineAreProgramsToTheLastInstruction(String name) {
    String archive = CheckpointFixture.archive(name).toString();
    Cli.Result decoded = Cli.run("checkpoint", "decode", archive, "seccomp.img", "-o", "jsonl");
    JsonArray raw =
        decoded.records().get(0).getAsJsonObject("fields").getAsJsonArray("seccomp_filters");
    Cli.Result whole = Cli.run("checkpoint", "inspect", archive);
    JsonArray filters =
        JsonParser.parseString(whole.out())
            .getAsJsonObject()
            .getAsJsonObject("frozen")
            .getAsJsonArray("seccomp");
    assertThat(filters.size()).isEqualTo(raw.size()).isPositive();
    for (int i = 0; i < filters.size(); i++) {
      String packed = raw.get(i).getAsJsonObject().get("filter").getAsString();
      JsonArray program = filters.get(i).getAsJsonObject().getAsJsonArray("program");
      assertThat(program).hasSize(Base64.getDecoder().decode(packed).length / 8).hasSize(1158);
      assertThat(program.get(0).getAsString()).isEqualTo("0000: ld [4] architecture");
      assertThat(program.get(2).getAsString()).startsWith("0002: jeq #0xc000003e, ");
      assertThat(program.toString())
          .contains("ld [0] syscall", "ret ALLOW", "ret ERRNO 38", "argument 0, low")
          .doesNotContain("?", "jump-", "alu-");
    }
    for (JsonObject each : records("ps", archive)) {
      assertThat(each.getAsJsonArray("seccomp_filters")).hasSize(1);
    }
  }

  /** Every name with its value below a key of properties. */
  private static void collect(JsonElement from, Set<String> into) {
    if (from.isJsonArray()) {
      from.getAsJsonArray().forEach(each -> collect(each, into));
    } else if (from.isJsonObject()) {
      JsonObject object = from.getAsJsonObject();
      if (object.has("value") && object.has("name")) {
        into.add(text(object, "name") + "=" + text(object, "value"));
      }
      object.entrySet().forEach(each -> collect(each.getValue(), into));
    }
  }

  @Test
  void handlersAreToldWithWhatTheyAreCalledWith() {
    JsonObject first = records("ps", KINDS.toString()).get(0);
    assertThat(first.getAsJsonArray("signal_actions").toString())
        .contains("{\"signal\":\"SIGUSR2\",\"handler\":\"ignore\"");
    assertThat(text(first, "host_uid")).isEqualTo("0");
  }
}
