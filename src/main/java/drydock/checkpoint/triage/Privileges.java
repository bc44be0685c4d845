package drydock.checkpoint.triage;

import drydock.checkpoint.criu.Capabilities;
import drydock.checkpoint.criu.Credentials;
import drydock.checkpoint.criu.TaskThread;
import drydock.oci.LinuxSpec;
import drydock.oci.ProcessSpec;
import drydock.oci.RuntimeSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules about what a process may do. */
final class Privileges {
  /** Docker's, containerd's and CRI-O's; Podman gives fewer. */
  private static final long DEFAULT = 0xa80425fbL;

  /** All that were there before Linux 5.8. */
  private static final long ALL = (1L << 38) - 1;

  /** With one of these the node is not safe. */
  private static final Set<String> STRONG =
      Set.of(
          "CAP_SYS_ADMIN",
          "CAP_SYS_PTRACE",
          "CAP_SYS_MODULE",
          "CAP_SYS_RAWIO",
          "CAP_DAC_READ_SEARCH",
          "CAP_NET_ADMIN",
          "CAP_BPF",
          "CAP_MAC_ADMIN",
          "CAP_SYSLOG");

  private Privileges() {}

  private static long held(Credentials credentials) {
    Capabilities sets = credentials.capabilities();
    return sets.effective() | sets.permitted() | sets.ambient();
  }

  private static boolean hasAll(Credentials credentials) {
    return (held(credentials) & ALL) == ALL;
  }

  static void all(Subject subject, Scene scene, Clues clues) {
    Credentials credentials = subject.credentials();
    if (subject.isAlive() && credentials != null && hasAll(credentials)) {
      add(ClueKind.PRIVILEGED, subject, "all capabilities", clues);
    }
  }

  static void unusual(Subject subject, Scene scene, Clues clues) {
    Credentials credentials = subject.credentials();
    if (!subject.isAlive() || credentials == null || hasAll(credentials)) {
      return;
    }
    List<String> more = Capabilities.names(held(credentials) & ~DEFAULT);
    if (!more.isEmpty()) {
      boolean isStrong = more.stream().anyMatch(STRONG::contains);
      Severity severity = isStrong ? Severity.HIGH : ClueKind.UNUSUAL_CAPABILITY.severity();
      clues.add(
          ClueKind.UNUSUAL_CAPABILITY,
          severity,
          subject.process(),
          String.join(", ", more),
          subject.process().origin());
    }
  }

  static void beyondSpec(Subject subject, Scene scene, Clues clues) {
    Credentials credentials = subject.credentials();
    ProcessSpec spec = process(scene);
    if (!subject.isAlive() || credentials == null || spec == null) {
      return;
    }
    Set<String> more = new HashSet<>(Capabilities.names(held(credentials)));
    ProcessSpec.Capabilities given = spec.capabilities();
    List.of(given.bounding(), given.effective(), given.permitted(), given.ambient())
        .forEach(more::removeAll);
    if (!more.isEmpty()) {
      add(ClueKind.BEYOND_SPEC, subject, String.join(", ", more.stream().sorted().toList()), clues);
    }
  }

  /**
   * A filter is kept of the first thread; of the others CRIU does not always say that they have it.
   */
  static void seccomp(Subject subject, Scene scene, Clues clues) {
    RuntimeSpec spec = scene.spec();
    LinuxSpec linux = spec == null ? null : spec.linux();
    if (!subject.isAlive() || linux == null || !linux.hasSeccomp()) {
      return;
    }
    TaskThread leader = subject.process().leader();
    if (leader != null && leader.seccomp().equals("disabled")) {
      add(ClueKind.NO_SECCOMP, subject, "thread " + leader.tid(), clues);
    }
  }

  static void unexpectedRoot(Subject subject, Scene scene, Clues clues) {
    Credentials credentials = subject.credentials();
    ProcessSpec spec = process(scene);
    Long started = spec == null ? null : spec.user().uid();
    if (!subject.isAlive() || credentials == null || started == null || started == 0) {
      return;
    }
    Credentials.Ids users = credentials.users();
    if (users.real() == 0 || users.effective() == 0 || users.saved() == 0 || users.files() == 0) {
      add(ClueKind.UNEXPECTED_ROOT, subject, text("uid", users) + ", started as " + started, clues);
    }
  }

  static void otherIdentity(Subject subject, Scene scene, Clues clues) {
    Credentials credentials = subject.credentials();
    if (!subject.isAlive() || credentials == null) {
      return;
    }
    boolean users = isMixed(credentials.users());
    boolean groups = isMixed(credentials.groups());
    if (users || groups) {
      String what =
          (users ? text("uid", credentials.users()) : "")
              + (users && groups ? "; " : "")
              + (groups ? text("gid", credentials.groups()) : "");
      add(ClueKind.OTHER_IDENTITY, subject, what, clues);
    }
  }

  private static boolean isMixed(Credentials.Ids ids) {
    return ids.real() != ids.effective() || ids.real() != ids.saved() || ids.real() != ids.files();
  }

  private static String text(String name, Credentials.Ids ids) {
    return name
        + " "
        + ids.real()
        + ", effective "
        + ids.effective()
        + ", saved "
        + ids.saved()
        + ", for files "
        + ids.files();
  }

  private static @Nullable ProcessSpec process(Scene scene) {
    RuntimeSpec spec = scene.spec();
    return spec == null ? null : spec.process();
  }

  private static void add(ClueKind kind, Subject subject, String what, Clues clues) {
    clues.add(kind, subject.process(), what, subject.process().origin());
  }
}
