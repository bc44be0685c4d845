package drydock.cli.checkpoint;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.checkpoint.criu.Descriptor;
import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.criu.FileKind;
import drydock.checkpoint.criu.FileLock;
import drydock.checkpoint.criu.InFlight;
import drydock.checkpoint.criu.OpenFile;
import drydock.checkpoint.criu.Process;
import drydock.checkpoint.criu.Socket;
import drydock.fs.Name;
import drydock.report.checkpoint.DescriptorReport.Row;
import drydock.report.checkpoint.DescriptorReport.Use;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every open file by who has it and how, and those that nobody has. */
final class FilesInUse {
  private final Dump dump;
  private final Map<Long, List<ByteSource>> socketBytes = new HashMap<>();
  private final Set<Long> used = new HashSet<>();
  private final Map<String, List<FileLock>> locks = new HashMap<>();

  FilesInUse(Dump dump) throws IOException {
    this.dump = dump;
    for (Socket each : dump.sockets()) {
      socketBytes.put(each.file(), each.received());
    }
    for (FileLock each : dump.locks()) {
      locks.computeIfAbsent(each.pid() + " " + each.fd(), key -> new ArrayList<>()).add(each);
    }
  }

  /** By process, of each its directories and program first, then its descriptors. */
  List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Process each : dump.processes()) {
      addFiles(each, rows);
      for (Descriptor descriptor : dump.descriptors(each)) {
        rows.add(row(each, Use.DESCRIPTOR, descriptor, descriptor.file()));
      }
      if (each.layout() != null) {
        Set<Long> mapped = new LinkedHashSet<>();
        each.layout().mapped().forEach(area -> mapped.add(area.file()));
        for (Long id : mapped) {
          rows.add(row(each, Use.MAPPED, null, id));
        }
      }
    }
    Set<Name> others = pathsOfOthers(dump.files().values());
    for (OpenFile each : dump.files().values()) {
      Name path = each.path();
      boolean isPart = each.kind() == FileKind.REGULAR && path != null && others.contains(path);
      if (!used.contains(each.id()) && !isPart) {
        rows.add(row(null, Use.NONE, null, each.id()));
      }
    }
    return rows;
  }

  private void addFiles(Process process, List<Row> rows) throws IOException {
    Process.Files files = process.files();
    add(process, Use.WORKING_DIRECTORY, files.workingDirectory(), rows);
    add(process, Use.ROOT, files.root(), rows);
    add(process, Use.EXECUTABLE, files.executable(), rows);
  }

  private void add(Process process, Use use, @Nullable Long id, List<Row> rows) throws IOException {
    if (id != null) {
      rows.add(row(process, use, null, id));
    }
  }

  private Row row(@Nullable Process process, Use use, @Nullable Descriptor descriptor, long id)
      throws IOException {
    used.add(id);
    OpenFile file = dump.file(id, origin(process, descriptor)).orElse(null);
    List<ByteSource> waiting = file == null ? List.of() : waiting(file);
    List<FileLock> held =
        process == null || descriptor == null
            ? List.of()
            : locks.getOrDefault(process.pid() + " " + descriptor.fd(), List.of());
    return new Row(process, use, descriptor, id, file, waiting, held);
  }

  private Origin origin(@Nullable Process process, @Nullable Descriptor descriptor) {
    if (descriptor != null) {
      return descriptor.origin();
    }
    return process == null ? dump.images().origin() : process.origin();
  }

  /** A named pipe or a terminal has its path in an entry of a regular file of its own. */
  private static Set<Name> pathsOfOthers(Iterable<OpenFile> files) {
    Set<Name> paths = new HashSet<>();
    for (OpenFile each : files) {
      boolean hasPart = each.kind() == FileKind.FIFO || each.kind() == FileKind.TERMINAL;
      Name path = each.path();
      if (hasPart && path != null) {
        paths.add(path);
      }
    }
    return paths;
  }

  /** What was written to a file and not yet read. */
  List<ByteSource> waiting(OpenFile file) throws IOException {
    InFlight inFlight = dump.inFlight();
    if (file.kind().isSocket()) {
      return socketBytes.getOrDefault(file.id(), List.of());
    }
    Long number = file.inode();
    if (number == null) {
      return List.of();
    }
    return switch (file.kind()) {
      case PIPE, FIFO -> inFlight.pipes().getOrDefault(number, List.of());
      case TERMINAL -> inFlight.terminals().getOrDefault(number, List.of());
      default -> List.of();
    };
  }
}
