package drydock.checkpoint.executable;

import drydock.bytes.ByteSource;
import drydock.checkpoint.executable.CarvedPart.Kind;
import drydock.checkpoint.memory.Area;
import drydock.checkpoint.memory.MemorySink;
import drydock.checkpoint.memory.Piece;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an executable is put together from. Its pages that were dumped are as they were in memory,
 * with what the program wrote to its data; the others are the file's where the archive has it.
 * Immutable, safe from many threads.
 */
public final class Carving {
  /** Larger executables are not written: their size is what evidence says. */
  private static final long MAX_SIZE = 1L << 30;

  /** So many stretches that alternate are no executable. */
  private static final int MAX_PARTS = 1_000_000;

  private final Executable executable;
  private final boolean hasHeaders;
  private final long size;
  private final List<CarvedPart> parts;

  private Carving(Executable executable, boolean hasHeaders, long size, List<CarvedPart> parts) {
    this.executable = executable;
    this.hasHeaders = hasHeaders;
    this.size = size;
    this.parts = List.copyOf(parts);
  }

  /** A stretch of which nothing is known: zeros, by their offset and length in bytes. */
  public record Gap(long offset, long length) {}

  /**
   * What was written.
   *
   * @param changed bytes from memory that are not as in the file, where that is known
   * @param changedCode those of them that were to be executed
   */
  public record Written(String sha256, long changed, long changedCode) {}

  /** The executable as it ran; empty, and a finding, when nothing is known of it. */
  public static Optional<Carving> asItRan(Executable executable, FindingLog log)
      throws IOException {
    FileView view = new FileView(executable);
    ElfTable table = ElfTable.read(view);
    List<LoadSegment> segments = new SegmentPlan(executable.space(), view, log).segments(table);
    long size = size(executable, segments, view.areas());
    if (!isSound(executable, size, log)) {
      return Optional.empty();
    }
    List<CarvedPart> parts = new Planner(executable, view, size, log).parts(segments);
    return Optional.of(new Carving(executable, table != null, size, parts));
  }

  /** The file as it was; empty, and a finding, when the archive does not have it. */
  public static Optional<Carving> original(Executable executable, FindingLog log)
      throws IOException {
    ByteSource file = executable.original();
    if (file == null) {
      String what = "the file of the executable of process " + executable.pid();
      log.add(Finding.missing(executable.space().origin(), what));
      return Optional.empty();
    }
    if (!isSound(executable, file.size(), log)) {
      return Optional.empty();
    }
    boolean isElf = ElfTable.read((offset, length) -> window(file, offset, length)) != null;
    CarvedPart all = new CarvedPart(Kind.FILE, 0, file.size(), 0, false);
    return Optional.of(new Carving(executable, isElf, file.size(), List.of(all)));
  }

  static byte @Nullable [] window(ByteSource file, long offset, int length) throws IOException {
    if (offset > file.size() - length) {
      return null;
    }
    byte[] bytes = new byte[length];
    file.read(offset, bytes, 0, length);
    return bytes;
  }

  private static boolean isSound(Executable executable, long size, FindingLog log) {
    if (size > 0 && size <= MAX_SIZE) {
      return true;
    }
    String what =
        "the executable of process "
            + executable.pid()
            + (size == 0 ? " is not known" : " would have more bytes than are written: " + size);
    log.add(Finding.missing(executable.space().origin(), what));
    return false;
  }

  /** Of the file, or what the dump says of it, or as far as memory shows it. */
  private static long size(Executable executable, List<LoadSegment> segments, List<Area> areas) {
    if (executable.original() != null) {
      return executable.original().size();
    }
    Long told = executable.size();
    if (told != null && told > 0) {
      return told;
    }
    long mapped = 0;
    for (Area area : areas) {
      mapped = Math.max(mapped, area.offset() + area.size());
    }
    long end = 0;
    for (LoadSegment segment : segments) {
      end = Math.max(end, Math.min(segment.end(), mapped));
    }
    return end;
  }

  public Executable executable() {
    return executable;
  }

  /** Whether its ELF headers are known. */
  public boolean hasHeaders() {
    return hasHeaders;
  }

  /** In bytes. */
  public long size() {
    return size;
  }

  /** Bytes that are as they were in memory. */
  public long ofMemory() {
    return sum(Kind.MEMORY);
  }

  /** Bytes that are the file's. */
  public long ofFile() {
    return sum(Kind.FILE);
  }

  /** Bytes of which nothing is known. */
  public long missing() {
    return sum(Kind.MISSING);
  }

  private long sum(Kind kind) {
    return parts.stream().filter(p -> p.kind() == kind).mapToLong(CarvedPart::length).sum();
  }

  /** What is zeros because nothing is known of it, by offset; neighbours are one. */
  public List<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    for (CarvedPart part : parts) {
      int last = gaps.size() - 1;
      if (part.kind() != Kind.MISSING) {
        continue;
      }
      if (last >= 0 && gaps.get(last).offset() + gaps.get(last).length() == part.offset()) {
        Gap before = gaps.remove(last);
        gaps.add(new Gap(before.offset(), before.length() + part.length()));
      } else {
        gaps.add(new Gap(part.offset(), part.length()));
      }
    }
    return gaps;
  }

  /** Writes all of it; what is damaged is zeros, and a finding. */
  public Written write(MemorySink sink, FindingLog log) throws IOException {
    CarvingWriter writer = new CarvingWriter(executable, sink, log);
    for (CarvedPart part : parts) {
      writer.write(part);
    }
    return writer.finish();
  }

  /** Takes a file apart by where its bytes come from. For one thread. */
  private static final class Planner {
    private final Executable executable;
    private final FileView view;
    private final long size;
    private final FindingLog log;
    private final List<CarvedPart> parts = new ArrayList<>();

    Planner(Executable executable, FileView view, long size, FindingLog log) {
      this.executable = executable;
      this.view = view;
      this.size = size;
      this.log = log;
    }

    List<CarvedPart> parts(List<LoadSegment> segments) {
      long at = 0;
      for (LoadSegment each : segments) {
        LoadSegment segment = each.within(at, size);
        if (segment.size() > 0) {
          unmapped(at, segment.offset() - at, false);
          loaded(segment);
          at = segment.end();
        }
        if (each.end() > size && parts.size() <= MAX_PARTS && executable.original() != null) {
          String what = "a segment of the executable that ends behind the end of its file";
          log.add(Finding.damage(executable.space().origin(), each.offset(), what));
        }
      }
      unmapped(at, size - at, false);
      return parts;
    }

    private void loaded(LoadSegment segment) {
      for (long at = segment.offset(); at < segment.end(); ) {
        long address = segment.address() + (at - segment.offset());
        Piece piece = executable.space().at(address);
        long step = Math.min(piece.length(), segment.end() - at);
        if (parts.size() > MAX_PARTS) {
          String what = "an executable in more pieces than are put together";
          log.add(Finding.missing(executable.space().origin(), what));
          unmapped(at, segment.end() - at, segment.isCode());
          return;
        }
        if (piece.kind().isKnown() && view.shows(address, at)) {
          add(new CarvedPart(Kind.MEMORY, at, step, address, segment.isCode()));
        } else {
          unmapped(at, step, segment.isCode());
        }
        at += step;
      }
    }

    /** What no page in the images has: the file's bytes, as far as it is there. */
    private void unmapped(long offset, long length, boolean isCode) {
      if (length > 0) {
        Kind kind = executable.original() == null ? Kind.MISSING : Kind.FILE;
        add(new CarvedPart(kind, offset, length, 0, isCode));
      }
    }

    private void add(CarvedPart part) {
      int last = parts.size() - 1;
      if (last >= 0 && parts.get(last).goesOn(part)) {
        parts.set(last, parts.get(last).with(part));
      } else {
        parts.add(part);
      }
    }
  }
}
