package drydock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import drydock.checkpoint.CheckpointFixture;
import drydock.checkpoint.criu.ImageKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each image of a dump lost, emptied, cut in half, or put in the place of another: every command
 * goes on, says what is wrong, and tells what does not concern that image as before.
 */
final class HurtImagesTest {
  private enum Hurt {
    REMOVED,
    EMPTY,
    HALF,
    OTHER
  }

  private record Case(String image, Hurt how, List<String> commands) {}

  private static final List<String> COMMANDS =
      List.of(
          "ps",
          "files",
          "sockets",
          "mounts",
          "memory",
          "show",
          "triage",
          "env",
          "strings",
          "inspect",
          "search",
          "diff",
          "core",
          "decode",
          "network",
          "namespaces",
          "ipc");

  private static final Set<ImageKind> OF_TASKS =
      EnumSet.of(
          ImageKind.INVENTORY,
          ImageKind.PSTREE,
          ImageKind.CORE,
          ImageKind.IDS,
          ImageKind.MM,
          ImageKind.FILES);

  /** What each command leans on, besides those of tasks. */
  private static final Map<String, Set<ImageKind>> CONCERN =
      Map.of(
          "network",
          EnumSet.of(
              ImageKind.NETNS,
              ImageKind.NETDEV,
              ImageKind.IFADDR,
              ImageKind.ROUTE,
              ImageKind.ROUTE6,
              ImageKind.RULE,
              ImageKind.IPTABLES,
              ImageKind.IP6TABLES),
          "namespaces",
          EnumSet.of(ImageKind.NETNS, ImageKind.UTSNS, ImageKind.TIMENS, ImageKind.IPC_VAR),
          "ipc",
          EnumSet.of(ImageKind.IPCNS_SHM, ImageKind.IPCNS_SEM, ImageKind.IPCNS_MSG),
          "ps",
          EnumSet.of(
              ImageKind.FS,
              ImageKind.PAGEMAP,
              ImageKind.PAGES,
              ImageKind.REMAP_FPATH,
              ImageKind.CGROUP,
              ImageKind.UTSNS,
              ImageKind.USERNS,
              ImageKind.SECCOMP,
              ImageKind.MEMFD_INODE),
          "files",
          EnumSet.of(
              ImageKind.FS,
              ImageKind.FDINFO,
              ImageKind.FILE_LOCKS,
              ImageKind.REMAP_FPATH,
              ImageKind.MEMFD_INODE,
              ImageKind.TTY_INFO,
              ImageKind.TTY_DATA,
              ImageKind.PIPES_DATA,
              ImageKind.FIFO_DATA,
              ImageKind.SK_QUEUES,
              ImageKind.TCP_STREAM),
          "sockets",
          EnumSet.of(ImageKind.FDINFO, ImageKind.SK_QUEUES, ImageKind.TCP_STREAM),
          "mounts",
          EnumSet.of(ImageKind.MNTS),
          "memory",
          EnumSet.of(
              ImageKind.PAGEMAP,
              ImageKind.PAGES,
              ImageKind.REMAP_FPATH,
              ImageKind.MEMFD_INODE,
              ImageKind.IPCNS_SHM),
          "env",
          EnumSet.of(ImageKind.PAGEMAP, ImageKind.PAGES));

  /** What CRIU leaves out when there is nothing to be written: nobody can tell that it is lost. */
  private static final Set<ImageKind> OPTIONAL =
      EnumSet.of(
          ImageKind.PIPES_DATA,
          ImageKind.FIFO_DATA,
          ImageKind.SK_QUEUES,
          ImageKind.TTY_DATA,
          ImageKind.FILE_LOCKS,
          ImageKind.IPC_VAR,
          ImageKind.NETNS,
          ImageKind.NETDEV,
          ImageKind.TIMENS,
          ImageKind.USERNS,
          ImageKind.PIDNS,
          ImageKind.IPCNS_SHM,
          ImageKind.IPCNS_MSG,
          ImageKind.IPCNS_SEM,
          ImageKind.STATS);

  private static final Pattern OF_PROCESS =
      Pattern.compile("(?:.*/)?(?:core|ids|fs|mm|pagemap)-(\\d+)\\.img");

  /** An entry of an archive, and what of it is meant. */
  private static final Pattern BELOW_HEADER =
      Pattern.compile("(tar header at \\d+)(?: > [a-z][^ \\]]*\\.img)?");

  @TempDir Path temporary;
  private final Map<String, Cli.Result> before = new LinkedHashMap<>();

  private static Map<String, byte[]> members(String name) throws IOException {
    return new TreeMap<>(
        name.equals("kinds")
            ? CheckpointFixture.unpacked(Cli.FIXTURES.resolve("criu/kinds.tar.zst"))
            : CheckpointFixture.members(name));
  }

  private Path write(String archive, Map<String, byte[]> members) throws IOException {
    Path file = temporary.resolve(archive);
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> each : members.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(each.getKey());
        entry.setModTime(FileTime.fromMillis(0));
        entry.setSize(each.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(each.getValue());
        tar.closeArchiveEntry();
      }
    }
    return file;
  }

  /** Where entries lie in the archive is not told: it is another place when one is shorter. */
  private Cli.Result run(String command, Path dump) throws IOException {
    Cli.Result result = answer(command, dump);
    String out = result.out().replaceAll("tar header at \\d+", "tar header");
    return new Cli.Result(result.exit(), out.getBytes(UTF_8), result.err());
  }

  private Cli.Result answer(String command, Path dump) throws IOException {
    String at = dump.toString();
    return switch (command) {
      case "inspect" -> Cli.run("checkpoint", "inspect", at);
      case "search" -> Cli.run("checkpoint", "memory", at, "--search", "own", "-o", "jsonl");
      case "diff" ->
          Cli.run(
              "checkpoint", "diff", temporary.resolve("whole.tar").toString(), at, "-o", "jsonl");
      case "core" -> {
        Path to = temporary.resolve("cores");
        delete(to);
        yield Cli.run("checkpoint", "core", at, "--to", to.toString(), "-o", "jsonl");
      }
      default -> Cli.run("checkpoint", command, at, "-o", "jsonl");
    };
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  /** One image of each kind that is there, hurt in each way, and who reads it; others by turns. */
  @Test
  void everyKindOfImageMayBeHurt() throws IOException {
    Map<String, byte[]> members = members("kinds");
    List<Case> cases = new ArrayList<>();
    for (String image : samples(members)) {
      for (Hurt how : Hurt.values()) {
        cases.add(new Case(image, how, chosen(ImageKind.ofName(last(image)), cases.size())));
      }
    }
    hurtAll("kinds", members, cases);
  }

  @Test
  void whatOnlyArchivesOfEnginesHaveMayBeHurt() throws IOException {
    Map<String, byte[]> members = members("shop-1");
    Set<ImageKind> others = kinds(members("kinds"));
    List<Case> cases = new ArrayList<>();
    for (String image : samples(members)) {
      if (!others.contains(ImageKind.ofName(last(image)))) {
        cases.add(new Case(image, Hurt.REMOVED, COMMANDS));
        cases.add(new Case(image, Hurt.OTHER, COMMANDS));
      }
    }
    hurtAll("shop-1", members, cases);
  }

  @Tag("live")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "kinds",
        "counter-podman",
        "counter-later-podman",
        "multi-podman",
        "shop-1",
        "shop-2",
        "sidecar"
      })
  void everyImageOfEveryArchiveMayBeHurt(String name) throws IOException {
    Map<String, byte[]> members = members(name);
    List<Case> cases = new ArrayList<>();
    for (String image : images(members)) {
      for (Hurt how : Hurt.values()) {
        cases.add(new Case(image, how, COMMANDS));
      }
    }
    hurtAll(name, members, cases);
  }

  /** Who is known to read a kind; one of the others in turn, or half of all for those of tasks. */
  private static List<String> chosen(ImageKind kind, int turn) {
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < COMMANDS.size(); i++) {
      String command = COMMANDS.get(i);
      boolean isConcerned = CONCERN.getOrDefault(command, Set.of()).contains(kind);
      int every = OF_TASKS.contains(kind) ? 2 : COMMANDS.size() / 2;
      if (isConcerned || (i + turn) % every == 0) {
        chosen.add(command);
      }
    }
    return chosen;
  }

  private static List<String> images(Map<String, byte[]> members) {
    return members.keySet().stream()
        .filter(each -> ImageKind.ofName(last(each)) != ImageKind.UNKNOWN)
        .toList();
  }

  private static Set<ImageKind> kinds(Map<String, byte[]> members) {
    Set<ImageKind> kinds = EnumSet.noneOf(ImageKind.class);
    images(members).forEach(each -> kinds.add(ImageKind.ofName(last(each))));
    return kinds;
  }

  /** The first and the last image of each kind. */
  private static Set<String> samples(Map<String, byte[]> members) {
    Set<String> samples = new TreeSet<>();
    for (ImageKind kind : kinds(members)) {
      List<String> all =
          images(members).stream().filter(each -> ImageKind.ofName(last(each)) == kind).toList();
      samples.add(all.get(0));
      samples.add(all.get(all.size() - 1));
    }
    return samples;
  }

  private void hurtAll(String name, Map<String, byte[]> members, List<Case> cases)
      throws IOException {
    List<String> names = images(members);
    write("whole.tar", members);
    Path dump = write("hurt.tar", members);
    for (String each : COMMANDS) {
      before.put(each, run(each, dump));
    }
    List<String> wrong = new ArrayList<>();
    for (Case each : cases) {
      Map<String, byte[]> hurt = new TreeMap<>(members);
      hurt(hurt, each, other(each.image(), names, members));
      write("hurt.tar", hurt);
      for (String command : each.commands()) {
        String fault = fault(command, each.image(), each.how(), run(command, dump));
        if (fault != null) {
          wrong.add(name + " " + each.image() + " " + each.how() + " " + command + ": " + fault);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The next image of another kind. */
  private static byte[] other(String image, List<String> names, Map<String, byte[]> members) {
    int at = names.indexOf(image);
    for (int i = 1; i < names.size(); i++) {
      String next = names.get((at + i) % names.size());
      ImageKind kind = ImageKind.ofName(last(next));
      if (!kind.isRaw() && kind != ImageKind.ofName(last(image))) {
        return members.get(next);
      }
    }
    throw new AssertionError("there is no other");
  }

  private static void hurt(Map<String, byte[]> members, Case what, byte[] other) {
    switch (what.how()) {
      case REMOVED -> members.remove(what.image());
      case EMPTY -> members.put(what.image(), new byte[0]);
      case HALF ->
          members.computeIfPresent(
              what.image(), (name, bytes) -> Arrays.copyOf(bytes, bytes.length / 2));
      case OTHER -> members.put(what.image(), other);
    }
  }

  /** What is wrong with an answer; null when it is as it should be. */
  private @Nullable String fault(String command, String image, Hurt how, Cli.Result result) {
    Cli.Result was = before.getOrDefault(command, result);
    ImageKind kind = ImageKind.ofName(last(image));
    boolean isSame = result.out().equals(was.out());
    if (result.exit() != 0 && result.exit() != 3) {
      return "exit code " + result.exit() + " " + result.err();
    }
    if (!result.err().lines().allMatch(each -> each.startsWith("drydock: "))
        || result.err().contains("Exception")) {
      return "errors that are no findings " + result.err();
    }
    if (isToldTwice(result.err())) {
      return "the same twice " + result.err();
    }
    boolean mayBeSilent = kind.isRaw() || (how == Hurt.REMOVED && OPTIONAL.contains(kind));
    if (!isSame && result.exit() == 0 && !mayBeSilent && how != Hurt.HALF && !tellsFiles(command)) {
      return "another answer, and no word of it";
    }
    Set<ImageKind> concern = CONCERN.get(command);
    boolean isNoConcern = concern != null && !concern.contains(kind) && !OF_TASKS.contains(kind);
    if (!isSame && isNoConcern) {
      return "another answer, of what is no concern of it";
    }
    return isSame ? null : faultOfRecords(command, image, result, was);
  }

  /** Whether a place is blamed for the same thing more than once, however it is named. */
  private static boolean isToldTwice(String errors) {
    Set<String> seen = new HashSet<>();
    return !errors
        .lines()
        .map(each -> BELOW_HEADER.matcher(each).replaceFirst("$1"))
        .allMatch(seen::add);
  }

  private @Nullable String faultOfRecords(
      String command, String image, Cli.Result result, Cli.Result was) {
    if (command.equals("ps") && !pids(result).equals(pids(was))) {
      return "the processes are " + pids(result);
    }
    Matcher matcher = OF_PROCESS.matcher(image);
    if (matcher.matches() && List.of("ps", "memory", "env").contains(command)) {
      long owner = owner(Long.parseLong(matcher.group(1)));
      boolean isCompared = command.equals("env") && owner == pids(before.get("ps")).get(0);
      if (!isCompared && !ofOthers(result, owner).equals(ofOthers(was, owner))) {
        return "other processes than " + owner + " are not as before";
      }
    }
    boolean lists = command.equals("decode");
    return lists && !ofOthers(result, last(image)).equals(ofOthers(was, last(image)))
        ? "other images are not as before"
        : null;
  }

  /** Those that list the files of a dump itself: one less is no wonder to them. */
  private static boolean tellsFiles(String command) {
    return List.of("decode", "inspect", "show").contains(command);
  }

  private static List<Long> pids(Cli.Result ps) {
    return ps.records().stream().map(each -> each.get("pid").getAsLong()).sorted().toList();
  }

  /** The process that a thread is of. */
  private long owner(long tid) {
    for (JsonObject each : before.get("ps").records()) {
      for (JsonElement thread : each.getAsJsonArray("threads")) {
        if (thread.getAsJsonObject().get("tid").getAsLong() == tid) {
          return each.get("pid").getAsLong();
        }
      }
    }
    return tid;
  }

  private static List<JsonObject> ofOthers(Cli.Result result, long pid) {
    return result.records().stream()
        .filter(each -> each.get("pid").isJsonNull() || each.get("pid").getAsLong() != pid)
        .toList();
  }

  private static List<JsonObject> ofOthers(Cli.Result result, String image) {
    return result.records().stream()
        .filter(each -> !each.get("image").getAsString().equals(image))
        .toList();
  }

  /** What is left then are cores, which tell processes from threads. */
  @ParameterizedTest
  @ValueSource(strings = {"kinds", "multi-podman"})
  void processesAreKnownByTheirCoresAlone(String name) throws IOException {
    Map<String, byte[]> members = members(name);
    List<Long> pids = pids(run("ps", write("whole.tar", members)));
    members.keySet().removeIf(each -> each.endsWith("pstree.img") || each.contains("inventory"));
    Cli.Result ps = run("ps", write("hurt.tar", members));
    assertThat(ps.exit()).isEqualTo(3);
    assertThat(pids(ps)).isEqualTo(pids);
    assertThat(ps.records()).allMatch(each -> each.get("parent_pid").isJsonNull());
    List<String> missing = new ArrayList<>(ps.err().lines().toList());
    missing.removeIf(line -> !line.contains("is not in the tree of processes"));
    assertThat(missing).hasSizeGreaterThanOrEqualTo(pids.size());
    assertThat(run("show", temporary.resolve("hurt.tar")).exit()).isEqualTo(3);
  }
}
