package drydock.checkpoint.triage;

import drydock.bytes.Origin;
import drydock.checkpoint.criu.Capabilities;
import drydock.checkpoint.criu.Credentials;
import drydock.checkpoint.criu.Descriptor;
import drydock.checkpoint.criu.Dump.Holder;
import drydock.checkpoint.criu.FileKind;
import drydock.checkpoint.criu.OpenFile;
import drydock.checkpoint.criu.OpenFile.Remap;
import drydock.checkpoint.criu.OpenFile.RemapKind;
import drydock.checkpoint.criu.PendingSignal;
import drydock.checkpoint.criu.Process;
import drydock.checkpoint.criu.ProcessState;
import drydock.checkpoint.criu.Rendered;
import drydock.checkpoint.criu.Socket;
import drydock.checkpoint.criu.TaskThread;
import drydock.checkpoint.memory.Area;
import drydock.checkpoint.memory.AreaKind;
import drydock.checkpoint.triage.Subject.Held;
import drydock.checkpoint.triage.Subject.MappedArea;
import drydock.fs.Name;
import drydock.oci.RuntimeSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A container with a first process, 1, and another one, 7, that nothing is wrong with: until a test
 * changes something of the latter.
 */
final class Invented {
  static final Origin ORIGIN = Origin.of("invented");
  private static final long EXECUTABLE = 100;
  private static final Rendered.Fields NOTHING = new Rendered.Fields(Map.of());
  private static final Process.Range NOWHERE = new Process.Range(0, 0);

  String firstProgram = "/usr/bin/shop";
  String firstCommand = "shop";
  String program = "/usr/bin/worker";
  String command = "worker";
  FileKind programKind = FileKind.REGULAR;
  @Nullable Remap programRemap;
  List<String> arguments = List.of("/usr/bin/worker", "--fast");
  @Nullable List<String> environment = List.of("PATH=/usr/bin", "LEVEL=info", "HOME=/root");
  String workingDirectory = "/srv";
  String root = "/";
  long parent = 1;
  long session = 1;
  ProcessState state = ProcessState.ALIVE;
  long capabilities = 0xa80425fbL;
  Credentials.Ids users = new Credentials.Ids(33, 33, 33, 33);
  String seccomp = "filter";
  long network = 9;
  boolean hasSpec = true;
  long firstNetwork = 9;
  long mountNamespace = 7;
  List<PendingSignal> signals = List.of();
  final List<MappedArea> areas = new ArrayList<>();
  final List<Held> open = new ArrayList<>();
  final List<Socket> sockets = new ArrayList<>();
  final Set<String> written = new HashSet<>();
  final List<String> mountPoints = new ArrayList<>();
  String mounts = "";
  String startedWith = "";

  private static Name name(String text) {
    return Name.of(text);
  }

  static OpenFile file(long id, FileKind kind, String path, long flags, @Nullable Remap remap) {
    return new OpenFile(
        id, kind, name(path), flags, 0L, 5L, 0100644L, 1L, null, null, remap, NOTHING, ORIGIN);
  }

  Invented has(long fd, FileKind kind, String path, long flags, boolean deleted) {
    Remap remap = deleted ? new Remap(RemapKind.GHOST, 3) : null;
    open.add(new Held(fd, file(200 + fd, kind, path, flags, remap)));
    return this;
  }

  Invented socket(
      FileKind kind, String protocol, @Nullable String state, String local, @Nullable String to) {
    long fd = open.size() + 5L;
    has(fd, kind, "socket:[1]", 2, false);
    return socketOf(fd, kind, protocol, state, local, to);
  }

  /** What an open file is a socket of. */
  Invented socketOf(
      long fd,
      FileKind kind,
      String protocol,
      @Nullable String state,
      String local,
      @Nullable String to) {
    sockets.add(
        new Socket(
            200 + fd,
            kind,
            1L,
            protocol,
            state,
            name(local),
            to == null ? null : name(to),
            null,
            null,
            List.of(),
            List.of(),
            List.of(),
            null,
            null,
            null,
            9L,
            NOTHING,
            ORIGIN));
    return this;
  }

  /** An area with the letters of /proc/PID/maps. */
  Invented area(
      AreaKind kind, String permissions, @Nullable String path, boolean deleted, int... head) {
    int protection =
        (permissions.contains("r") ? 1 : 0)
            | (permissions.contains("w") ? 2 : 0)
            | (permissions.contains("x") ? 4 : 0);
    int status = kind == AreaKind.FILE ? 1 << 6 : kind == AreaKind.FILE_SHARED ? 1 << 7 : 0;
    long start = 0x7000_0000L + 0x1000L * areas.size();
    long end = start + 0x1000;
    Area area =
        new Area(
            start, end, 0, 300, protection, permissions.endsWith("s") ? 1 : 2, status, null, kind);
    byte[] bytes = new byte[head.length];
    for (int i = 0; i < head.length; i++) {
      bytes[i] = (byte) head[i];
    }
    areas.add(new MappedArea(area, path, deleted, bytes, start, 1, ORIGIN));
    return this;
  }

  private Process process(long pid, long parentPid, long sid, String comm, boolean isOther) {
    long rights = isOther ? capabilities : 0xa80425fbL;
    Credentials.Ids ids = isOther ? users : new Credentials.Ids(33, 33, 33, 33);
    Credentials credentials =
        new Credentials(
            ids,
            new Credentials.Ids(33, 33, 33, 33),
            List.of(),
            new Capabilities(0, rights, rights, 0xa80425fbL, 0),
            0,
            false,
            null);
    TaskThread thread =
        new TaskThread(
            pid,
            name(comm),
            credentials,
            0,
            List.of(),
            new TaskThread.Schedule(0, 0, 0),
            isOther ? seccomp : "filter",
            null,
            0,
            null);
    return new Process(
        pid,
        parentPid,
        pid,
        sid,
        isOther ? state : ProcessState.ALIVE,
        null,
        name(comm),
        null,
        List.of(thread),
        Map.of(
            "net",
            isOther ? network : firstNetwork,
            "pid",
            8L,
            "mnt",
            isOther ? mountNamespace : 7L),
        new Process.Files(null, null, null, isOther ? EXECUTABLE : EXECUTABLE + 1, null),
        isOther && state == ProcessState.ZOMBIE
            ? null
            : new Process.Layout(
                NOWHERE, NOWHERE, NOWHERE, 0, NOWHERE, NOWHERE, List.of(), List.of(), 1, false),
        new Process.Task(
            0,
            0,
            isOther ? signals : List.of(),
            List.of(),
            List.of(),
            List.of(),
            null,
            null,
            false,
            null),
        ORIGIN);
  }

  /** A process that has a file open. */
  static Holder holder(long pid, String command) {
    Process process = new Invented().process(pid, 1, 1, command, false);
    return new Holder(process, new Descriptor(3, 200, FileKind.REGULAR, false, null, ORIGIN));
  }

  private RuntimeSpec spec() throws IOException {
    String json =
        """
        {"process": {"user": {"uid": 33, "gid": 33},
          "env": ["PATH=/usr/bin", "LEVEL=info"%s],
          "capabilities": {"bounding": ["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FSETID",
            "CAP_FOWNER", "CAP_MKNOD", "CAP_NET_RAW", "CAP_SETGID", "CAP_SETUID", "CAP_SETFCAP",
            "CAP_SETPCAP", "CAP_NET_BIND_SERVICE", "CAP_SYS_CHROOT", "CAP_KILL",
            "CAP_AUDIT_WRITE", "CAP_SYS_TIME", "CAP_SYS_ADMIN"]}},
         "mounts": [{"destination": "/etc/hosts", "type": "bind",
            "source": "/var/lib/kubelet/pods/1/etc-hosts", "options": ["rbind"]}%s],
         "linux": {"seccomp": {}}}"""
            .formatted(startedWith, mounts);
    return RuntimeSpec.decode(json.getBytes(StandardCharsets.UTF_8), ORIGIN);
  }

  /** What all rules find of the second process and of the container. */
  List<Clue> clues() throws IOException {
    Process first = process(1, 0, 1, firstCommand, false);
    Process other = process(7, parent, session, command, true);
    OpenFile executable = file(EXECUTABLE, programKind, program, 0, programRemap);
    Map<Long, OpenFile> files = new HashMap<>();
    Map<Long, List<Holder>> holders = new HashMap<>();
    for (Held each : open) {
      long id = each.file().id();
      files.put(id, each.file());
      Descriptor descriptor =
          new Descriptor(each.fd(), id, each.file().kind(), false, null, ORIGIN);
      holders.put(id, List.of(new Holder(other, descriptor)));
    }
    Scene scene =
        new Scene(
            List.of(first, other),
            Map.of(1L, first, 7L, other),
            Map.of(1L, firstProgram, 7L, program),
            sockets,
            holders,
            files,
            Map.of(3L, 55L),
            Set.of(1L, 2L),
            mountPoints,
            hasSpec ? spec() : null,
            written::contains,
            ORIGIN);
    Subject subject =
        new Subject(
            other,
            executable,
            file(101, FileKind.REGULAR, workingDirectory, 0, null),
            file(102, FileKind.REGULAR, root, 0, null),
            open,
            areas,
            arguments,
            environment);
    Clues clues = new Clues();
    for (Rules.OfProcess each : Rules.ofProcess(new Environments(false))) {
      each.look(subject, scene, clues);
    }
    for (Rules.OfContainer each : Rules.OF_CONTAINER) {
      each.look(scene, clues);
    }
    return clues.sorted();
  }
}
