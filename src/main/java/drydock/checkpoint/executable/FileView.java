package drydock.checkpoint.executable;

import drydock.bytes.ByteSource;
import drydock.checkpoint.memory.AddressSpace;
import drydock.checkpoint.memory.Area;
import drydock.checkpoint.memory.AreaKind;
import drydock.checkpoint.memory.Piece;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of an executable as its process saw them: changed pages before those of the file. */
final class FileView implements ElfTable.Source {
  private final AddressSpace space;
  private final List<Area> areas;
  private final @Nullable ByteSource original;

  FileView(Executable executable) {
    this.space = executable.space();
    this.original = executable.original();
    long file = space.layout().executable();
    this.areas =
        space.areas().stream()
            .filter(area -> area.isOfFile() && area.sharedId() == file && area.offset() >= 0)
            .toList();
  }

  /** The areas that map the file, by address. */
  List<Area> areas() {
    return areas;
  }

  /** Whether an address shows that place of the file, or memory that was put in its stead. */
  boolean shows(long address, long offset) {
    Area area = space.areaAt(address).orElse(null);
    if (area == null) {
      return false;
    }
    return area.kind() == AreaKind.ANONYMOUS
        || (area.isOfFile()
            && area.sharedId() == space.layout().executable()
            && area.offset() + (address - area.start()) == offset);
  }

  @Override
  public byte @Nullable [] bytes(long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      int step = mapped(offset + done, bytes, done);
      if (step == 0) {
        step = ofFile(offset + done, bytes, done);
      }
      if (step == 0) {
        return null;
      }
      done += step;
    }
    return bytes;
  }

  /** How many bytes of memory were known there. */
  private int mapped(long offset, byte[] into, int at) throws IOException {
    for (Area area : areas) {
      long inside = offset - area.offset();
      if (inside >= 0 && Long.compareUnsigned(inside, area.size()) < 0) {
        Piece piece = space.at(area.start() + inside);
        if (piece.kind().isKnown()) {
          int most = (int) Math.min(into.length - at, piece.length());
          return space.read(piece.address(), into, at, most);
        }
      }
    }
    return 0;
  }

  /** A page's worth at most: the next one may be in memory. */
  private int ofFile(long offset, byte[] into, int at) throws IOException {
    if (original == null || offset >= original.size()) {
      return 0;
    }
    long page = space.pageSize() - offset % space.pageSize();
    int most = (int) Math.min(Math.min(into.length - at, page), original.size() - offset);
    original.read(offset, into, at, most);
    return most;
  }
}
