package drydock.checkpoint.triage;

import static drydock.checkpoint.triage.RulesTest.ELF;
import static drydock.checkpoint.triage.RulesTest.GHOST;
import static drydock.checkpoint.triage.RulesTest.INET;
import static drydock.checkpoint.triage.RulesTest.UNIX;
import static drydock.checkpoint.triage.RulesTest.kinds;
import static drydock.checkpoint.triage.RulesTest.mounts;
import static drydock.checkpoint.triage.RulesTest.runs;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.checkpoint.criu.Credentials;
import drydock.checkpoint.criu.Dump.Holder;
import drydock.checkpoint.criu.FileKind;
import drydock.checkpoint.criu.OpenFile.Remap;
import drydock.checkpoint.criu.OpenFile.RemapKind;
import drydock.checkpoint.criu.ProcessState;
import drydock.checkpoint.memory.AreaKind;
import drydock.checkpoint.triage.RulesTest.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a clue is worth, and what it says. */
class WorthTest {
  private static Severity worth(ClueKind kind, Change change) throws IOException {
    Invented invented = new Invented();
    change.make(invented);
    return invented.clues().stream()
        .filter(each -> each.kind() == kind)
        .map(Clue::severity)
        .findFirst()
        .orElseThrow();
  }

  private static Change makesCode(String program, AreaKind kind, String permissions, int... head) {
    return it -> {
      runs(it, program, Subject.base(program), program);
      it.area(kind, permissions, null, false, head);
    };
  }

  @Test
  void compilersMakeCodeAsLongAsTheyAreTheImages() throws IOException {
    ClueKind written = ClueKind.WRITABLE_EXECUTABLE;
    Change node = makesCode("/usr/bin/node", AreaKind.ANONYMOUS, "rwxp", 0x48, 0x89);
    assertThat(worth(written, node)).isEqualTo(Severity.LOW);
    assertThat(worth(ClueKind.ANONYMOUS_EXECUTABLE, node)).isEqualTo(Severity.LOW);
    assertThat(
            worth(
                ClueKind.SHARED_EXECUTABLE, makesCode("/usr/bin/php8.2", AreaKind.SHARED, "rwxs")))
        .isEqualTo(Severity.LOW);
    assertThat(worth(written, makesCode("/usr/bin/worker", AreaKind.ANONYMOUS, "rwxp")))
        .isEqualTo(Severity.HIGH);
    assertThat(worth(written, makesCode("/usr/bin/node", AreaKind.ANONYMOUS, "rwxp", ELF)))
        .isEqualTo(Severity.HIGH);
    assertThat(worth(written, makesCode("/tmp/node", AreaKind.ANONYMOUS, "rwxp")))
        .isEqualTo(Severity.HIGH);
    assertThat(
            worth(
                written,
                it -> {
                  node.make(it);
                  it.written.add("/usr/bin/node");
                }))
        .isEqualTo(Severity.HIGH);
    assertThat(
            worth(
                written,
                it -> {
                  node.make(it);
                  it.programRemap = GHOST;
                }))
        .isEqualTo(Severity.HIGH);
    Invented named = new Invented();
    node.make(named);
    assertThat(named.clues())
        .extracting(Clue::what)
        .anyMatch(each -> each.endsWith("; node compiles while it runs"));
  }

  @Test
  void headersMakeCodeInMemoryWorse() throws IOException {
    ClueKind kind = ClueKind.ANONYMOUS_EXECUTABLE;
    assertThat(worth(kind, it -> it.area(AreaKind.ANONYMOUS, "r-xp", null, false, 1)))
        .isEqualTo(Severity.MEDIUM);
    assertThat(worth(kind, it -> it.area(AreaKind.ANONYMOUS, "r-xp", null, false, ELF)))
        .isEqualTo(Severity.HIGH);
  }

  @Test
  void anUpdateOfPackagesReplacesPrograms() throws IOException {
    Change replaced =
        it -> {
          it.programRemap = GHOST;
          it.written.add(it.program);
        };
    assertThat(worth(ClueKind.REPLACED_PROGRAM, replaced)).isEqualTo(Severity.HIGH);
    assertThat(
            worth(
                ClueKind.REPLACED_PROGRAM,
                it -> {
                  replaced.make(it);
                  it.written.add("/lib/apk/db/installed");
                }))
        .isEqualTo(Severity.MEDIUM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/var/lib/dpkg/status",
        "/lib/apk/db/installed",
        "/usr/lib/apk/db/installed",
        "/var/lib/rpm/rpmdb.sqlite",
        "/usr/lib/sysimage/rpm/rpmdb.sqlite",
        "/var/lib/rpm/Packages",
        "/var/lib/rpm/Packages.db"
      })
  void listsOfPackagesAreKnown(String list) throws IOException {
    Change update =
        it -> {
          it.programRemap = GHOST;
          it.written.addAll(List.of(it.program, list));
        };
    assertThat(worth(ClueKind.REPLACED_PROGRAM, update)).isEqualTo(Severity.MEDIUM);
    assertThat(texts(update))
        .contains(
            "/usr/bin/worker, 55 bytes of it are in ghost file 3; packages were changed, too: "
                + list);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/tmp", "/var/tmp", "/dev", "/run/shm", "/run/lock", "/var/lock", "/srv/.x"})
  void programsDoNotLieThere(String place) throws IOException {
    assertThat(kinds(it -> it.program = place + "/worker")).contains(ClueKind.ODD_PLACE);
    assertThat(kinds(it -> it.workingDirectory = place)).contains(ClueKind.ODD_DIRECTORY);
    assertThat(kinds(it -> it.program = place.replace('.', 'y') + "s/worker"))
        .doesNotContain(ClueKind.ODD_PLACE);
  }

  @Test
  void whatIsThereIsSaid() throws IOException {
    assertThat(texts(it -> it.programRemap = GHOST))
        .containsExactly("/usr/bin/worker, 55 bytes of it are in ghost file 3");
    assertThat(texts(it -> it.programRemap = new Remap(RemapKind.GHOST, 4)))
        .containsExactly("/usr/bin/worker");
    assertThat(texts(it -> it.area(AreaKind.STACK, "rwxp", null, false)))
        .containsOnly("0x70000000-0x70001000 rwxp stack");
    assertThat(texts(it -> it.area(AreaKind.MEMFD, "r-xs", "/memfd:x", true, ELF)))
        .containsExactly(
            "0x70000000-0x70001000 r-xs /memfd:x, begins 7f 45 4c 46 02 01 (an ELF program)");
  }

  private static List<String> texts(Change change) throws IOException {
    Invented invented = new Invented();
    change.make(invented);
    return invented.clues().stream().map(Clue::what).toList();
  }

  @Test
  void whatTheContainerWasStartedWithIsWorthLess() throws IOException {
    Change started =
        it -> {
          it.environment = List.of("LD_PRELOAD=/a.so:/b.so");
          it.startedWith = ", \"LD_PRELOAD=/a.so:/b.so\"";
        };
    assertThat(worth(ClueKind.PRELOAD, started)).isEqualTo(Severity.LOW);
    assertThat(
            worth(
                ClueKind.PRELOAD,
                it -> {
                  started.make(it);
                  it.written.add("/b.so");
                }))
        .isEqualTo(Severity.HIGH);
    assertThat(
            worth(
                ClueKind.PRELOAD,
                it -> {
                  started.make(it);
                  it.environment = List.of("LD_PRELOAD=/b.so");
                }))
        .isEqualTo(Severity.HIGH);
  }

  @Test
  void publicAddressesAndRightsOverTheNodeAreWorthMore() throws IOException {
    ClueKind out = ClueKind.OUTSIDE_CONNECTION;
    assertThat(worth(out, it -> it.socket(INET, "tcp", "ESTABLISHED", "10.0.0.2:9", "10.0.0.3:80")))
        .isEqualTo(Severity.MEDIUM);
    assertThat(worth(out, it -> it.socket(INET, "tcp", "ESTABLISHED", "10.0.0.2:9", "9.9.9.9:80")))
        .isEqualTo(Severity.HIGH);
    assertThat(worth(ClueKind.UNUSUAL_CAPABILITY, it -> it.capabilities |= 1L << 25))
        .isEqualTo(Severity.MEDIUM);
    assertThat(worth(ClueKind.UNUSUAL_CAPABILITY, it -> it.capabilities |= 1L << 21))
        .isEqualTo(Severity.HIGH);
    assertThat(worth(ClueKind.HOST_MOUNT, it -> mounts(it, "/srv/data")))
        .isEqualTo(Severity.MEDIUM);
    assertThat(worth(ClueKind.HOST_MOUNT, it -> mounts(it, "/etc"))).isEqualTo(Severity.HIGH);
    assertThat(worth(ClueKind.HOST_NAMESPACE, it -> it.network = 2)).isEqualTo(Severity.MEDIUM);
  }

  @Test
  void whatIsWorthMostComesFirst() throws IOException {
    Invented invented = new Invented();
    invented.workingDirectory = "/tmp";
    invented.command = "nginx";
    invented.programRemap = GHOST;
    assertThat(invented.clues())
        .extracting(Clue::severity)
        .containsExactly(Severity.HIGH, Severity.MEDIUM, Severity.LOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HOME",
        "PATH",
        "PWD",
        "OLDPWD",
        "SHLVL",
        "_",
        "TERM",
        "HOSTNAME",
        "USER",
        "LOGNAME",
        "SHELL",
        "LANG",
        "container"
      })
  void whatShellsAndRuntimesSetIsNoChange(String name) throws IOException {
    List<String> started = List.of("PATH=/usr/bin", "LEVEL=info");
    List<String> more = new ArrayList<>(started);
    more.removeIf(each -> each.startsWith(name + "="));
    assertThat(kinds(it -> it.environment = more)).isEmpty();
    more.add(name + (name.equals("PATH") ? "=/usr/bin" : "=x"));
    assertThat(kinds(it -> it.environment = more)).isEmpty();
    more.add("MORE=1");
    assertThat(texts(it -> it.environment = more)).containsExactly("with MORE");
  }

  @Test
  void socketsAreSaidWithBothEnds() throws IOException {
    assertThat(texts(it -> it.socket(INET, "tcp", "ESTABLISHED", "10.0.0.2:9", "9.9.9.9:80")))
        .containsExactly("tcp ESTABLISHED 10.0.0.2:9 to 9.9.9.9:80, a public address");
    assertThat(texts(it -> it.socket(INET, "udp", null, "10.0.0.2:9", "10.0.0.3:80")))
        .containsExactly("udp 10.0.0.2:9 to 10.0.0.3:80, a private address");
    assertThat(texts(it -> it.socket(INET, "tcp", "LISTEN", "0.0.0.0:80", null)))
        .containsExactly("tcp LISTEN 0.0.0.0:80");
    assertThat(
            worth(
                ClueKind.PACKET_SOCKET,
                it -> it.socket(FileKind.PACKET_SOCKET, "packet-raw", null, "interface 2", null)))
        .isEqualTo(Severity.HIGH);
    assertThat(
            worth(
                ClueKind.RUNTIME_SOCKET,
                it -> it.socket(UNIX, "unix-stream", "CLOSE", "", "/var/run/docker.sock")))
        .isEqualTo(Severity.HIGH);
  }

  @Test
  void aSocketAsInputIsSaid() throws IOException {
    assertThat(
            texts(
                it -> {
                  it.has(0, INET, "socket:[1]", 2, false);
                  it.socketOf(0, INET, "tcp", "ESTABLISHED", "127.0.0.1:9", "127.0.0.1:80");
                }))
        .containsExactly("fd 0 is tcp ESTABLISHED 127.0.0.1:9 to 127.0.0.1:80");
    assertThat(texts(it -> it.has(1, INET, "socket:[1]", 2, false)))
        .containsExactly("fd 1 is a socket");
  }

  @Test
  void thoseThatHaveTheSameAreNamedUpToTwenty() {
    List<Holder> holders = new ArrayList<>();
    for (int i = 1; i <= 23; i++) {
      holders.add(Invented.holder(i, "p" + i));
    }
    assertThat(Connections.others(List.of())).isEmpty();
    assertThat(Connections.others(holders.subList(0, 1))).isEmpty();
    assertThat(Connections.others(holders.subList(0, 3))).isEqualTo("; also of 2 p2, 3 p3");
    assertThat(Connections.others(holders.subList(0, 21))).endsWith("20 p20, 21 p21");
    assertThat(Connections.others(holders)).endsWith("21 p21 and 2 more");
  }

  @Test
  void namespacesThatAreThoseOfTheFirstAreSaidOnce() throws IOException {
    Change both =
        it -> {
          it.firstNetwork = 2;
          it.network = 2;
        };
    assertThat(texts(both)).containsExactly("namespaces of the node: net");
    assertThat(texts(it -> it.network = 2)).containsExactly("namespaces of the node: net");
    assertThat(texts(it -> it.network = 3)).isEmpty();
    assertThat(worth(ClueKind.HOST_NAMESPACE, it -> it.mountNamespace = 1))
        .isEqualTo(Severity.HIGH);
  }

  @ParameterizedTest
  @CsvSource({
    "bind, '', true",
    "none, bind, true",
    "none, rbind, true",
    "none, ro, false",
    "tmpfs, nosuid, false",
  })
  void onlyWhatIsBoundIsOfTheNode(String type, String option, boolean isTold) throws IOException {
    String mount =
        ", {\"destination\": \"/x\", \"type\": \"%s\", \"source\": \"/srv/x\", \"options\": [\"%s\"]}"
            .formatted(type, option);
    assertThat(kinds(it -> it.mounts = mount).contains(ClueKind.HOST_MOUNT)).isEqualTo(isTold);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/etc/x", "/var/log", "/var/lib/kubelet", "/root"})
  void placesOfTheNodeThatAreItsOwnAreWorthMore(String source) throws IOException {
    assertThat(worth(ClueKind.HOST_MOUNT, it -> mounts(it, source))).isEqualTo(Severity.HIGH);
  }

  /** Rights of what has ended are nobody's. */
  @Test
  void ofAProcessThatHasEndedNothingIsSaid() throws IOException {
    assertThat(
            texts(
                it -> {
                  it.state = ProcessState.ZOMBIE;
                  it.capabilities = 0x1ffffffffffL;
                  it.users = new Credentials.Ids(0, 34, 34, 34);
                  it.seccomp = "disabled";
                  it.session = 7;
                  it.command = "kworker/0:1";
                  it.firstProgram = "/usr/sbin/nginx";
                  it.program = "/usr/bin/dash";
                }))
        .isEmpty();
  }

  @Test
  void withoutTheSpecOnlyWhatNeedsNoneIsSaid() throws IOException {
    assertThat(
            kinds(
                it -> {
                  it.hasSpec = false;
                  it.capabilities |= 1L << 19;
                  it.users = new Credentials.Ids(0, 0, 0, 0);
                  it.seccomp = "disabled";
                  it.environment = List.of("LEVEL=debug", "LD_PRELOAD=/x.so");
                }))
        .containsExactlyInAnyOrder(ClueKind.UNUSUAL_CAPABILITY, ClueKind.PRELOAD);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void anyOfTheIdsOfRootIsOne(int which) throws IOException {
    long[] ids = {33, 33, 33, 33};
    ids[which] = 0;
    Change change = it -> it.users = new Credentials.Ids(ids[0], ids[1], ids[2], ids[3]);
    assertThat(kinds(change)).contains(ClueKind.UNEXPECTED_ROOT);
  }

  /** By their numbers in the kernel's include/uapi/linux/capability.h. */
  @ParameterizedTest
  @CsvSource({
    "2, HIGH, CAP_DAC_READ_SEARCH",
    "12, HIGH, CAP_NET_ADMIN",
    "16, HIGH, CAP_SYS_MODULE",
    "17, HIGH, CAP_SYS_RAWIO",
    "19, HIGH, CAP_SYS_PTRACE",
    "21, HIGH, CAP_SYS_ADMIN",
    "33, HIGH, CAP_MAC_ADMIN",
    "34, HIGH, CAP_SYSLOG",
    "39, HIGH, CAP_BPF",
    "14, MEDIUM, CAP_IPC_LOCK",
    "23, MEDIUM, CAP_SYS_NICE",
    "25, MEDIUM, CAP_SYS_TIME",
  })
  void rightsOverTheNodeAreWorthMore(int number, Severity severity, String name)
      throws IOException {
    Change change =
        it -> {
          it.hasSpec = false;
          it.capabilities |= 1L << number;
        };
    assertThat(worth(ClueKind.UNUSUAL_CAPABILITY, change)).isEqualTo(severity);
    assertThat(texts(change)).containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31})
  void rightsThatEnginesGiveAreUsual(int number) throws IOException {
    assertThat(
            kinds(
                it -> {
                  it.hasSpec = false;
                  it.capabilities = 1L << number;
                }))
        .isEmpty();
  }
}
