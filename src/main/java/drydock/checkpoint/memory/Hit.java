package drydock.checkpoint.memory;

import drydock.bytes.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where a pattern was found.
 *
 * @param pattern its number in the set that was looked for
 * @param kind that of the area, or the image of what was under way: {@code pipes-data}, {@code
 *     sk-queues}, {@code tcp-stream}, {@code ghost-file}; or the archive of a file
 * @param owner whose memory it is; of shared memory the first who maps it, null when nobody does
 * @param file the path or name of what is no process's, where it is known
 * @param others further places where the same bytes are mapped
 * @param bytes what was found
 * @param before at most as many bytes as were asked for; fewer where nothing more is known
 * @param origin the image that the first byte lies in
 * @param offset of the first byte in that image
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Hit(
    int pattern,
    String kind,
    @Nullable Place owner,
    byte @Nullable [] file,
    List<Place> others,
    byte[] bytes,
    byte[] before,
    byte[] after,
    Origin origin,
    long offset) {

  /**
   * Where a process has it.
   *
   * @param command its name; null when the dump does not tell it
   * @param area null for pages that lie in no area
   */
  public record Place(
      int pid,
      byte @Nullable [] command,
      long address,
      @Nullable Area area,
      @Nullable MappedFile file) {}

  /** Takes hits. */
  @FunctionalInterface
  public interface Sink {
    void found(Hit hit) throws java.io.IOException;
  }
}
