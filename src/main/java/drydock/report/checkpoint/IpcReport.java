package drydock.report.checkpoint;

import drydock.bytes.ByteSource;
import drydock.checkpoint.kernel.IpcObject;
import drydock.report.Column;
import drydock.report.Report;
import drydock.report.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record {@code ipc}: an object of System V. */
public final class IpcReport {
  /** More messages of a queue are counted, and not listed. */
  private static final int MAX_MESSAGES = 1000;

  public static final Report<IpcObject> REPORT =
      new Report<>(
          List.of(
              Column.<IpcObject>of("namespace", each -> Value.of(each.namespace())).header("IPCNS"),
              Column.of("kind", each -> Value.of(each.kind().label())),
              Column.of("id", each -> Value.of(each.id())),
              Column.of("key", each -> new Value.Text("0x" + Long.toHexString(each.key()))),
              Column.of("uid", each -> Value.of(each.owner())),
              Column.of("gid", each -> Value.of(each.group())),
              Column.of("creator_uid", each -> Value.of(each.creator())),
              Column.of("creator_gid", each -> Value.of(each.creatorGroup())),
              Column.of("mode", each -> new Value.Text(Long.toOctalString(each.mode() & 07777))),
              Column.of("size", each -> Value.of(each.size())),
              Column.of("values", each -> ProcessReport.numbers(each.values())),
              Column.of("message_count", each -> Value.of(each.messages().size())),
              Column.<IpcObject>of("waiting", IpcReport::waiting),
              Column.<IpcObject>of("messages", IpcReport::messages),
              Column.<IpcObject>of("preview", IpcReport::preview),
              Column.of("details", each -> RenderedValue.of(each.details())),
              Column.of("origin", each -> Value.of(each.origin()))),
          List.of(
              "kind", "id", "key", "uid", "mode", "size", "values", "message_count", "waiting"));

  private IpcReport() {}

  private static @Nullable Value waiting(IpcObject object) {
    List<IpcObject.Message> messages = object.messages();
    return messages.isEmpty()
        ? null
        : Value.of(messages.stream().mapToLong(each -> each.bytes().size()).sum());
  }

  private static Value messages(IpcObject object) throws IOException {
    List<@Nullable Value> all = new ArrayList<>();
    for (IpcObject.Message each : object.messages()) {
      if (all.size() == MAX_MESSAGES) {
        break;
      }
      all.add(
          RenderedValue.pairs(
              "type", Value.of(each.type()),
              "size", Value.of(each.bytes().size()),
              "preview", SocketReport.preview(List.of(each.bytes()))));
    }
    return new Value.Many(all);
  }

  private static @Nullable Value preview(IpcObject object) throws IOException {
    ByteSource data = object.data();
    return data == null ? null : SocketReport.preview(List.of(data));
  }
}
