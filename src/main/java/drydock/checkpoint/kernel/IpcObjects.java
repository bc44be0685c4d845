package drydock.checkpoint.kernel;

import drydock.bytes.ByteSource;
import drydock.bytes.LittleEndian;
import drydock.bytes.Origin;
import drydock.checkpoint.criu.ImageEntry;
import drydock.checkpoint.criu.ImageKind;
import drydock.checkpoint.criu.Images;
import drydock.checkpoint.criu.Messages;
import drydock.checkpoint.criu.Rendering;
import drydock.proto.criu.IpcDescEntry;
import drydock.proto.criu.IpcMsgEntry;
import drydock.proto.criu.IpcSemEntry;
import drydock.proto.criu.IpcShmEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads objects of System V. */
public final class IpcObjects {
  /** The kernel's limit of one set is 32,000 by default. */
  private static final int MAX_SEMAPHORES = 1 << 20;

  private IpcObjects() {}

  /** All, by namespace, kind and place in their image; damage is a finding in the images' log. */
  public static List<IpcObject> read(Images images) throws IOException {
    List<IpcObject> all = new ArrayList<>();
    for (long each : images.numbers("ipcns-shm-", 10)) {
      Messages.each(
          images,
          ImageKind.IPCNS_SHM.file(each),
          IpcShmEntry.parser(),
          (segment, entry) -> all.add(segment(each, segment, entry)));
    }
    for (long each : images.numbers("ipcns-sem-", 10)) {
      Messages.each(
          images,
          ImageKind.IPCNS_SEM.file(each),
          IpcSemEntry.parser(),
          (set, entry) -> all.add(semaphores(each, set, entry)));
    }
    for (long each : images.numbers("ipcns-msg-", 10)) {
      Messages.each(
          images,
          ImageKind.IPCNS_MSG.file(each),
          IpcMsgEntry.parser(),
          (queue, entry) -> all.add(queue(each, queue, entry)));
    }
    return all;
  }

  private static IpcObject segment(long namespace, IpcShmEntry segment, ImageEntry entry) {
    ByteSource data =
        segment.getInPagemaps() || entry.payloads().isEmpty()
            ? null
            : entry.payloads().get(0).bytes();
    Content content = new Content(IpcKind.SEGMENT, segment.getSize(), List.of(), List.of(), data);
    return object(namespace, segment.getDesc(), content, entry);
  }

  private static IpcObject semaphores(long namespace, IpcSemEntry set, ImageEntry entry)
      throws IOException {
    List<Long> values = new ArrayList<>();
    if (!entry.payloads().isEmpty()) {
      ByteSource stored = entry.payloads().get(0).bytes();
      byte[] raw = stored.bytes(0, (int) Math.min(2L * MAX_SEMAPHORES, stored.size()));
      for (int at = 0; at + 1 < raw.length; at += 2) {
        values.add((long) LittleEndian.u16(raw, at));
      }
    }
    Content content = new Content(IpcKind.SEMAPHORES, null, values, List.of(), null);
    return object(namespace, set.getDesc(), content, entry);
  }

  private static IpcObject queue(long namespace, IpcMsgEntry queue, ImageEntry entry) {
    List<IpcObject.Message> messages = new ArrayList<>();
    for (ImageEntry.Payload each : entry.payloads()) {
      messages.add(new IpcObject.Message(each.at(), each.bytes()));
    }
    long most = Integer.toUnsignedLong(queue.getQbytes());
    Content content = new Content(IpcKind.QUEUE, most, List.of(), messages, null);
    return object(namespace, queue.getDesc(), content, entry);
  }

  /** What each kind has of its own. */
  private record Content(
      IpcKind kind,
      @Nullable Long size,
      List<Long> values,
      List<IpcObject.Message> messages,
      @Nullable ByteSource data) {}

  private static IpcObject object(
      long namespace, IpcDescEntry head, Content content, ImageEntry entry) {
    Origin origin = entry.origin();
    return new IpcObject(
        namespace,
        content.kind(),
        Integer.toUnsignedLong(head.getId()),
        Integer.toUnsignedLong(head.getKey()),
        Integer.toUnsignedLong(head.getUid()),
        Integer.toUnsignedLong(head.getGid()),
        Integer.toUnsignedLong(head.getCuid()),
        Integer.toUnsignedLong(head.getCgid()),
        Integer.toUnsignedLong(head.getMode()),
        content.size(),
        content.values(),
        content.messages(),
        content.data(),
        Rendering.of(head),
        origin);
  }
}
