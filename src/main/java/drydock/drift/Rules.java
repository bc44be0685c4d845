package drydock.drift;

import drydock.fs.FileMeta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What makes a change worth a look, all in one place. A mark is a reason to look and no verdict.
 * Pure; safe from many threads. The table for people: {@code docs/commands.md}.
 */
final class Rules {
  /** How much of a file's beginning the rules look at. */
  static final int HEAD_BYTES = 512;

  /** Gives a reason, or null when the rule says nothing of the change. */
  @FunctionalInterface
  private interface Rule {
    @Nullable String reason(Suspect suspect, Circumstances known);
  }

  private record Marking(Mark mark, Rule rule) {}

  private static final List<Marking> ALL =
      List.of(
          new Marking(Mark.EXECUTABLE, (s, known) -> Contents.executable(s)),
          new Marking(Mark.SCRIPT, (s, known) -> Contents.script(s)),
          new Marking(Mark.SET_ID, (s, known) -> runsAsOwner(s)),
          new Marking(Mark.CAPABILITY, (s, known) -> Contents.capability(s)),
          new Marking(Mark.DEVICE, (s, known) -> device(s)),
          new Marking(Mark.HIDDEN, (s, known) -> Places.hidden(s)),
          new Marking(Mark.ODD_NAME, (s, known) -> Places.oddName(s)),
          new Marking(Mark.SYSTEM_FILE, (s, known) -> Places.systemFile(s)),
          new Marking(Mark.UNPACKAGED, Rules::unpackaged),
          new Marking(Mark.PRELOAD, (s, known) -> Places.preload(s)),
          new Marking(Mark.CRON, (s, known) -> Places.cron(s)),
          new Marking(Mark.SERVICE, (s, known) -> Places.service(s)),
          new Marking(Mark.SHELL_START, (s, known) -> Places.shellStart(s)),
          new Marking(Mark.ACCOUNT, (s, known) -> Places.account(s)),
          new Marking(Mark.AUTHORIZED_KEYS, (s, known) -> Places.authorizedKeys(s)),
          new Marking(Mark.HISTORY, (s, known) -> Places.history(s)),
          new Marking(Mark.WEB_SCRIPT, (s, known) -> Contents.webScript(s)),
          new Marking(Mark.LOG_REMOVED, (s, known) -> logRemoved(s)),
          new Marking(Mark.TIME_STOMPED, Rules::timeStomped));

  /**
   * What is known of the container beside the change.
   *
   * @param imageCreated when its image was made; null is unknown
   * @param packagesUntouched whether there is a package database that the container did not change
   */
  record Circumstances(@Nullable Instant imageCreated, boolean packagesUntouched) {}

  private Rules() {}

  /** The marks of a change, each with its reason. */
  static Map<Mark, String> marks(Suspect suspect, Circumstances known) {
    Map<Mark, String> marks = new EnumMap<>(Mark.class);
    if (suspect.kind() == ChangeKind.TOUCHED) {
      return marks;
    }
    for (Marking each : ALL) {
      String reason = each.rule.reason(suspect, known);
      if (reason != null) {
        marks.put(each.mark, reason);
      }
    }
    return marks;
  }

  private static @Nullable String runsAsOwner(Suspect suspect) {
    FileMeta file = suspect.file();
    if (file == null || (file.permissions() & 06000) == 0) {
      return null;
    }
    boolean isNew = suspect.isNewContent() || suspect.differs("mode") || suspect.differs("uid");
    return isNew ? "runs as its owner: mode " + Integer.toOctalString(file.permissions()) : null;
  }

  private static @Nullable String device(Suspect suspect) {
    Side upper = suspect.upper();
    return upper != null && upper.meta().type().isDevice()
        ? "device node " + upper.meta().device()
        : null;
  }

  private static @Nullable String unpackaged(Suspect suspect, Circumstances known) {
    boolean program =
        suspect.isNewContent()
            && known.packagesUntouched
            && Places.isOfSystem(suspect)
            && Contents.executable(suspect) != null;
    return program ? "the package database was not changed with it" : null;
  }

  private static @Nullable String logRemoved(Suspect suspect) {
    Side lower = suspect.lower();
    if (lower == null || !lower.meta().isFile() || lower.meta().size() == 0) {
      return null;
    }
    if (!suspect.isIn("/var/log", "/var/run/utmp", "/run/utmp")
        && !suspect.name().endsWith(".log")
        && !Places.isHistory(suspect)) {
      return null;
    }
    if (suspect.kind() == ChangeKind.DELETED) {
      return "a log is deleted";
    }
    FileMeta file = suspect.file();
    boolean shorter = file == null || file.size() < lower.meta().size();
    return shorter && suspect.kind() != ChangeKind.MOVED ? "a log is shorter than before" : null;
  }

  private static @Nullable String timeStomped(Suspect suspect, Circumstances known) {
    FileMeta file = suspect.file();
    boolean isSet = suspect.isNewContent() || suspect.fields().contains("modified");
    Instant modified = file == null ? null : file.times().modified();
    if (file == null || modified == null || !isSet || suspect.kind() == ChangeKind.MOVED) {
      return null;
    }
    List<String> reasons = new ArrayList<>();
    Instant born = file.times().born();
    Instant changed = file.times().changed();
    if (born != null && modified.isBefore(born)) {
      reasons.add("modified before it was born");
    }
    if (modified.getNano() == 0 && changed != null && changed.getNano() != 0) {
      reasons.add("modified in a whole second");
    }
    if (known.imageCreated != null && modified.isBefore(known.imageCreated)) {
      reasons.add("modified before its image was made");
    }
    return reasons.isEmpty() ? null : String.join(", ", reasons);
  }
}
