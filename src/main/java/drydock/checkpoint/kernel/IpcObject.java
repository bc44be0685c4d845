package drydock.checkpoint.kernel;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.checkpoint.criu.Rendered;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object of System V. Ids of users are those inside of the container.
 *
 * @param namespace CRIU's number of the IPC namespace
 * @param size of a segment, or the most bytes that a queue takes; null of semaphores
 * @param values of semaphores, in their order; empty of others
 * @param messages that wait in a queue, in their order; empty of others
 * @param data what a segment holds; null where its pages are in a page map, or of others
 */
public record IpcObject(
    long namespace,
    IpcKind kind,
    long id,
    long key,
    long owner,
    long group,
    long creator,
    long creatorGroup,
    long mode,
    @Nullable Long size,
    List<Long> values,
    List<Message> messages,
    @Nullable ByteSource data,
    Rendered.Fields details,
    Origin origin) {
  /** A message that nobody has taken. */
  public record Message(long type, ByteSource bytes) {}
}
