package drydock.checkpoint.triage;

import drydock.bytes.Origin;
import drydock.checkpoint.criu.Credentials;
import drydock.checkpoint.criu.OpenFile;
import drydock.checkpoint.criu.Process;
import drydock.checkpoint.criu.TaskThread;
import drydock.checkpoint.memory.Area;
import drydock.fs.Name;
import drydock.fs.NameText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process with what rules look at.
 *
 * @param program null where the images do not tell it, as of one that has ended
 * @param open by descriptor
 * @param areas empty when its memory is lost
 * @param arguments as its memory has them, texts with {@code \xNN} for what is none
 * @param environment as its memory has it; null when that is not whole in the dump
 */
record Subject(
    Process process,
    @Nullable OpenFile program,
    @Nullable OpenFile workingDirectory,
    @Nullable OpenFile root,
    List<Held> open,
    List<MappedArea> areas,
    List<String> arguments,
    @Nullable List<String> environment) {
  /** An open file and the number by which the process knows it. */
  record Held(long fd, OpenFile file) {}

  /**
   * An area with what lies in it.
   *
   * @param path of the file that it maps; null when it is of none
   * @param deleted whether that file has no name any more
   * @param head the first bytes of it that are not all zeros; empty when they are, or are not known
   * @param headAt where they lie
   * @param changedPages how many pages of its own it has, of a private mapping of a file
   */
  record MappedArea(
      Area area,
      @Nullable String path,
      boolean deleted,
      byte[] head,
      long headAt,
      long changedPages,
      Origin origin) {}

  /** Its command; empty when that is lost. */
  String command() {
    return text(process.command());
  }

  /** The path of its program; empty when it has none. */
  String programPath() {
    return program == null ? "" : text(program.path());
  }

  @Nullable Credentials credentials() {
    TaskThread leader = process.leader();
    return leader == null ? null : leader.credentials();
  }

  /** Whether it runs: one that has ended holds nothing any more. */
  boolean isAlive() {
    return process.exitStatus() == null && process.layout() != null;
  }

  static String text(@Nullable Name name) {
    return name == null ? "" : NameText.of(name.bytes());
  }

  /** The part of a path behind its last slash. */
  static String base(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
