package drydock.checkpoint.triage;

import drydock.checkpoint.criu.Process;
import drydock.oci.RuntimeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules about what keeps a container apart from the node. */
final class Isolation {
  /** Kinds of namespaces that every container has of its own, as a rule. */
  private static final List<String> KINDS = List.of("ipc", "mnt", "net", "pid", "uts");

  private static final Set<String> WORST = Set.of("mnt", "pid");

  /** Where engines keep what they themselves mount into containers. */
  private static final Pattern ENGINES =
      Pattern.compile(
          "/(var/lib|run|var/run)/(containers|containerd|docker|crio|k3s)/.*"
              + "|/var/lib/kubelet/pods/.*"
              + "|/var/lib/rancher/k3s/agent/.*|/run/k3s/containerd/.*"
              + "|(/run/user/\\d+|/home/[^/]+/\\.local/share|/tmp/podman-run-\\d+)/containers/.*"
              + "|/run/(crun|runc|libpod)/.*|/var/data/.*/userdata/.*"
              + "|.*/overlay-containers/[0-9a-f]{64}/userdata"
              + "/(hosts|hostname|resolv\\.conf|\\.containerenv|shm)");

  /** With these the node can be taken over, or read. */
  private static final Pattern DANGEROUS =
      Pattern.compile(
          "/|/(etc|root|home|proc|sys|dev|boot|usr|bin|sbin|lib|lib64|var|run|var/run|var/log"
              + "|var/lib|var/lib/(kubelet|docker|containerd|containers|etcd)|opt)(/.*)?");

  private Isolation() {}

  /** What children share with the first process is told once. */
  static void namespaces(Scene scene, Clues clues) {
    Process first = scene.first();
    for (Process each : scene.processes()) {
      List<String> shared = new ArrayList<>();
      for (String kind : KINDS) {
        Long number = each.kernelIds().get(kind);
        boolean isInherited =
            number != null
                && first != null
                && each != first
                && number.equals(first.kernelIds().get(kind));
        if (number != null && !isInherited && scene.outside().contains(number)) {
          shared.add(kind);
        }
      }
      if (!shared.isEmpty()) {
        boolean isWorst = shared.stream().anyMatch(WORST::contains);
        Severity severity = isWorst ? Severity.HIGH : ClueKind.HOST_NAMESPACE.severity();
        String what = "namespaces of the node: " + String.join(", ", shared);
        clues.add(ClueKind.HOST_NAMESPACE, severity, each, what, each.origin());
      }
    }
  }

  static void mounts(Scene scene, Clues clues) {
    RuntimeSpec spec = scene.spec();
    if (spec == null) {
      return;
    }
    for (RuntimeSpec.Mount each : spec.mounts()) {
      String source = each.source();
      if (source == null || !isBind(each) || ENGINES.matcher(source).matches()) {
        continue;
      }
      String what =
          source
              + " at "
              + each.destination()
              + (each.options().contains("ro") ? ", for reading" : ", for writing");
      boolean isRuntime = Connections.isRuntime(source);
      boolean isDangerous = DANGEROUS.matcher(source).matches();
      ClueKind kind = isRuntime ? ClueKind.RUNTIME_SOCKET : ClueKind.HOST_MOUNT;
      Severity severity = isDangerous ? Severity.HIGH : kind.severity();
      clues.add(kind, severity, null, what, scene.origin().child("spec.dump"));
    }
  }

  private static boolean isBind(RuntimeSpec.Mount mount) {
    return "bind".equals(mount.type())
        || mount.options().contains("bind")
        || mount.options().contains("rbind");
  }
}
