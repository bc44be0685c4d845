package drydock.cli.checkpoint;

import drydock.bytes.ByteSource;
import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.criu.Dump.Holder;
import drydock.checkpoint.criu.Socket;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.finding.FindingLog;
import drydock.report.Report;
import drydock.report.checkpoint.SocketReport;
import drydock.report.checkpoint.SocketReport.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The sockets of a checkpoint, and who is at the other end. */
@Command(
    name = "sockets",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint sockets shop.tar",
      "  drydock checkpoint sockets shop.tar --received 17 > unread.bin",
      "A socket that several processes have is there once for each. RECV-Q are bytes that nobody",
      "has read, SEND-Q bytes that the other end has not read or not confirmed."
    })
final class SocketsCommand extends ArchiveCommand {
  @Option(names = "--pid", paramLabel = "N", description = "Show the sockets of this process only.")
  @Nullable Long pid;

  @Option(
      names = "--received",
      paramLabel = "FILE-ID",
      description = "Write what waits to be read from this socket, as it is.")
  @Nullable Long received;

  @Option(
      names = "--sent",
      paramLabel = "FILE-ID",
      description = "Write what the other end has not got, as it is.")
  @Nullable Long sent;

  @Mixin OutputOption output = new OutputOption();

  SocketsCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Checkpoint checkpoint, FindingLog log) throws IOException {
    Dump dump = Frozen.of(checkpoint, log).dump();
    List<Socket> sockets = dump.sockets();
    Long queue = received != null ? received : sent;
    if (queue != null) {
      Socket socket = find(sockets, queue);
      List<ByteSource> bytes = received != null ? socket.received() : socket.sent();
      output.use(console, out -> RawBytes.write(bytes, out));
      return ExitCode.DONE;
    }
    Map<Long, List<Holder>> holders = dump.holders();
    List<Row> rows = new ArrayList<>();
    for (Socket each : sockets) {
      addRows(each, holders, rows);
    }
    rows.sort(
        Comparator.comparingLong(SocketsCommand::pid)
            .thenComparingLong(SocketsCommand::fd)
            .thenComparingLong(row -> row.socket().file()));
    output.rows(console, SocketReport.REPORT, into -> each(rows, into));
    return ExitCode.DONE;
  }

  private static void each(List<Row> rows, Report.Rows<Row> into) throws IOException {
    for (Row each : rows) {
      into.add(each);
    }
  }

  private void addRows(Socket socket, Map<Long, List<Holder>> holders, List<Row> rows) {
    Long peer = socket.peer();
    List<Holder> peers = peer == null ? List.of() : holders.getOrDefault(peer, List.of());
    List<Holder> own = holders.getOrDefault(socket.file(), List.of());
    for (Holder each : own) {
      if (pid == null || each.process().pid() == pid) {
        rows.add(new Row(socket, each, peers));
      }
    }
    if (own.isEmpty() && pid == null) {
      rows.add(new Row(socket, null, peers));
    }
  }

  private Socket find(List<Socket> sockets, long file) {
    for (Socket each : sockets) {
      if (each.file() == file) {
        return each;
      }
    }
    throw usage(
        "no socket has the file id " + file + "; 'sockets --columns file_id,local' lists them");
  }

  /** Those that nobody has come last. */
  private static long pid(Row row) {
    return row.holder() == null ? Long.MAX_VALUE : row.holder().process().pid();
  }

  private static long fd(Row row) {
    return row.holder() == null ? 0 : row.holder().descriptor().fd();
  }
}
