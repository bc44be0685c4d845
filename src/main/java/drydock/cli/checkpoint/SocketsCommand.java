package drydock.cli.checkpoint;

import drydock.bytes.ByteSource;
import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.criu.Socket;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.finding.FindingLog;
import drydock.report.checkpoint.SocketReport;
import drydock.report.checkpoint.SocketReport.Row;
import java.io.IOException;
import java.util.List;
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
    checkProcess(pid, dump);
    List<Socket> sockets = dump.sockets();
    Long queue = received != null ? received : sent;
    if (queue != null) {
      Socket socket = find(sockets, queue);
      List<ByteSource> bytes = received != null ? socket.received() : socket.sent();
      output.use(console, out -> RawBytes.write(bytes, out));
      return ExitCode.DONE;
    }
    List<Row> rows = SocketRows.of(dump).stream().filter(this::isWanted).toList();
    output.rows(console, SocketReport.REPORT, rows);
    return ExitCode.DONE;
  }

  private boolean isWanted(Row row) {
    return pid == null || (row.holder() != null && row.holder().process().pid() == pid);
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
}
