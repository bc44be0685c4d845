package drydock.checkpoint.triage;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.checkpoint.criu.Credentials;
import drydock.checkpoint.criu.FileKind;
import drydock.checkpoint.criu.OpenFile.Remap;
import drydock.checkpoint.criu.OpenFile.RemapKind;
import drydock.checkpoint.criu.PendingSignal;
import drydock.checkpoint.criu.ProcessState;
import drydock.checkpoint.memory.AreaKind;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule fires at what it is for, and not at what looks like it. */
class RulesTest {
  static final Remap GHOST = new Remap(RemapKind.GHOST, 3);
  static final int[] ELF = {0x7f, 'E', 'L', 'F', 2, 1};
  private static final FileKind REG = FileKind.REGULAR;
  static final FileKind INET = FileKind.INET_SOCKET;
  static final FileKind UNIX = FileKind.UNIX_SOCKET;

  /** Changes one thing of the container that nothing is wrong with. */
  @FunctionalInterface
  interface Change {
    void make(Invented invented);
  }

  record Case(ClueKind kind, Change change) {
    @Override
    public String toString() {
      return kind.label();
    }
  }

  private static Case of(ClueKind kind, Change change) {
    return new Case(kind, change);
  }

  static void runs(Invented it, String program, String command, String... arguments) {
    it.program = program;
    it.command = command;
    it.arguments = List.of(arguments);
  }

  static void mounts(Invented it, String source) {
    it.mounts =
        ", {\"destination\": \"/x\", \"type\": \"bind\", \"source\": \"%s\"}".formatted(source);
  }

  static Stream<Case> firing() {
    return Stream.of(
        of(ClueKind.MEMORY_PROGRAM, it -> it.program = "/memfd:x"),
        of(ClueKind.DELETED_PROGRAM, it -> it.programRemap = GHOST),
        of(
            ClueKind.REPLACED_PROGRAM,
            it -> {
              it.programRemap = GHOST;
              it.written.add(it.program);
            }),
        of(ClueKind.ADDED_PROGRAM, it -> it.written.add(it.program)),
        of(
            ClueKind.ADDED_CODE,
            it -> {
              it.area(AreaKind.FILE, "r-xp", "/usr/lib/x.so", false);
              it.written.add("/usr/lib/x.so");
            }),
        of(ClueKind.ODD_PLACE, it -> it.program = "/tmp/worker"),
        of(ClueKind.ODD_PLACE, it -> it.program = "/usr/share/.x/worker"),
        of(ClueKind.ODD_PLACE, it -> it.program = "/dev/shm/worker"),
        of(ClueKind.KERNEL_NAME, it -> it.arguments = List.of("[kworker/0:1]")),
        of(ClueKind.KERNEL_NAME, it -> it.command = "kworker/u8:2"),
        of(ClueKind.KERNEL_NAME, it -> runs(it, "/x/kdevtmpfsi", "kdevtmpfsi", "kdevtmpfsi")),
        of(
            ClueKind.MEMORY_PROGRAM,
            it -> runs(it, "/memfd:runc_cloned:/proc/self/exe", "runc:[2:INIT]", "runc", "init")),
        of(
            ClueKind.MEMORY_PROGRAM,
            it -> {
              it.parent = 0;
              it.program = "/memfd:runc_cloned:/proc/self/exe2";
            }),
        of(
            ClueKind.DELETED_PROGRAM,
            it -> {
              it.programRemap = GHOST;
              it.written.add("/var/lib/dpkg/status");
            }),
        of(
            ClueKind.PRELOAD,
            it -> {
              it.environment = List.of("LD_PRELOAD=/usr/lib/libjemalloc.so");
              it.startedWith = ", \"LD_PRELOAD=/usr/lib/libjemalloc.so\"";
            }),
        of(ClueKind.PRELOAD, it -> it.environment = List.of("LD_AUDIT=/tmp/x.so")),
        of(ClueKind.PRELOAD, it -> it.written.add("/etc/ld.so.preload")),
        of(
            ClueKind.LISTENING,
            it -> {
              it.socket(INET, "tcp", "LISTEN", "127.0.0.1:80", null);
              it.firstNetwork = 2;
            }),
        of(ClueKind.NAME_DIFFERS, it -> it.command = "nginx"),
        of(ClueKind.NAME_DIFFERS, it -> it.command = "sshd"),
        of(ClueKind.NAME_DIFFERS, it -> it.arguments = List.of("workers")),
        of(ClueKind.NAME_DIFFERS, it -> runs(it, "/usr/bin/perl", "perl", "sshd: root@pts/0")),
        of(ClueKind.NAME_DIFFERS, it -> runs(it, "/usr/bin/perl", "perl", "/usr/sbin/httpd")),
        of(ClueKind.NAME_DIFFERS, it -> runs(it, "/bin/bash", "bash", "nginx: worker process")),
        of(ClueKind.NAME_DIFFERS, it -> runs(it, "/usr/bin/python3.11", "sshd", "python3", "-c")),
        of(ClueKind.NAME_DIFFERS, it -> runs(it, "/bin/nano", "editor", "editor")),
        of(ClueKind.NAME_DIFFERS, it -> runs(it, "/bin/nano", "editor", "/usr/bin/editor -x")),
        of(ClueKind.NAME_DIFFERS, it -> runs(it, "/usr/bin/worker", "sh", "/usr/bin/worker")),
        of(ClueKind.NAME_DIFFERS, it -> it.arguments = List.of("nginx: worker process")),
        of(ClueKind.NAME_DIFFERS, it -> runs(it, "/usr/bin/worker", "sshd", "sshd")),
        of(
            ClueKind.SHELL_OF_SERVER,
            it -> {
              it.firstProgram = "/usr/sbin/nginx";
              runs(it, "/usr/bin/dash", "sh", "sh", "-c", "id");
            }),
        of(ClueKind.DETACHED, it -> it.session = 7),
        of(ClueKind.DETACHED, it -> it.session = 5),
        of(ClueKind.DETACHED, it -> it.parent = 0),
        of(ClueKind.WRITABLE_EXECUTABLE, it -> it.area(AreaKind.STACK, "rwxp", null, false)),
        of(ClueKind.ANONYMOUS_EXECUTABLE, it -> it.area(AreaKind.ANONYMOUS, "r-xp", null, false)),
        of(
            ClueKind.SHARED_EXECUTABLE,
            it -> it.area(AreaKind.MEMFD, "r-xs", "/memfd:x", true, ELF)),
        of(
            ClueKind.SHARED_EXECUTABLE,
            it -> it.area(AreaKind.FILE_SHARED, "r-xs", "/dev/shm/x", false)),
        of(ClueKind.PROGRAM_IN_MEMORY, it -> it.area(AreaKind.ANONYMOUS, "rw-p", null, false, ELF)),
        of(
            ClueKind.CHANGED_CODE,
            it ->
                it.area(AreaKind.FILE, "r-xp", "/usr/bin/worker", false)
                    .area(AreaKind.FILE, "r-xp", "/usr/lib/libc.so", false)),
        of(ClueKind.DELETED_MAPPING, it -> it.area(AreaKind.FILE, "r--p", "/usr/lib/x.so", true)),
        of(ClueKind.NETWORK_TERMINAL, it -> it.has(0, INET, "socket:[1]", 2, false)),
        of(
            ClueKind.OUTSIDE_CONNECTION,
            it -> it.socket(INET, "tcp", "ESTABLISHED", "10.0.0.2:9", "10.0.0.3:80")),
        of(
            ClueKind.OUTSIDE_CONNECTION,
            it -> it.socket(INET, "udp6", null, "[fd00::1]:9", "[2001:db8::1]:53")),
        of(ClueKind.LISTENING, it -> it.socket(INET, "tcp", "LISTEN", "0.0.0.0:80", null)),
        of(ClueKind.LISTENING, it -> it.socket(INET, "udp6", "UNCONNECTED", "[::]:53", null)),
        of(
            ClueKind.PACKET_SOCKET,
            it -> it.socket(FileKind.PACKET_SOCKET, "packet-raw", null, "interface 2", null)),
        of(ClueKind.PACKET_SOCKET, it -> it.socket(INET, "icmp", null, "0.0.0.0:1", null)),
        of(
            ClueKind.RUNTIME_SOCKET,
            it -> it.socket(UNIX, "unix-stream", "CLOSE", "", "/var/run/docker.sock")),
        of(ClueKind.RUNTIME_SOCKET, it -> it.mountPoints.add("/run/containerd/containerd.sock")),
        of(ClueKind.RUNTIME_SOCKET, it -> mounts(it, "/var/run/docker.sock")),
        of(ClueKind.PRELOAD, it -> it.environment = List.of("LD_PRELOAD=/tmp/x.so")),
        of(ClueKind.HISTORY_OFF, it -> it.environment = List.of("HISTFILE=/dev/null")),
        of(ClueKind.HISTORY_OFF, it -> it.environment = List.of("HISTSIZE=0")),
        of(ClueKind.HISTORY_OFF, it -> it.environment = List.of("HISTFILESIZE=")),
        of(ClueKind.SECRET, it -> it.environment = List.of("DB_PASSWORD=x")),
        of(ClueKind.ENVIRONMENT_CHANGED, it -> it.environment = List.of("LEVEL=debug")),
        of(ClueKind.ENVIRONMENT_CHANGED, it -> it.environment = List.of("LEVEL=info", "MORE=1")),
        of(ClueKind.ENVIRONMENT_CHANGED, it -> it.environment = List.of("PATH=/usr/bin")),
        of(ClueKind.ENVIRONMENT_CHANGED, it -> it.environment = List.of("LEVEL=info", "a title")),
        of(ClueKind.PRIVILEGED, it -> it.capabilities = 0x1ffffffffffL),
        of(ClueKind.UNUSUAL_CAPABILITY, it -> it.capabilities |= 1L << 25),
        of(ClueKind.BEYOND_SPEC, it -> it.capabilities |= 1L << 19),
        of(ClueKind.NO_SECCOMP, it -> it.seccomp = "disabled"),
        of(ClueKind.UNEXPECTED_ROOT, it -> it.users = new Credentials.Ids(33, 33, 0, 33)),
        of(ClueKind.OTHER_IDENTITY, it -> it.users = new Credentials.Ids(33, 34, 34, 34)),
        of(ClueKind.SECRET, it -> it.environment = List.of("DB_PASSWORD=xy", "A=b")),
        of(ClueKind.SECRET, it -> it.environment = List.of("DB_PASSWORD_FILE=hunter2")),
        of(ClueKind.SECRET, it -> it.environment = List.of("DB_PASSWORD=/hunter2")),
        of(ClueKind.PROCESS_MEMORY, it -> it.has(3, REG, "/proc/12/mem", 2, false)),
        of(
            ClueKind.PROCESS_MEMORY,
            it -> {
              runs(it, "/usr/bin/gdb", "gdb", "gdb", "-p", "1");
              it.has(9, REG, "/proc/1/task/1/mem", 2, false);
            }),
        of(ClueKind.SYSTEM_WRITE, it -> it.has(3, REG, "/etc/passwd", 1, false)),
        of(ClueKind.DELETED_FILE, it -> it.has(3, REG, "/tmp/x", 0, true)),
        of(ClueKind.MEMORY_FILE, it -> it.has(3, FileKind.MEMFD, "/memfd:x", 2, false)),
        of(ClueKind.HISTORY_FILE, it -> it.has(3, REG, "/root/.bash_history", 2, false)),
        of(ClueKind.ODD_DIRECTORY, it -> it.workingDirectory = "/var/tmp"),
        of(ClueKind.OTHER_ROOT, it -> it.root = "/srv/jail"),
        of(ClueKind.PENDING_SIGNAL, it -> it.signals = List.of(new PendingSignal(12, 0, 1L, 0L))),
        of(ClueKind.STOPPED, it -> it.state = ProcessState.STOPPED),
        of(ClueKind.HOST_NAMESPACE, it -> it.network = 2),
        of(ClueKind.HOST_MOUNT, it -> mounts(it, "/etc")));
  }

  static Stream<Case> harmless() {
    return Stream.of(
        of(ClueKind.DELETED_PROGRAM, it -> it.written.add("/usr/bin/other")),
        of(
            ClueKind.DELETED_PROGRAM,
            it -> {
              it.programRemap = GHOST;
              it.written.add(it.program);
            }),
        of(ClueKind.MEMORY_PROGRAM, RulesTest::isRuntime),
        of(ClueKind.MEMORY_FILE, RulesTest::isRuntime),
        of(ClueKind.ADDED_PROGRAM, it -> it.written.add("/usr/bin/worker2")),
        of(
            ClueKind.ADDED_PROGRAM,
            it -> {
              it.programRemap = GHOST;
              it.written.add(it.program);
            }),
        of(
            ClueKind.ADDED_CODE,
            it -> {
              it.area(AreaKind.FILE, "r-xp", it.program, false);
              it.written.add(it.program);
            }),
        of(
            ClueKind.ADDED_CODE,
            it -> {
              it.area(AreaKind.FILE, "r-xp", "/usr/lib/x.so", true);
              it.written.add("/usr/lib/x.so");
            }),
        of(ClueKind.ODD_PLACE, it -> it.program = "/memfd:.x"),
        of(ClueKind.KERNEL_NAME, it -> it.command = "migrations"),
        of(ClueKind.KERNEL_NAME, it -> it.command = "mdadm"),
        of(ClueKind.NAME_DIFFERS, it -> it.command = "worker-thread"),
        of(ClueKind.NAME_DIFFERS, it -> it.command = "MainThread"),
        of(ClueKind.NAME_DIFFERS, it -> it.command = "exe"),
        of(
            ClueKind.NAME_DIFFERS,
            it ->
                runs(it, "/usr/bin/python3.11", "supervisord", "python3", "/usr/bin/supervisord")),
        of(
            ClueKind.NAME_DIFFERS,
            it -> runs(it, "/bin/bash", "supervisord-for", "sh", "/bin/supervisord-for-all")),
        of(ClueKind.NAME_DIFFERS, it -> runs(it, "/usr/bin/pypy3.9", "python", "python", "x.py")),
        of(ClueKind.NAME_DIFFERS, it -> runs(it, "/bin/busybox", "crond", "crond", "-f")),
        of(ClueKind.NAME_DIFFERS, it -> runs(it, "/usr/bin/ruby3.1", "ruby", "puma 5.6 (tcp)")),
        of(ClueKind.NAME_DIFFERS, it -> runs(it, "/bin/nano", "editor", "/usr/bin/editor")),
        of(ClueKind.NAME_DIFFERS, it -> it.arguments = List.of("worker-2 of 3")),
        of(ClueKind.NAME_DIFFERS, it -> runs(it, "/usr/sbin/nginx", "nginx", "nginx: worker")),
        of(ClueKind.NAME_DIFFERS, it -> it.command = "6"),
        of(
            ClueKind.NAME_DIFFERS,
            it -> runs(it, "/usr/bin/dash", "backup.sh", "/bin/sh", "/srv/backup.sh")),
        of(
            ClueKind.NAME_DIFFERS,
            it -> runs(it, "/usr/sbin/php-fpm8.2", "php-fpm", "php-fpm: pool www")),
        of(ClueKind.NAME_DIFFERS, it -> runs(it, "/bin/bash", "bash", "-bash")),
        of(
            ClueKind.NAME_DIFFERS,
            it -> {
              runs(it, "/usr/bin/worker", "sshd", "sshd");
              it.state = ProcessState.ZOMBIE;
            }),
        of(ClueKind.REPLACED_PROGRAM, it -> it.programRemap = GHOST),
        of(ClueKind.ADDED_CODE, it -> it.area(AreaKind.FILE, "r-xp", "/usr/lib/x.so", false)),
        of(
            ClueKind.ADDED_CODE,
            it -> {
              it.area(AreaKind.FILE, "r--p", "/usr/lib/x.so", false);
              it.written.add("/usr/lib/x.so");
            }),
        of(ClueKind.ODD_PLACE, it -> it.program = "/opt/tmp/worker"),
        of(ClueKind.KERNEL_NAME, it -> it.arguments = List.of("worker [1]")),
        of(ClueKind.NAME_DIFFERS, it -> it.arguments = List.of("worker: process 3 of 4")),
        of(ClueKind.NAME_DIFFERS, it -> runs(it, "/bin/busybox", "sleep", "sleep", "9")),
        of(ClueKind.NAME_DIFFERS, it -> runs(it, "/usr/bin/python3.11", "app.py", "python3")),
        of(
            ClueKind.NAME_DIFFERS,
            it -> runs(it, "/usr/bin/postgresql-server", "postgresql-serv", "postgresql-server")),
        of(ClueKind.NAME_DIFFERS, it -> runs(it, "/opt/a-1.2", "a", "/usr/bin/a")),
        of(ClueKind.NAME_DIFFERS, it -> runs(it, "/etc/alternatives/vi.tiny", "vi", "vi")),
        of(ClueKind.SHELL_OF_SERVER, it -> runs(it, "/usr/bin/dash", "sh", "sh")),
        of(ClueKind.SHELL_OF_SERVER, it -> it.firstProgram = "/usr/sbin/nginx"),
        of(
            ClueKind.DETACHED,
            it -> {
              it.firstProgram = "/sbin/tini";
              it.session = 7;
            }),
        of(ClueKind.WRITABLE_EXECUTABLE, it -> it.area(AreaKind.ANONYMOUS, "r-xp", null, false)),
        of(ClueKind.ANONYMOUS_EXECUTABLE, it -> it.area(AreaKind.VDSO, "r-xp", null, false, ELF)),
        of(ClueKind.ANONYMOUS_EXECUTABLE, it -> it.area(AreaKind.VSYSCALL, "--xp", null, false)),
        of(ClueKind.ANONYMOUS_EXECUTABLE, it -> it.area(AreaKind.FILE, "r-xp", "/x", false)),
        of(ClueKind.SHARED_EXECUTABLE, it -> it.area(AreaKind.MEMFD, "rw-s", "/memfd:x", true)),
        of(ClueKind.PROGRAM_IN_MEMORY, it -> it.area(AreaKind.VDSO, "r--p", null, false, ELF)),
        of(
            ClueKind.PROGRAM_IN_MEMORY,
            it -> it.area(AreaKind.ANONYMOUS, "rw-p", null, false, 0x7f, 'E', 'L')),
        of(ClueKind.CHANGED_CODE, it -> it.area(AreaKind.FILE, "r-xp", "/usr/bin/worker", false)),
        of(ClueKind.DELETED_MAPPING, it -> it.area(AreaKind.MEMFD, "rw-s", "/memfd:x", true)),
        of(ClueKind.NETWORK_TERMINAL, it -> it.has(3, INET, "socket:[1]", 2, false)),
        of(
            ClueKind.OUTSIDE_CONNECTION,
            it -> it.socket(INET, "tcp", "ESTABLISHED", "127.0.0.1:9", "127.0.0.1:80")),
        of(
            ClueKind.OUTSIDE_CONNECTION,
            it -> it.socket(INET, "tcp6", "ESTABLISHED", "[::1]:9", "[::1]:80")),
        of(
            ClueKind.OUTSIDE_CONNECTION,
            it -> it.socket(INET, "tcp", "ESTABLISHED", "10.0.0.2:9", "10.0.0.2:80")),
        of(ClueKind.LISTENING, it -> it.socket(INET, "udp", "UNCONNECTED", "0.0.0.0:0", null)),
        of(ClueKind.LISTENING, it -> it.socket(INET, "tcp", "LISTEN", "127.0.0.1:80", null)),
        of(ClueKind.LISTENING, it -> it.socket(INET, "udp6", "UNCONNECTED", "[::1]:53", null)),
        of(ClueKind.LISTENING, it -> it.socket(UNIX, "unix-stream", "LISTEN", "/x", null)),
        of(
            ClueKind.LISTENING,
            it -> it.socket(INET, "tcp", "ESTABLISHED", "10.0.0.2:9", "10.0.0.3:80")),
        of(ClueKind.PACKET_SOCKET, it -> it.socket(INET, "udp6", null, "[::]:1", null)),
        of(
            ClueKind.RUNTIME_SOCKET,
            it -> it.socket(UNIX, "unix-stream", "LISTEN", "/run/shop.sock", null)),
        of(ClueKind.PRELOAD, it -> it.environment = List.of("LD_PRELOAD=")),
        of(ClueKind.PRELOAD, it -> it.environment = List.of("LD_LIBRARY_PATH=/tmp")),
        of(ClueKind.HISTORY_OFF, it -> it.environment = List.of("HISTSIZE=1000")),
        of(ClueKind.SECRET, it -> it.environment = List.of("DB_PASSWORD=", "DB_HOST=x")),
        of(ClueKind.SECRET, it -> it.environment = List.of("DB_PASSWORD=${DB_PASSWORD}")),
        of(
            ClueKind.SECRET,
            it -> it.environment = List.of("DB_PASSWORD=$(SECRET)", "TOKEN=<token>")),
        of(ClueKind.SECRET, it -> it.environment = List.of("DB_PASSWORD=****", "API_KEY=xxxx")),
        of(ClueKind.SECRET, it -> it.environment = List.of("USE_TOKEN=true", "TOKEN=None")),
        of(ClueKind.SECRET, it -> it.environment = List.of("DB_PASSWORD_FILE=/run/secrets/db")),
        of(ClueKind.UNUSUAL_CAPABILITY, it -> it.capabilities = 0x400),
        of(ClueKind.BEYOND_SPEC, it -> it.capabilities |= 1L << 25),
        of(ClueKind.PROCESS_MEMORY, it -> it.has(3, REG, "/proc/12/maps", 0, false)),
        of(ClueKind.SYSTEM_WRITE, it -> it.has(3, REG, "/etc/passwd", 0, false)),
        of(ClueKind.SYSTEM_WRITE, it -> it.has(3, REG, "/var/log/x", 1, false)),
        of(ClueKind.DELETED_FILE, it -> it.has(3, REG, "/tmp/x", 2, false)),
        of(ClueKind.HISTORY_FILE, it -> it.has(3, REG, "/root/history.txt", 2, false)),
        of(ClueKind.ODD_DIRECTORY, it -> it.workingDirectory = "/srv/tmp"),
        of(ClueKind.ODD_DIRECTORY, it -> it.workingDirectory = "/dev/pts"),
        of(ClueKind.ENVIRONMENT_CHANGED, it -> it.environment = null),
        of(ClueKind.HOST_MOUNT, it -> mounts(it, "/var/lib/containers/storage/x/userdata/shm")));
  }

  /** An exec from outside that has not yet become its program. */
  private static void isRuntime(Invented it) {
    runs(it, "/memfd:runc_cloned:/proc/self/exe", "runc:[2:INIT]", "runc", "init");
    it.parent = 0;
    it.has(6, FileKind.MEMFD, "/memfd:runc_cloned:/proc/self/exe", 0, true);
  }

  static Set<ClueKind> kinds(Change change) throws IOException {
    Invented invented = new Invented();
    change.make(invented);
    return invented.clues().stream().map(Clue::kind).collect(Collectors.toSet());
  }

  @Test
  void nothingIsSaidOfWhatIsAsItShouldBe() throws IOException {
    assertThat(new Invented().clues()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("firing")
  void ruleFires(Case each) throws IOException {
    assertThat(kinds(each.change)).contains(each.kind);
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void ruleKeepsSilentAtWhatLooksLikeIt(Case each) throws IOException {
    assertThat(kinds(each.change)).doesNotContain(each.kind);
  }

  @Test
  void everyKindHasACaseInWhichItFires() {
    Set<ClueKind> tried = firing().map(Case::kind).collect(Collectors.toSet());
    assertThat(tried).isEqualTo(EnumSet.allOf(ClueKind.class));
  }

  @Test
  void reasonsAreSentencesOfTheirOwn() {
    List<String> reasons = Arrays.stream(ClueKind.values()).map(ClueKind::reason).toList();
    assertThat(reasons).doesNotHaveDuplicates().allMatch(each -> each.endsWith("."));
  }

  @Test
  void secretsAreNotShownUnlessAskedFor() throws IOException {
    Invented invented = new Invented();
    invented.environment = List.of("DB_PASSWORD=hunter2");
    assertThat(invented.clues()).extracting(Clue::what).contains("DB_PASSWORD=[redacted]");
    assertThat(invented.clues()).noneMatch(clue -> clue.what().contains("hunter2"));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.53:53, LOOPBACK",
    "[::1]:1, LOOPBACK",
    "[::ffff:7f00:1]:1, LOOPBACK",
    "10.1.2.3:1, PRIVATE",
    "172.15.255.255:1, PUBLIC",
    "172.16.0.1:1, PRIVATE",
    "172.31.0.1:1, PRIVATE",
    "172.32.0.1:1, PUBLIC",
    "192.168.0.1:1, PRIVATE",
    "192.169.0.1:1, PUBLIC",
    "169.254.169.254:80, PRIVATE",
    "100.64.0.1:1, PRIVATE",
    "100.128.0.1:1, PUBLIC",
    "8.8.8.8:53, PUBLIC",
    "[fe80::1]:1, PRIVATE",
    "[fd12::1]:1, PRIVATE",
    "[2001:db8::1]:1, PUBLIC",
    "[::ffff:808:808]:1, PUBLIC",
    "[::ffff:a00:1]:1, PRIVATE",
  })
  void addressesAreNearOrFar(String end, Reach reach) {
    assertThat(Reach.of(end)).isEqualTo(reach);
  }
}
