package drydock.checkpoint.memory;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one frozen process: its areas, and for each page of them where its bytes are.
 *
 * <p>Addresses are unsigned. Nothing is read before it is asked for; sources read fastest from the
 * front to the back. Safe from many threads.
 */
public final class AddressSpace {
  private static final int NOBODY = -1;
  private static final int CHUNK = 1 << 20;
  private static final int SMALL = 4096;

  private final int pid;
  private final MemoryLayout layout;
  private final List<Area> areas;
  private final List<Area> mapped;
  private final @Nullable PageStore own;
  private final Map<Area, PageStore> shared;
  private final Map<Area, ByteSource> files;
  private final Origin origin;

  /**
   * @param areas by address
   * @param own null when the dump has no pages of the process
   * @param shared the pages of the shared memory that areas map
   */
  AddressSpace(
      int pid,
      MemoryLayout layout,
      List<Area> areas,
      @Nullable PageStore own,
      Map<Area, PageStore> shared,
      Origin origin) {
    this(pid, layout, areas, own, shared, Map.of(), origin);
  }

  private AddressSpace(
      int pid,
      MemoryLayout layout,
      List<Area> areas,
      @Nullable PageStore own,
      Map<Area, PageStore> shared,
      Map<Area, ByteSource> files,
      Origin origin) {
    this.pid = pid;
    this.layout = layout;
    this.areas = List.copyOf(areas);
    this.mapped = areas.stream().filter(area -> !area.isMark()).toList();
    this.own = own;
    this.shared = Map.copyOf(shared);
    this.files = Map.copyOf(files);
    this.origin = origin;
  }

  /** Memory that is no process's: addresses are offsets in it, and what is not stored is zeros. */
  static AddressSpace of(PageStore store, Origin origin) {
    int runs = store.map().size();
    long end = runs == 0 ? 0 : store.map().run(runs - 1).end();
    Area all = new Area(0, end, 0, 0, 0, 0, 0, null, AreaKind.ANONYMOUS);
    List<Area> areas = end > 0 ? List.of(all) : List.of();
    return new AddressSpace(NOBODY, MemoryLayout.NONE, areas, store, Map.of(), origin);
  }

  /**
   * The same memory, with the pages of mapped files that the dump leaves to them.
   *
   * @param contents of files, by the areas that map them
   */
  public AddressSpace withFiles(Map<Area, ByteSource> contents) {
    return new AddressSpace(pid, layout, areas, own, shared, contents, origin);
  }

  /** Inside the container, as the dump numbers it. */
  public int pid() {
    return pid;
  }

  public MemoryLayout layout() {
    return layout;
  }

  /** In bytes. */
  public int pageSize() {
    return layout.pageSize();
  }

  /** By start; marks of parts of an area (guards) behind the area that begins there. */
  public List<Area> areas() {
    return areas;
  }

  public Origin origin() {
    return origin;
  }

  @Nullable PageStore own() {
    return own;
  }

  /** Where the pages of an area come from. */
  public AreaPages pages(Area area) {
    return AreaPages.of(this, area);
  }

  /** Where the pages of all areas come from. */
  public AreaPages pages() {
    return AreaPages.of(this);
  }

  /** The area that an address lies in. */
  public Optional<Area> areaAt(long address) {
    int index = firstEndingAfter(address);
    return index < mapped.size() && mapped.get(index).contains(address)
        ? Optional.of(mapped.get(index))
        : Optional.empty();
  }

  private int firstEndingAfter(long address) {
    int low = 0;
    int high = mapped.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(mapped.get(middle).end(), address) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** What is at an address, and as far behind it as it comes from the same place. */
  public Piece at(long address) {
    int index = firstEndingAfter(address);
    if (index == mapped.size()) {
      return outside(address, gap(address, 0));
    }
    Area area = mapped.get(index);
    if (!area.contains(address)) {
      return outside(address, gap(address, area.start()));
    }
    if (area.isShared() && area.sharesPages()) {
      return ofShared(area, address, area.end());
    }
    Piece piece =
        own == null
            ? Piece.without(PieceKind.UNMAPPED, address, area.end() - address)
            : own.at(address, area.end());
    return piece.kind() == PieceKind.UNMAPPED ? notDumped(area, address, piece.end()) : piece;
  }

  /** Pages that lie in no area are told, too: a damaged list of areas must not hide them. */
  private Piece outside(long address, long length) {
    return own == null || Long.compareUnsigned(address + length, address) <= 0
        ? Piece.without(PieceKind.UNMAPPED, address, length)
        : own.at(address, address + length);
  }

  /** The length of a range whose end may be that of all addresses: more than fits is cut. */
  private static long gap(long start, long end) {
    long length = end - start;
    return length > 0 ? length : Long.MAX_VALUE;
  }

  private Piece notDumped(Area area, long address, long end) {
    if (area.sharesPages()) {
      return ofShared(area, address, end);
    }
    PieceKind kind = PieceKind.ZERO;
    if (area.isKernels()) {
      kind = PieceKind.KERNEL;
    } else if (area.isOfFile()) {
      return ofFile(area, address, end);
    } else if (own == null || area.kind() == AreaKind.UNKNOWN) {
      kind = PieceKind.MISSING;
    }
    return Piece.without(kind, address, end - address);
  }

  /** Behind the end of the file its last page is zeros; further pages are none. */
  private Piece ofFile(Area area, long address, long end) {
    ByteSource content = files.get(area);
    long offset = area.offset() + (address - area.start());
    if (content == null || area.offset() < 0 || offset < 0) {
      return Piece.without(PieceKind.FILE, address, end - address);
    }
    long left = content.size() - offset;
    if (left > 0) {
      long length = Math.min(left, end - address);
      return new Piece(PieceKind.FILE_FOUND, address, length, content, offset, 0);
    }
    long page = pageSize();
    long tail = left + (page - content.size() % page) % page;
    return tail > 0
        ? Piece.without(PieceKind.ZERO, address, Math.min(tail, end - address))
        : Piece.without(PieceKind.FILE, address, end - address);
  }

  private Piece ofShared(Area area, long address, long end) {
    PageStore store = shared.get(area);
    long offset = area.offset() + (address - area.start());
    if (store == null || offset < 0 || offset > Long.MAX_VALUE - (end - address)) {
      return Piece.without(PieceKind.MISSING, address, end - address);
    }
    Piece piece = store.at(offset, offset + (end - address));
    return switch (piece.kind()) {
      case DUMPED, PARENT -> piece.seenAt(address, PieceKind.SHARED);
      case UNMAPPED -> Piece.without(PieceKind.ZERO, address, piece.length());
      default -> piece.seenAt(address, piece.kind());
    };
  }

  /**
   * Reads bytes from an address on, as many as are known without a gap.
   *
   * @return how many; fewer than asked for where what follows is not in the dump
   */
  public int read(long address, byte[] into, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      Piece piece = at(address + done).atMost(length - done);
      if (!piece.kind().isKnown()) {
        break;
      }
      int size = (int) piece.length();
      if (piece.source() == null) {
        Arrays.fill(into, offset + done, offset + done + size, (byte) 0);
      } else {
        piece.source().read(piece.position(), into, offset + done, size);
      }
      done += size;
    }
    return done;
  }

  /** The bytes from an address on that are known without a gap, at most so many. */
  public byte[] known(long address, int most) throws IOException {
    long there = 0;
    while (there < most) {
      Piece piece = at(address + there).atMost(most - there);
      if (!piece.kind().isKnown()) {
        break;
      }
      there += piece.length();
    }
    byte[] bytes = new byte[(int) there];
    int read = read(address, bytes, 0, bytes.length);
    return read == bytes.length ? bytes : Arrays.copyOf(bytes, read);
  }

  /** Takes what a walk over all memory comes to, by address. */
  interface Walker {
    /**
     * Bytes that follow those of the piece before, unless a gap was told of.
     *
     * @param isOwn whether they are this process's; else zeros or shared memory, shown for what
     *     goes on beyond their borders
     */
    void piece(Piece piece, boolean isOwn) throws IOException;

    /** What comes next does not follow what was there. */
    void gap() throws IOException;
  }

  /**
   * Goes over all memory whose bytes are in the dump.
   *
   * @param edge how much of zeros and of shared memory is shown at each of their ends
   */
  void walk(int edge, Walker walker) throws IOException {
    long address = 0;
    boolean more = true;
    while (more) {
      Piece piece = at(address);
      switch (piece.kind()) {
        case DUMPED, PARENT -> walker.piece(piece, true);
        case SHARED, ZERO -> edges(piece, edge, walker);
        default -> walker.gap();
      }
      more = Long.compareUnsigned(piece.end(), address) > 0;
      address = piece.end();
    }
    walker.gap();
  }

  /** Shows the two ends of a piece that is not looked at itself. */
  private static void edges(Piece piece, int edge, Walker walker) throws IOException {
    if (piece.length() <= 2L * edge) {
      walker.piece(piece, false);
      return;
    }
    if (edge > 0) {
      walker.piece(piece.atMost(edge), false);
    }
    walker.gap();
    if (edge > 0) {
      walker.piece(piece.from(piece.end() - edge), false);
    }
  }

  /** The last bytes before an address that are known without a gap, at most so many. */
  byte[] knownBefore(long address, int most) throws IOException {
    long from = Long.compareUnsigned(address, most) < 0 ? 0 : address - most;
    long begin = from;
    for (long at = from; at != address; ) {
      Piece piece = at(at).atMost(address - at);
      at = piece.end();
      if (!piece.kind().isKnown()) {
        begin = at;
      }
    }
    return known(begin, (int) (address - begin));
  }

  /**
   * Writes a range; what is zero or not known is told as zeros, and so is what is damaged, with a
   * finding.
   */
  public void copy(long start, long size, MemorySink sink, FindingLog log) throws IOException {
    byte[] buffer = new byte[(int) Math.min(CHUNK, size)];
    long end = start + size;
    for (long at = start; at != end; ) {
      Piece piece = at(at).atMost(end - at);
      if (piece.source() == null) {
        sink.zeros(piece.length());
      } else {
        copy(piece, piece.source(), buffer, sink, log);
      }
      at = piece.end();
    }
  }

  private static void copy(
      Piece piece, ByteSource source, byte[] buffer, MemorySink sink, FindingLog log)
      throws IOException {
    int most = buffer.length;
    for (long done = 0; done < piece.length(); ) {
      int step = (int) Math.min(most, piece.length() - done);
      boolean isRead = true;
      try {
        source.read(piece.position() + done, buffer, 0, step);
      } catch (CorruptDataException e) {
        log.add(Finding.of(e));
        isRead = false;
      }
      if (isRead) {
        sink.write(buffer, step);
      } else if (step > SMALL) {
        // only a part of it is damaged
        most = SMALL;
        continue;
      } else {
        sink.zeros(step);
      }
      done += step;
    }
  }

  /** A window on a range; what is not known reads as zeros and is told as a hole. */
  public ByteSource window(long start, long length) {
    Origin where =
        origin.child("0x" + Long.toHexString(start) + "-0x" + Long.toHexString(start + length));
    return new SpaceSource(this, start, length, where);
  }
}
