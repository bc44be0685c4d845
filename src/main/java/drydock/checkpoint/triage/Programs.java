package drydock.checkpoint.triage;

import drydock.checkpoint.criu.FileKind;
import drydock.checkpoint.criu.OpenFile;
import drydock.checkpoint.criu.Process;
import drydock.checkpoint.memory.AreaKind;
import drydock.checkpoint.triage.Subject.MappedArea;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules about the file that a process runs. */
final class Programs {
  private static final String MEMFD = "/memfd:";

  /**
   * How runtimes call the copies of themselves that they begin a container's processes with:
   * opencontainers/runc libcontainer/dmz, containers/crun src/libcrun/cloned_binary.c.
   */
  private static final Pattern RUNTIMES_OWN =
      Pattern.compile("/memfd:(runc|crun)_cloned:/proc/self/exe( \\(deleted\\))?");

  /** What package managers write whenever they install or update. */
  private static final List<String> PACKAGE_LISTS =
      List.of(
          "/var/lib/dpkg/status",
          "/lib/apk/db/installed",
          "/usr/lib/apk/db/installed",
          "/var/lib/rpm/rpmdb.sqlite",
          "/usr/lib/sysimage/rpm/rpmdb.sqlite",
          "/var/lib/rpm/Packages",
          "/var/lib/rpm/Packages.db");

  private Programs() {}

  private static boolean isMemoryOnly(OpenFile program) {
    return program.kind() == FileKind.MEMFD || Subject.text(program.path()).startsWith(MEMFD);
  }

  static void memoryOnly(Subject subject, Scene scene, Clues clues) {
    OpenFile program = subject.program();
    if (program != null && isMemoryOnly(program) && !isOfRuntime(subject, scene)) {
      clues.add(
          ClueKind.MEMORY_PROGRAM, subject.process(), subject.programPath(), program.origin());
    }
  }

  /**
   * Whether it is a runtime that has not yet become the program it is to start. What the container
   * itself began, or took its name of, has a parent inside.
   */
  private static boolean isOfRuntime(Subject subject, Scene scene) {
    Process process = subject.process();
    return isOfRuntime(process, subject.programPath(), scene);
  }

  static boolean isOfRuntime(Process process, String path, Scene scene) {
    Long parent = process.parentPid();
    return parent != null
        && parent == 0
        && process != scene.first()
        && RUNTIMES_OWN.matcher(path).matches();
  }

  /** Whether the program is a file of the image, as that has it, where programs lie. */
  static boolean isOfImage(Subject subject, Scene scene) throws IOException {
    OpenFile program = subject.program();
    return program != null
        && !program.isDeleted()
        && !isMemoryOnly(program)
        && !isOdd(subject.programPath())
        && !scene.changed().has(subject.programPath());
  }

  /** Where another file lies in its place that alone is told. */
  static void deleted(Subject subject, Scene scene, Clues clues) throws IOException {
    OpenFile program = subject.program();
    if (program != null
        && program.isDeleted()
        && !isMemoryOnly(program)
        && !scene.changed().has(subject.programPath())) {
      clues.add(
          ClueKind.DELETED_PROGRAM,
          subject.process(),
          subject.programPath() + kept(program, scene),
          program.origin());
    }
  }

  static String kept(OpenFile file, Scene scene) {
    Long ghost = file.ghost();
    Long size = ghost == null ? null : scene.ghostSizes().get(ghost);
    return size == null ? "" : ", " + size + " bytes of it are in ghost file " + ghost;
  }

  /** The list of installed packages that the container wrote; empty when it wrote none. */
  private static Optional<String> packages(Scene scene) throws IOException {
    for (String each : PACKAGE_LISTS) {
      if (scene.changed().has(each)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  static void replaced(Subject subject, Scene scene, Clues clues) throws IOException {
    OpenFile program = subject.program();
    if (program != null && program.isDeleted() && scene.changed().has(subject.programPath())) {
      Optional<String> packages = packages(scene);
      Severity severity =
          packages.isPresent() ? Severity.MEDIUM : ClueKind.REPLACED_PROGRAM.severity();
      String update = packages.map(list -> "; packages were changed, too: " + list).orElse("");
      String what = subject.programPath() + kept(program, scene) + update;
      clues.add(ClueKind.REPLACED_PROGRAM, severity, subject.process(), what, program.origin());
    }
  }

  static void added(Subject subject, Scene scene, Clues clues) throws IOException {
    OpenFile program = subject.program();
    if (program != null && !program.isDeleted() && scene.changed().has(subject.programPath())) {
      clues.add(ClueKind.ADDED_PROGRAM, subject.process(), subject.programPath(), program.origin());
    }
  }

  /** Libraries and the like: the program itself is told by other rules. */
  static void addedCode(Subject subject, Scene scene, Clues clues) throws IOException {
    Set<String> seen = new LinkedHashSet<>();
    for (MappedArea each : subject.areas()) {
      String path = each.path();
      boolean isCode = each.area().isExecutable() && each.area().kind() != AreaKind.MEMFD;
      if (path != null
          && isCode
          && !each.deleted()
          && !path.equals(subject.programPath())
          && seen.add(path)
          && scene.changed().has(path)) {
        clues.add(ClueKind.ADDED_CODE, subject.process(), path, each.origin());
      }
    }
  }

  static void oddPlace(Subject subject, Scene scene, Clues clues) {
    OpenFile program = subject.program();
    if (program != null && !isMemoryOnly(program) && isOdd(subject.programPath())) {
      clues.add(ClueKind.ODD_PLACE, subject.process(), subject.programPath(), program.origin());
    }
  }

  /** Whether anyone may write there, or a part of the path is hidden. */
  static boolean isOdd(String path) {
    String with = path + "/";
    return with.startsWith("/tmp/")
        || with.startsWith("/var/tmp/")
        || with.startsWith("/dev/")
        || with.startsWith("/run/shm/")
        || with.startsWith("/run/lock/")
        || with.startsWith("/var/lock/")
        || path.contains("/.");
  }
}
