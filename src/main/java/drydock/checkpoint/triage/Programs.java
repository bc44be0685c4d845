package drydock.checkpoint.triage;

import drydock.checkpoint.criu.FileKind;
import drydock.checkpoint.criu.OpenFile;
import drydock.checkpoint.memory.AreaKind;
import drydock.checkpoint.triage.Subject.MappedArea;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/** Rules about the file that a process runs. */
final class Programs {
  private static final String MEMFD = "/memfd:";

  private Programs() {}

  private static boolean isMemoryOnly(OpenFile program) {
    return program.kind() == FileKind.MEMFD || Subject.text(program.path()).startsWith(MEMFD);
  }

  static void memoryOnly(Subject subject, Scene scene, Clues clues) {
    OpenFile program = subject.program();
    if (program != null && isMemoryOnly(program)) {
      clues.add(
          ClueKind.MEMORY_PROGRAM, subject.process(), subject.programPath(), program.origin());
    }
  }

  static void deleted(Subject subject, Scene scene, Clues clues) {
    OpenFile program = subject.program();
    if (program != null && program.isDeleted() && !isMemoryOnly(program)) {
      Long ghost = program.ghost();
      Long size = ghost == null ? null : scene.ghostSizes().get(ghost);
      String kept = size == null ? "" : ", " + size + " bytes of it are in ghost file " + ghost;
      clues.add(
          ClueKind.DELETED_PROGRAM,
          subject.process(),
          subject.programPath() + kept,
          program.origin());
    }
  }

  static void replaced(Subject subject, Scene scene, Clues clues) throws IOException {
    OpenFile program = subject.program();
    if (program != null && program.isDeleted() && scene.changed().has(subject.programPath())) {
      clues.add(
          ClueKind.REPLACED_PROGRAM, subject.process(), subject.programPath(), program.origin());
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
