package drydock.checkpoint.triage;

import drydock.checkpoint.memory.Area;
import drydock.checkpoint.memory.AreaKind;
import drydock.checkpoint.triage.Subject.MappedArea;
import java.io.IOException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules about memory that is run, or could be. */
final class Code {
  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  /** What compiles while it runs, and so makes memory that is written and then run. */
  private static final Pattern COMPILERS =
      Pattern.compile(
          "java|node|nodejs|deno|bun|dotnet|mono(-sgen\\w*)?|beam\\.smp|julia|qemu-[\\w-]+"
              + "|chrome|chromium|firefox(-bin)?|electron|pwsh"
              + "|(luajit|pypy|php|php-fpm|php-cgi|ruby)[-\\d.]*");

  private Code() {}

  private static boolean isKernels(Area area) {
    return switch (area.kind()) {
      case VDSO, VVAR, VSYSCALL, UPROBES, GUARD -> true;
      default -> false;
    };
  }

  private static boolean isShared(MappedArea each) {
    String path = each.path();
    return switch (each.area().kind()) {
      case MEMFD, SYSV, SHARED -> true;
      default -> path != null && path.startsWith("/dev/shm/");
    };
  }

  static void writable(Subject subject, Scene scene, Clues clues) throws IOException {
    for (MappedArea each : subject.areas()) {
      if (each.area().isWritable() && each.area().isExecutable() && !isKernels(each.area())) {
        addMade(ClueKind.WRITABLE_EXECUTABLE, subject, scene, each, clues);
      }
    }
  }

  static void anonymous(Subject subject, Scene scene, Clues clues) throws IOException {
    for (MappedArea each : subject.areas()) {
      Area area = each.area();
      boolean isAnonymous = area.isAnonymous() && !isShared(each) && !isKernels(area);
      if (isAnonymous && area.isExecutable()) {
        addMade(ClueKind.ANONYMOUS_EXECUTABLE, subject, scene, each, clues);
      }
    }
  }

  static void shared(Subject subject, Scene scene, Clues clues) throws IOException {
    for (MappedArea each : subject.areas()) {
      if (each.area().isExecutable() && isShared(each)) {
        addMade(ClueKind.SHARED_EXECUTABLE, subject, scene, each, clues);
      }
    }
  }

  /**
   * Code that was made where it is run. That is what the image's own compilers do, but not programs
   * with a header: those were loaded.
   */
  private static void addMade(
      ClueKind kind, Subject subject, Scene scene, MappedArea area, Clues clues)
      throws IOException {
    String program = Subject.base(subject.programPath());
    boolean isCompiled =
        !isElf(area) && COMPILERS.matcher(program).matches() && Programs.isOfImage(subject, scene);
    Severity usual = isElf(area) ? Severity.HIGH : kind.severity();
    clues.add(
        kind,
        isCompiled ? Severity.LOW : usual,
        subject.process(),
        text(area) + (isCompiled ? "; " + program + " compiles while it runs" : ""),
        area.origin());
  }

  /** Where it can be run others tell of it. */
  static void programHeaders(Subject subject, Scene scene, Clues clues) {
    for (MappedArea each : subject.areas()) {
      boolean isTold = each.area().isExecutable() || isKernels(each.area());
      if (!isTold && each.area().isAnonymous() && isElf(each)) {
        add(ClueKind.PROGRAM_IN_MEMORY, subject, each, clues);
      }
    }
  }

  /**
   * To freeze a process CRIU writes a system call to the first page of the first code that it has,
   * and takes it back: that page is in every dump.
   */
  static void changed(Subject subject, Scene scene, Clues clues) {
    boolean isFirst = true;
    for (MappedArea each : subject.areas()) {
      if (!each.area().isExecutable()) {
        continue;
      }
      long changed = each.changedPages() - (isFirst ? 1 : 0);
      isFirst = false;
      if (changed > 0 && !each.area().isWritable()) {
        String what = changed + " pages of " + text(each);
        clues.add(ClueKind.CHANGED_CODE, subject.process(), what, each.origin());
      }
    }
  }

  /** The program itself, and what never had a name, are told by others. */
  static void deletedMappings(Subject subject, Scene scene, Clues clues) {
    Set<Long> seen = new HashSet<>();
    Long program = subject.process().files().executable();
    for (MappedArea each : subject.areas()) {
      Area area = each.area();
      boolean isFile = area.kind() == AreaKind.FILE || area.kind() == AreaKind.FILE_SHARED;
      boolean isProgram = program != null && program == area.sharedId();
      if (isFile && each.deleted() && !isProgram && seen.add(area.sharedId())) {
        add(ClueKind.DELETED_MAPPING, subject, each, clues);
      }
    }
  }

  private static void add(ClueKind kind, Subject subject, MappedArea area, Clues clues) {
    clues.add(kind, subject.process(), text(area), area.origin());
  }

  private static boolean isElf(MappedArea each) {
    byte[] head = each.head();
    for (int i = 0; i < ELF.length; i++) {
      if (i >= head.length || head[i] != ELF[i]) {
        return false;
      }
    }
    return true;
  }

  private static String text(MappedArea each) {
    Area area = each.area();
    String range = "0x" + Long.toHexString(area.start()) + "-0x" + Long.toHexString(area.end());
    String of = each.path() == null ? area.kind().text() : each.path();
    return range + " " + area.permissions() + " " + of + content(each);
  }

  private static String content(MappedArea each) {
    if (each.head().length == 0) {
      return "";
    }
    String where =
        each.headAt() == each.area().start()
            ? "begins"
            : "has at 0x" + Long.toHexString(each.headAt());
    return ", "
        + where
        + " "
        + HEX.formatHex(each.head())
        + (isElf(each) ? " (an ELF program)" : "");
  }
}
