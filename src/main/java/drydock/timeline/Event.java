package drydock.timeline;

import drydock.bytes.Origin;
import drydock.fs.FileMeta;
import drydock.fs.TreePath;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened at a time, as the evidence tells it. Null is unknown, or does not apply.
 *
 * @param time UTC, as precise as it is stored
 * @param message a sentence for people; texts of the evidence in it are as they are stored
 * @param path of a file, in the subject's tree
 * @param meta of a file whose times are told
 * @param fate whether that file is there
 * @param layer of a container, which the file is from; 0 is the writable one
 * @param line of a log
 * @param exitCode of a container that ended
 * @param reason the runtime's word for the end
 */
public record Event(
    Instant time,
    TimeMeaning meaning,
    EventKind kind,
    String message,
    Subject subject,
    @Nullable TreePath path,
    @Nullable Long inode,
    @Nullable FileMeta meta,
    TimedFile.@Nullable Fate fate,
    @Nullable Integer layer,
    @Nullable LogLine line,
    @Nullable Integer exitCode,
    @Nullable String reason,
    Origin origin) {

  /** One that no file tells of. */
  static Event of(
      Instant time,
      TimeMeaning meaning,
      EventKind kind,
      String message,
      Subject subject,
      Origin origin) {
    return new Event(
        time, meaning, kind, message, subject, null, null, null, null, null, null, null, null,
        origin);
  }

  /** The same, told by a file. */
  Event at(TreePath file, long number) {
    return new Event(
        time, meaning, kind, message, subject, file, number, null, null, null, null, null, null,
        origin);
  }

  /** The same, of a line of a log. */
  Event line(LogLine there) {
    return new Event(
        time, meaning, kind, message, subject, path, inode, null, null, null, there, null, null,
        origin);
  }

  /** The same, of a container that ended. */
  Event ended(@Nullable Integer code, @Nullable String why) {
    return new Event(
        time, meaning, kind, message, subject, null, null, null, null, null, null, code, why,
        origin);
  }
}
