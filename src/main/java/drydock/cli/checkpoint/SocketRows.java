package drydock.cli.checkpoint;

import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.criu.Dump.Holder;
import drydock.checkpoint.criu.Socket;
import drydock.report.checkpoint.SocketReport.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Sockets by who has them; one that several processes have is there for each of them. */
final class SocketRows {
  private SocketRows() {}

  /** By process and number; those that nobody has come last. */
  static List<Row> of(Dump dump) throws IOException {
    Map<Long, List<Holder>> holders = dump.holders();
    List<Row> rows = new ArrayList<>();
    for (Socket socket : dump.sockets()) {
      Long peer = socket.peer();
      List<Holder> peers = peer == null ? List.of() : holders.getOrDefault(peer, List.of());
      List<Holder> own = holders.getOrDefault(socket.file(), List.of());
      own.forEach(each -> rows.add(new Row(socket, each, peers)));
      if (own.isEmpty()) {
        rows.add(new Row(socket, null, peers));
      }
    }
    rows.sort(
        Comparator.comparingLong(SocketRows::pid)
            .thenComparingLong(SocketRows::fd)
            .thenComparingLong(row -> row.socket().file()));
    return rows;
  }

  private static long pid(Row row) {
    return row.holder() == null ? Long.MAX_VALUE : row.holder().process().pid();
  }

  private static long fd(Row row) {
    return row.holder() == null ? 0 : row.holder().descriptor().fd();
  }
}
