package drydock.checkpoint.triage;

import drydock.checkpoint.criu.Dump.Holder;
import drydock.checkpoint.criu.FileKind;
import drydock.checkpoint.criu.Process;
import drydock.checkpoint.criu.Socket;
import drydock.checkpoint.triage.Subject.Held;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rules about sockets. One that several processes have is told of the first of them. */
final class Connections {
  private static final Pattern RUNTIME =
      Pattern.compile(
          ".*/(docker|containerd|containerd\\.sock\\.ttrpc|podman|crio|kubelet|cri-dockerd"
              + "|dockershim|buildkitd|k3s)\\.sock(\\.ttrpc)?");

  private static final int STANDARD_STREAMS = 3;
  private static final int MAX_NAMED = 20;

  private Connections() {}

  static void outside(Scene scene, Clues clues) {
    for (Socket each : scene.sockets()) {
      String remote = Subject.text(each.remote());
      if (each.kind() != FileKind.INET_SOCKET || remote.isEmpty()) {
        continue;
      }
      Reach reach = Reach.of(remote);
      boolean isOwn = Reach.address(remote).equals(Reach.address(Subject.text(each.local())));
      if (reach == Reach.LOOPBACK || isOwn || each.peer() != null) {
        continue;
      }
      Severity severity =
          reach == Reach.PUBLIC ? Severity.HIGH : ClueKind.OUTSIDE_CONNECTION.severity();
      String where = reach == Reach.PUBLIC ? ", a public address" : ", a private address";
      add(ClueKind.OUTSIDE_CONNECTION, severity, each, text(each) + where, scene, clues);
    }
  }

  static void listening(Scene scene, Clues clues) {
    for (Socket each : scene.sockets()) {
      boolean isBound =
          each.remote() == null
              && each.protocol().startsWith("udp")
              && !Subject.text(each.local()).endsWith(":0")
              && each.local() != null;
      boolean isInner = Reach.of(Subject.text(each.local())) == Reach.LOOPBACK;
      boolean isTold = (each.isListening() || isBound) && (!isInner || isOnNode(scene));
      if (each.kind() == FileKind.INET_SOCKET && isTold) {
        String what = text(each) + (isInner ? ", from the node itself" : "");
        add(ClueKind.LISTENING, ClueKind.LISTENING.severity(), each, what, scene, clues);
      }
    }
  }

  /** Whether the network is the node's, where loopback is that of all. */
  private static boolean isOnNode(Scene scene) {
    Process first = scene.first();
    Long network = first == null ? null : first.kernelIds().get("net");
    return network != null && scene.outside().contains(network);
  }

  static void packets(Scene scene, Clues clues) {
    for (Socket each : scene.sockets()) {
      boolean isCooked =
          Set.of("tcp", "udp", "udplite", "sctp", "mptcp", "dccp").stream()
              .anyMatch(known -> each.protocol().matches(known + "6?"));
      boolean isRaw = each.kind() == FileKind.INET_SOCKET && !isCooked;
      if (each.kind() == FileKind.PACKET_SOCKET || isRaw) {
        add(ClueKind.PACKET_SOCKET, Severity.HIGH, each, text(each), scene, clues);
      }
    }
  }

  static void runtimes(Scene scene, Clues clues) {
    for (Socket each : scene.sockets()) {
      String local = Subject.text(each.local());
      String remote = Subject.text(each.remote());
      boolean isUnix = each.kind() == FileKind.UNIX_SOCKET;
      if (isUnix && (RUNTIME.matcher(local).matches() || RUNTIME.matcher(remote).matches())) {
        add(ClueKind.RUNTIME_SOCKET, Severity.HIGH, each, text(each), scene, clues);
      }
    }
    for (String each : scene.mountPoints()) {
      if (isRuntime(each)) {
        clues.add(ClueKind.RUNTIME_SOCKET, null, each + " is mounted", scene.origin());
      }
    }
  }

  static boolean isRuntime(String path) {
    return RUNTIME.matcher(path).matches();
  }

  static void terminal(Subject subject, Scene scene, Clues clues) {
    for (Held each : subject.open()) {
      if (each.fd() < STANDARD_STREAMS && each.file().kind() == FileKind.INET_SOCKET) {
        Socket socket = socket(scene, each.file().id());
        String what = "fd " + each.fd() + " is " + (socket == null ? "a socket" : text(socket));
        clues.add(ClueKind.NETWORK_TERMINAL, subject.process(), what, each.file().origin());
      }
    }
  }

  private static @Nullable Socket socket(Scene scene, long file) {
    return scene.sockets().stream().filter(each -> each.file() == file).findFirst().orElse(null);
  }

  private static String text(Socket socket) {
    StringBuilder text = new StringBuilder(socket.protocol());
    if (socket.state() != null) {
      text.append(' ').append(socket.state());
    }
    if (socket.local() != null) {
      text.append(' ').append(Subject.text(socket.local()));
    }
    if (socket.remote() != null) {
      text.append(" to ").append(Subject.text(socket.remote()));
    }
    return text.toString();
  }

  private static void add(
      ClueKind kind, Severity severity, Socket socket, String what, Scene scene, Clues clues) {
    List<Holder> holders = scene.holders().getOrDefault(socket.file(), List.of());
    Process first = holders.isEmpty() ? null : holders.get(0).process();
    clues.add(kind, severity, first, what + others(holders), socket.origin());
  }

  /** The others that have an open file. */
  static String others(List<Holder> holders) {
    TreeMap<Long, String> others = new TreeMap<>();
    for (Holder each : holders) {
      others.put(each.process().pid(), Subject.text(each.process().command()));
    }
    if (!holders.isEmpty()) {
      others.remove(holders.get(0).process().pid());
    }
    String named =
        others.entrySet().stream()
            .limit(MAX_NAMED)
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining(", "));
    String more = others.size() > MAX_NAMED ? " and " + (others.size() - MAX_NAMED) + " more" : "";
    return named.isEmpty() ? "" : "; also of " + named + more;
  }
}
