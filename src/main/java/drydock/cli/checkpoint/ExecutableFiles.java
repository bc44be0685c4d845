package drydock.cli.checkpoint;

import drydock.checkpoint.executable.Carving;
import drydock.checkpoint.executable.Executable;
import drydock.checkpoint.executable.Executables;
import drydock.checkpoint.executable.FileContents;
import drydock.checkpoint.memory.Memory;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.report.Report;
import drydock.report.checkpoint.ExecutableRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes executables of processes into a directory, each as {@code PID-COMMAND.elf}.
 *
 * @param original whether as the file was, rather than as it ran
 */
record ExecutableFiles(Path directory, boolean original, FindingLog log) {
  private static final int MAX_NAME = 32;

  void write(
      FileContents contents, Memory memory, List<Integer> pids, Report.Rows<ExecutableRow> rows)
      throws IOException {
    Files.createDirectories(directory);
    Executables all = new Executables(contents, memory);
    for (int pid : pids) {
      Optional<Executable> executable = all.of(pid);
      Optional<Carving> carving = executable.isEmpty() ? Optional.empty() : carve(executable.get());
      if (carving.isPresent()) {
        rows.add(write(carving.get()));
      }
    }
  }

  private Optional<Carving> carve(Executable executable) throws IOException {
    return original ? Carving.original(executable, log) : Carving.asItRan(executable, log);
  }

  private ExecutableRow write(Carving carving) throws IOException {
    Executable executable = carving.executable();
    Path file = directory.resolve(name(executable.space().pid(), executable.command()));
    if (carving.missing() > 0) {
      String what =
          carving.missing()
              + " of "
              + carving.size()
              + " bytes of the executable of process "
              + executable.space().pid()
              + " are nowhere in what was given, and zeros in what was written";
      log.add(Finding.missing(executable.space().origin(), what));
    }
    try (SparseFile out = SparseFile.create(file)) {
      Carving.Written written = carving.write(out, log);
      out.finish();
      return new ExecutableRow(carving, written, file.toString());
    }
  }

  /** A name of a file in any directory of any host: what else a command has in it is left out. */
  private static String name(int pid, byte @Nullable [] command) {
    StringBuilder name = new StringBuilder().append(pid).append('-');
    byte[] raw = command == null ? new byte[0] : command;
    for (int i = 0; i < Math.min(raw.length, MAX_NAME) && raw[i] != 0; i++) {
      char c = (char) (raw[i] & 0xff);
      boolean isPlain = c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == '-');
      name.append(isPlain ? c : '_');
    }
    return name.append(".elf").toString();
  }
}
