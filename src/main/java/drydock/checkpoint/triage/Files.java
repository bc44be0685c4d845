package drydock.checkpoint.triage;

import drydock.checkpoint.criu.Dump.Holder;
import drydock.checkpoint.criu.FileKind;
import drydock.checkpoint.criu.OpenFile;
import drydock.checkpoint.criu.Process;
import drydock.checkpoint.triage.Subject.Held;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules about open files and directories. One that several have is told of the first of them. */
final class Files {
  private static final Pattern PROCESS_MEMORY =
      Pattern.compile("/proc/(\\d+|self|thread-self)(/task/\\d+)?/mem|/dev/k?mem|/proc/kcore");

  private static final Pattern HISTORY =
      Pattern.compile(".*/\\.(\\w+_)?(history|histfile|viminfo|lesshst)|.*/fish_history");

  private static final Pattern SYSTEM =
      Pattern.compile("/(etc|bin|sbin|lib\\w*|usr|boot|root/\\.ssh|home/[^/]+/\\.ssh)/.*");

  private static final int ACCESS = 3;

  private Files() {}

  /** Programs and what is mapped are told by others. */
  static void deleted(Scene scene, Clues clues) {
    for (OpenFile each : scene.files().values()) {
      List<Holder> holders = scene.holders().getOrDefault(each.id(), List.of());
      if (each.isDeleted() && each.kind() == FileKind.REGULAR && !holders.isEmpty()) {
        String what = holder(holders) + Subject.text(each.path()) + Programs.kept(each, scene);
        add(ClueKind.DELETED_FILE, each, holders, what, clues);
      }
    }
  }

  static void inMemory(Scene scene, Clues clues) {
    for (OpenFile each : scene.files().values()) {
      List<Holder> holders = scene.holders().getOrDefault(each.id(), List.of());
      boolean isMemory = each.kind() == FileKind.MEMFD && !holders.isEmpty();
      if (isMemory
          && !Programs.isOfRuntime(holders.get(0).process(), Subject.text(each.path()), scene)) {
        String size = each.size() == null ? "" : ", " + each.size() + " bytes";
        String what = holder(holders) + Subject.text(each.path()) + size;
        add(ClueKind.MEMORY_FILE, each, holders, what, clues);
      }
    }
  }

  private static String holder(List<Holder> holders) {
    return "fd " + holders.get(0).descriptor().fd() + " is ";
  }

  private static void add(
      ClueKind kind, OpenFile file, List<Holder> holders, String what, Clues clues) {
    Process first = holders.get(0).process();
    clues.add(kind, first, what + Connections.others(holders), file.origin());
  }

  static void processMemory(Subject subject, Scene scene, Clues clues) {
    open(subject, PROCESS_MEMORY, ClueKind.PROCESS_MEMORY, clues);
  }

  static void history(Subject subject, Scene scene, Clues clues) {
    open(subject, HISTORY, ClueKind.HISTORY_FILE, clues);
  }

  private static void open(Subject subject, Pattern pattern, ClueKind kind, Clues clues) {
    for (Held each : subject.open()) {
      String path = Subject.text(each.file().path());
      if (pattern.matcher(path).matches()) {
        String what = "fd " + each.fd() + " is " + path;
        clues.add(kind, subject.process(), what, each.file().origin());
      }
    }
  }

  static void systemWrite(Subject subject, Scene scene, Clues clues) {
    for (Held each : subject.open()) {
      OpenFile file = each.file();
      String path = Subject.text(file.path());
      boolean isRegular = file.type().equals(FileKind.REGULAR.label());
      boolean isWritten = (file.flags() & ACCESS) != 0;
      if (isRegular && isWritten && SYSTEM.matcher(path).matches()) {
        String what = "fd " + each.fd() + " is " + path;
        clues.add(ClueKind.SYSTEM_WRITE, subject.process(), what, file.origin());
      }
    }
  }

  static void directories(Subject subject, Scene scene, Clues clues) {
    String path = path(subject.workingDirectory());
    if (!path.startsWith("/dev/pts") && Programs.isOdd(path)) {
      clues.add(ClueKind.ODD_DIRECTORY, subject.process(), path, subject.process().origin());
    }
    String root = path(subject.root());
    if (!root.isEmpty() && !root.equals("/")) {
      clues.add(ClueKind.OTHER_ROOT, subject.process(), root, subject.process().origin());
    }
  }

  private static String path(@Nullable OpenFile file) {
    return file == null ? "" : Subject.text(file.path());
  }
}
