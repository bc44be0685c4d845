package drydock.cli.checkpoint;

import drydock.checkpoint.memory.AddressSpace;
import drydock.checkpoint.memory.Area;
import drydock.checkpoint.memory.Piece;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes the bytes of areas to new files; what is nowhere is zeros there, and a finding. */
final class AreaDump {
  private static final Pattern RANGE =
      Pattern.compile("(?:0x)?([0-9a-f]{1,16})(?:-(?:0x)?([0-9a-f]{1,16}))?");
  private static final int HEX = 16;

  private final AddressSpace space;
  private final Path to;
  private final FindingLog log;

  AreaDump(AddressSpace space, Path to, FindingLog log) {
    this.space = space;
    this.log = log;
    this.to = to;
  }

  /** Takes what was written. */
  @FunctionalInterface
  interface Sink {
    void written(Area area) throws IOException;
  }

  /**
   * Writes what was asked for.
   *
   * @param what {@code all}, a kind of area, an address in one, or two addresses
   * @return an error for what makes no sense
   */
  @Nullable String write(String what, Sink sink) throws IOException {
    Matcher range = RANGE.matcher(what);
    if (!range.matches()) {
      return several(what, sink);
    }
    long start = Long.parseUnsignedLong(range.group(1), HEX);
    Optional<Area> area = space.areaAt(start);
    if (area.isEmpty()) {
      return "no area has the address " + what;
    }
    if (range.group(2) == null) {
      one(area.get().start(), area.get().end(), to);
      sink.written(area.get());
      return null;
    }
    long end = Long.parseUnsignedLong(range.group(2), HEX);
    if (Long.compareUnsigned(end, start) <= 0 || Long.compareUnsigned(end, area.get().end()) > 0) {
      return "not a range of one area: " + what;
    }
    one(start, end, to);
    sink.written(area.get());
    return null;
  }

  private @Nullable String several(String what, Sink sink) throws IOException {
    List<Area> chosen =
        space.areas().stream()
            .filter(area -> isKnown(area))
            .filter(area -> what.equals("all") || area.kind().text().equals(what))
            .toList();
    if (chosen.isEmpty()) {
      return "no area with bytes is called '" + what + "'; name an address, or all";
    }
    boolean many = chosen.size() > 1 || what.equals("all") || Files.isDirectory(to);
    if (many) {
      Files.createDirectories(to);
    }
    for (Area area : chosen) {
      String name = Long.toHexString(area.start()) + "-" + Long.toHexString(area.end()) + ".bin";
      one(area.start(), area.end(), many ? to.resolve(name) : to);
      sink.written(area);
    }
    return null;
  }

  /** Whether the checkpoint has a byte of it that is not zero by itself. */
  private boolean isKnown(Area area) {
    return space.window(area.start(), area.size()).nextData(0) < area.size();
  }

  private void one(long start, long end, Path file) throws IOException {
    try (SparseFile out = SparseFile.create(file)) {
      space.copy(start, end - start, out, log);
      out.finish();
    }
    long unknown = 0;
    for (long at = start; at != end; ) {
      Piece piece = space.at(at).atMost(end - at);
      unknown += piece.kind().isKnown() ? 0 : piece.length();
      at = piece.end();
    }
    if (unknown > 0) {
      String what = " bytes are nowhere in what was given, and zeros in what was written of 0x";
      log.add(Finding.missing(space.origin(), unknown + what + Long.toHexString(start)));
    }
  }
}
