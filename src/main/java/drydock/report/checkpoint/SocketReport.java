package drydock.report.checkpoint;

import drydock.bytes.ByteSource;
import drydock.checkpoint.criu.Dump.Holder;
import drydock.checkpoint.criu.Socket;
import drydock.report.Column;
import drydock.report.Report;
import drydock.report.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The record {@code socket}: one that a process has, or that nobody has yet. */
public final class SocketReport {
  private static final int PREVIEW_BYTES = 64;

  /**
   * A socket of a process.
   *
   * @param holder null when it waits to be accepted or is under way to a process
   * @param peers who has the other end
   */
  public record Row(Socket socket, @Nullable Holder holder, List<Holder> peers) {}

  public static final Report<Row> REPORT =
      new Report<>(
          List.of(
              Column.<Row>of("pid", row -> of(row.holder(), h -> Value.of(h.process().pid()))),
              Column.<Row>of(
                  "command",
                  row -> of(row.holder(), h -> RenderedValue.text(h.process().command()))),
              Column.<Row>of("fd", row -> of(row.holder(), h -> Value.of(h.descriptor().fd()))),
              Column.of("protocol", row -> Value.of(row.socket().protocol())),
              Column.of("state", row -> Value.of(row.socket().state())),
              Column.of("local", row -> RenderedValue.text(row.socket().local())),
              Column.of("remote", row -> RenderedValue.text(row.socket().remote())),
              Column.<Row>of("peer", SocketReport::peers).shown(SocketReport::peerText),
              Column.<Row>of("receive_queue", row -> Value.of(row.socket().receiveQueue()))
                  .header("RECV-Q"),
              Column.<Row>of("send_queue", row -> Value.of(row.socket().sendQueue()))
                  .header("SEND-Q"),
              Column.<Row>of("unsent", SocketReport::unsent),
              Column.of("received", row -> preview(row.socket().received())),
              Column.of("passed", row -> ProcessReport.numbers(row.socket().passed())),
              Column.of("sent", row -> preview(row.socket().sent())),
              Column.of("backlog", row -> Value.of(row.socket().backlog())),
              Column.of("shutdown", row -> Value.of(row.socket().shutdown())),
              Column.of("inode", row -> Value.of(row.socket().inode())),
              Column.of("peer_inode", row -> Value.of(row.socket().peerInode())),
              Column.<Row>of("network_namespace", row -> Value.of(row.socket().network()))
                  .header("NETNS"),
              Column.of("file_id", row -> Value.of(row.socket().file())),
              Column.of("details", row -> RenderedValue.of(row.socket().details())),
              Column.<Row>of("tcp", SocketReport::tcp),
              Column.of("origin", row -> Value.of(row.socket().origin()))),
          List.of(
              "pid",
              "command",
              "fd",
              "protocol",
              "state",
              "local",
              "remote",
              "peer",
              "receive_queue",
              "send_queue"));

  private SocketReport() {}

  /** What a holder has. */
  @FunctionalInterface
  private interface Part {
    @Nullable Value of(Holder holder);
  }

  private static @Nullable Value of(@Nullable Holder holder, Part part) {
    return holder == null ? null : part.of(holder);
  }

  private static Value peers(Row row) {
    return RenderedValue.many(
        row.peers().stream()
            .map(
                peer ->
                    RenderedValue.pairs(
                        "pid",
                        Value.of(peer.process().pid()),
                        "command",
                        RenderedValue.text(peer.process().command()),
                        "fd",
                        Value.of(peer.descriptor().fd())))
            .toList());
  }

  private static String peerText(Row row) {
    String text = row.peers().stream().map(SocketReport::peerText).collect(Collectors.joining(","));
    boolean unheld = text.isEmpty() && row.socket().peer() != null;
    return unheld ? "not accepted" : text.isEmpty() ? "-" : text;
  }

  private static String peerText(Holder peer) {
    Value command = RenderedValue.text(peer.process().command());
    String name = command == null ? "" : "/" + command.text();
    return peer.process().pid() + name + " fd " + peer.descriptor().fd();
  }

  private static @Nullable Value unsent(Row row) {
    return row.socket().tcp() == null ? null : Value.of(row.socket().tcp().unsent());
  }

  private static @Nullable Value tcp(Row row) {
    return row.socket().tcp() == null ? null : RenderedValue.of(row.socket().tcp().details());
  }

  /** The beginning of what waits. */
  static @Nullable Value preview(List<ByteSource> packets) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ByteSource each : packets) {
      int room = PREVIEW_BYTES - bytes.size();
      bytes.write(each.bytes(0, (int) Math.min(room, each.size())));
    }
    return bytes.size() == 0 ? null : new Value.Data(bytes.toByteArray());
  }
}
