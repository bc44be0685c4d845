package drydock.checkpoint.triage;

import drydock.checkpoint.criu.Descriptor;
import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.criu.OpenFile;
import drydock.checkpoint.criu.Process;
import drydock.checkpoint.memory.AddressSpace;
import drydock.checkpoint.memory.Area;
import drydock.checkpoint.memory.AreaKind;
import drydock.checkpoint.memory.MappedFile;
import drydock.checkpoint.memory.Memory;
import drydock.checkpoint.memory.Piece;
import drydock.checkpoint.memory.StartText;
import drydock.checkpoint.triage.Subject.Held;
import drydock.checkpoint.triage.Subject.MappedArea;
import drydock.finding.FindingLog;
import drydock.fs.NameText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one {@link Subject} after the other. What is lost is a finding, and the rest is given. */
final class SubjectReader {
  private static final int HEAD = 16;

  private final Dump dump;
  private final Memory memory;
  private final Map<Long, OpenFile> files;
  private final FindingLog log;

  SubjectReader(Dump dump, Memory memory, Map<Long, OpenFile> files, FindingLog log) {
    this.dump = dump;
    this.memory = memory;
    this.files = files;
    this.log = log;
  }

  Subject read(Process process) {
    List<MappedArea> areas = new ArrayList<>();
    List<String> arguments = new ArrayList<>();
    List<String> environment = memory(process, areas, arguments);
    Process.Files held = process.files();
    return new Subject(
        process,
        file(held.executable()),
        file(held.workingDirectory()),
        file(held.root()),
        open(process),
        areas,
        arguments,
        environment);
  }

  private List<Held> open(Process process) {
    List<Held> open = new ArrayList<>();
    try {
      for (Descriptor each : dump.descriptors(process)) {
        OpenFile file = files.get(each.file());
        if (file != null) {
          open.add(new Held(each.fd(), file));
        }
      }
    } catch (IOException e) {
      log.add(e, process.origin());
    }
    return open;
  }

  private @Nullable OpenFile file(@Nullable Long id) {
    return id == null ? null : files.get(id);
  }

  /** Gives the environment; null when the dump has it not, or not all of it. */
  private @Nullable List<String> memory(
      Process process, List<MappedArea> areas, List<String> arguments) {
    if (process.layout() == null || process.pid() > Integer.MAX_VALUE) {
      return null;
    }
    try {
      Optional<AddressSpace> space = memory.space((int) process.pid());
      if (space.isEmpty()) {
        return null;
      }
      for (Area each : space.get().areas()) {
        areas.add(area(space.get(), each));
      }
      StartText text = new StartText(space.get());
      StartText.texts(text.commandLine()).forEach(each -> arguments.add(NameText.of(each)));
      return text.isWhole()
          ? StartText.texts(text.environment()).stream().map(NameText::of).toList()
          : null;
    } catch (IOException e) {
      log.add(e, process.origin());
      return null;
    }
  }

  private MappedArea area(AddressSpace space, Area area) throws IOException {
    Optional<MappedFile> file = memory.file(area);
    long headAt = isLookedInto(area) ? firstBytes(space, area) : area.end();
    byte[] head =
        headAt == area.end()
            ? new byte[0]
            : space.known(headAt, (int) Math.min(HEAD, area.end() - headAt));
    return new MappedArea(
        area,
        file.map(there -> NameText.of(there.path())).orElse(null),
        file.map(MappedFile::isDeleted).orElse(false),
        head,
        headAt,
        area.kind() == AreaKind.FILE && area.isExecutable() ? ownPages(space, area) : 0,
        space.origin().child(range(area)));
  }

  /** The kernel's own code is not, nor is that of files. */
  private static boolean isLookedInto(Area area) {
    return switch (area.kind()) {
      case VDSO, VVAR, VSYSCALL, GUARD, UPROBES, FILE, FILE_SHARED, SOCKET, AIO_RING -> false;
      default -> area.isReadable() || area.isExecutable();
    };
  }

  /** Where the first page lies whose bytes are in the dump; the end when there is none. */
  private static long firstBytes(AddressSpace space, Area area) {
    for (long at = area.start(); at != area.end(); ) {
      Piece piece = space.at(at);
      if (piece.source() != null) {
        return at;
      }
      at += Math.min(piece.length(), area.end() - at);
    }
    return area.end();
  }

  private static long ownPages(AddressSpace space, Area area) {
    long bytes = 0;
    for (long at = area.start(); at != area.end(); ) {
      Piece piece = space.at(at);
      long length = Math.min(piece.length(), area.end() - at);
      bytes += piece.source() == null ? 0 : length;
      at += length;
    }
    return bytes / space.pageSize();
  }

  private static String range(Area area) {
    return "0x" + Long.toHexString(area.start()) + "-0x" + Long.toHexString(area.end());
  }
}
