package drydock.checkpoint.memory;

import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import drydock.checkpoint.criu.ImageKind;
import drydock.checkpoint.memory.core.CoreProcess;
import drydock.checkpoint.memory.core.CoreThread;
import drydock.checkpoint.memory.core.ElfHeaders;
import drydock.checkpoint.memory.core.Machine;
import drydock.checkpoint.memory.core.Segment;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.proto.criu.CoreEntry;
import drydock.proto.criu.CredsEntry;
import drydock.proto.criu.PstreeEntry;
import drydock.proto.criu.SignalQueueEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A process as an ELF core file, as if the kernel had written it at the moment of freezing.
 *
 * <p>Of an area that has pages in the dump all pages whose bytes are known are in the file; the
 * others are told of without bytes, like the pages of a mapped file that nobody changed: a debugger
 * takes those from the file itself. Safe from many threads.
 */
public final class CoreDump {
  /** One program header of 56 bytes each. */
  private static final int MAX_SEGMENTS = 1_000_000;

  private final AddressSpace space;
  private final CoreProcess process;
  private final List<Segment> segments;

  private CoreDump(AddressSpace space, CoreProcess process, List<Segment> segments) {
    this.space = space;
    this.process = process;
    this.segments = segments;
  }

  /**
   * Prepares the core of a process; empty when the dump has no memory of it.
   *
   * @throws UnsupportedFormatException when it ran on another processor than those that are known
   */
  public static Optional<CoreDump> of(Memory memory, int pid, FindingLog log) throws IOException {
    Optional<AddressSpace> space = memory.space(pid);
    return space.isEmpty() ? Optional.empty() : of(memory, space.get(), log);
  }

  /**
   * The same of a process's memory with what was added to it.
   *
   * @throws UnsupportedFormatException when it ran on another processor than those that are known
   */
  public static Optional<CoreDump> of(Memory memory, AddressSpace space, FindingLog log)
      throws IOException {
    Optional<CoreEntry> core = core(memory, space.pid());
    if (core.isEmpty()) {
      return Optional.empty();
    }
    Origin origin = space.origin();
    Optional<Machine> machine = Registers.machine(core.get());
    if (machine.isEmpty()) {
      throw new UnsupportedFormatException(
          origin, "cores of this processor are not written: " + core.get().getMtype());
    }
    CoreProcess process = process(memory, space, core.get(), machine.get(), log);
    return Optional.of(new CoreDump(space, process, segments(space)));
  }

  private static Optional<CoreEntry> core(Memory memory, int tid) throws IOException {
    String name = ImageKind.CORE.file(Integer.toUnsignedString(tid));
    return memory.images().first(name, CoreEntry.parser());
  }

  private static CoreProcess process(
      Memory memory, AddressSpace space, CoreEntry core, Machine machine, FindingLog log)
      throws IOException {
    int pid = space.pid();
    PstreeEntry tree =
        memory.images().list(ImageKind.PSTREE.file(), PstreeEntry.parser()).stream()
            .filter(entry -> entry.getPid() == pid)
            .findFirst()
            .orElse(PstreeEntry.newBuilder().setPid(pid).addThreads(pid).build());
    CredsEntry credentials = core.getThreadCore().getCreds();
    if (!core.getThreadCore().hasCreds()) {
      credentials =
          memory.images().first(ImageKind.CREDS.file(pid), CredsEntry.parser()).orElse(credentials);
    }
    return new CoreProcess(
        machine,
        pid,
        tree.getPpid(),
        tree.getPgid(),
        tree.getSid(),
        Integer.toUnsignedLong(credentials.getUid()),
        Integer.toUnsignedLong(credentials.getGid()),
        state(core.getTc().getTaskState()),
        core.getThreadCore().getSchedNice(),
        core.getTc().getComm().toByteArray(),
        new byte[0],
        space.layout().auxiliary(),
        files(memory, space),
        space.pageSize(),
        threads(memory, tree, core, machine, log));
  }

  /** CRIU's numbers of states (its {@code include/pid.h}): alive, dead, stopped. */
  private static char state(int criu) {
    return switch (criu) {
      case 2 -> 'Z';
      case 3 -> 'T';
      default -> 'S';
    };
  }

  private static List<CoreProcess.FileRange> files(Memory memory, AddressSpace space) {
    List<CoreProcess.FileRange> files = new ArrayList<>();
    for (Area area : space.areas()) {
      if (area.isOfFile()) {
        memory
            .file(area)
            .ifPresent(
                file ->
                    files.add(
                        new CoreProcess.FileRange(
                            area.start(), area.end(), area.offset(), file.path())));
      }
    }
    return files;
  }

  private static List<CoreThread> threads(
      Memory memory, PstreeEntry tree, CoreEntry first, Machine machine, FindingLog log)
      throws IOException {
    List<CoreThread> threads = new ArrayList<>();
    int pid = tree.getPid();
    long forAll = signals(first.getTc().getSignalsS());
    threads.add(Registers.thread(pid, first, machine, forAll | own(first)));
    for (int tid : tree.getThreadsList()) {
      if (tid == pid) {
        continue;
      }
      Optional<CoreEntry> core = core(memory, tid);
      if (core.isPresent() && Registers.machine(core.get()).equals(Optional.of(machine))) {
        threads.add(Registers.thread(tid, core.get(), machine, forAll | own(core.get())));
      } else {
        Origin where = memory.images().directory().origin();
        log.add(Finding.missing(where, "the registers of thread " + tid + " of process " + pid));
      }
    }
    return threads;
  }

  private static long own(CoreEntry core) {
    return signals(core.getThreadCore().getSignalsP());
  }

  /** The signals of a queue as a set: each begins with its number. */
  private static long signals(SignalQueueEntry queue) {
    long set = 0;
    for (var signal : queue.getSignalsList()) {
      int number = signal.getSiginfo().isEmpty() ? 0 : signal.getSiginfo().byteAt(0);
      if (number >= 1 && number <= Long.SIZE) {
        set |= 1L << (number - 1);
      }
    }
    return set;
  }

  private static List<Segment> segments(AddressSpace space) throws UnsupportedFormatException {
    List<Segment> segments = new ArrayList<>();
    for (Area area : space.areas()) {
      if (area.isMark()) {
        continue;
      }
      boolean touched = isTouched(space, area);
      long from = area.start();
      Piece piece = space.at(from);
      while (from != area.end()) {
        boolean stored = touched && piece.kind().isKnown();
        long to = piece.end();
        while (to != area.end()) {
          piece = space.at(to);
          if ((touched && piece.kind().isKnown()) != stored) {
            break;
          }
          to = piece.end();
        }
        segments.add(
            new Segment(
                from,
                to - from,
                stored,
                area.isReadable(),
                area.isWritable(),
                area.isExecutable()));
        from = to;
      }
      if (segments.size() > MAX_SEGMENTS) {
        throw new UnsupportedFormatException(
            space.origin(), "memory in more pieces than a core file can tell of");
      }
    }
    return segments;
  }

  /** Whether the dump has any page of an area: of one that was never used nothing is written. */
  private static boolean isTouched(AddressSpace space, Area area) {
    for (long at = area.start(); at != area.end(); ) {
      Piece piece = space.at(at);
      if (piece.source() != null) {
        return true;
      }
      at = piece.end();
    }
    return false;
  }

  public int pid() {
    return process.pid();
  }

  /** The name of the process: bytes. */
  public byte[] name() {
    return process.name().clone();
  }

  public String machine() {
    return process.machine().name().toLowerCase(Locale.ROOT);
  }

  public int threads() {
    return process.threads().size();
  }

  /** Bytes of memory that are in the file. */
  public long stored() {
    return segments.stream().filter(Segment::stored).mapToLong(Segment::size).sum();
  }

  /** Bytes of memory that are only told of. */
  public long absent() {
    return segments.stream().filter(each -> !each.stored()).mapToLong(Segment::size).sum();
  }

  /** Bytes of memory that are in the file as the files have them that were mapped there. */
  public long ofFiles() {
    return ranges().stream()
        .filter(range -> range.kind() == PieceKind.FILE_FOUND)
        .mapToLong(Piece::length)
        .sum();
  }

  /**
   * Where the bytes of every address come from, by address; of what is only told of why. So many at
   * most as a core has segments.
   */
  public List<Piece> ranges() {
    List<Piece> ranges = new ArrayList<>();
    for (Segment segment : segments) {
      long end = segment.address() + segment.size();
      for (long at = segment.address(); at != end && ranges.size() < MAX_SEGMENTS; ) {
        Piece piece = space.at(at).atMost(end - at);
        int last = ranges.size() - 1;
        if (last >= 0 && ranges.get(last).isFollowedBy(piece)) {
          ranges.set(last, ranges.get(last).with(piece));
        } else {
          ranges.add(piece);
        }
        at = piece.end();
      }
    }
    return ranges;
  }

  public Origin origin() {
    return space.origin();
  }

  /** Writes all of it; what is damaged is zeros, and a finding. */
  public void write(RewritableSink sink, FindingLog log) throws IOException {
    byte[] headers = ElfHeaders.of(process, segments);
    sink.write(headers, headers.length);
    for (Segment segment : segments) {
      if (segment.stored()) {
        space.copy(segment.address(), segment.size(), sink, log);
      }
    }
    // arguments lie among the last pages: read before them, a packed archive is unpacked once more
    byte[] arguments = new StartText(space).commandLine();
    sink.rewrite(ElfHeaders.of(process.with(arguments), segments));
  }
}
