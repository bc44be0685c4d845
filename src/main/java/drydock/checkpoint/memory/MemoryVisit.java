package drydock.checkpoint.memory;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.checkpoint.criu.ImageKind;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes over all that a dump has of memory, each byte once: what is private to a process, what is
 * shared, and what was under way in pipes, queues and the like.
 *
 * <p>In the order in which pages lie in the archive, so that a packed one is unpacked once; what
 * was under way comes last. For one thread.
 */
final class MemoryVisit {
  private final Memory memory;
  private final FindingLog log;

  MemoryVisit(Memory memory, FindingLog log) {
    this.memory = memory;
    this.log = log;
  }

  /** Takes one memory after the other. */
  interface Visitor {
    void visit(Visited visited) throws IOException;
  }

  /** Tells what is searched besides. */
  interface Files {
    void visit(StoredData.Sink sink) throws IOException;
  }

  /** Whose an address is: the first who has it, and the others. */
  interface Owners {
    List<Hit.Place> of(long address);
  }

  /**
   * A memory.
   *
   * @param data null when it is a process's, or shared
   * @param name of what may have no owner
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Visited(
      AddressSpace space, @Nullable StoredData data, byte @Nullable [] name, Owners owners) {}

  /**
   * Visits all.
   *
   * @param pids whose memory, with what they share; empty for all, and for what is no process's
   * @param files what is visited besides
   */
  void run(Set<Integer> pids, Files files, Visitor visitor) throws IOException {
    SharedPlaces shared = SharedPlaces.read(memory, pids);
    for (Subject subject : Subject.all(memory, shared, pids)) {
      if (subject.isProcess()) {
        process(subject.pid(), visitor);
      } else {
        shared(subject.shared(), shared, visitor);
      }
    }
    if (pids.isEmpty()) {
      StoredData.visit(memory.images(), memory.files(), log, data -> visitor.visit(visited(data)));
    }
    files.visit(data -> visitor.visit(visited(data)));
  }

  private static Visited visited(StoredData data) {
    AddressSpace space = AddressSpace.of(PageStore.of(data.bytes()), data.bytes().origin());
    return new Visited(space, data, data.name(), address -> List.of());
  }

  private void process(int pid, Visitor visitor) throws IOException {
    Optional<AddressSpace> opened = memory.space(pid);
    if (opened.isEmpty()) {
      return;
    }
    AddressSpace space = opened.get();
    byte[] command = memory.command(pid).orElse(null);
    visitor.visit(
        new Visited(
            space,
            null,
            null,
            address -> {
              Area area = space.areaAt(address).orElse(null);
              MappedFile file = area == null ? null : memory.file(area).orElse(null);
              return List.of(new Hit.Place(pid, command, address, area, file));
            }));
  }

  private void shared(long id, SharedPlaces places, Visitor visitor) throws IOException {
    Optional<PageStore> store = memory.shared().store(id);
    if (store.isPresent()) {
      Origin origin =
          memory
              .images()
              .directory()
              .origin()
              .child(ImageKind.PAGEMAP.file(PageStores.SHARED + id));
      AddressSpace space = AddressSpace.of(store.get(), origin);
      byte[] name = memory.files().nameOfShared(id).orElse(null);
      visitor.visit(new Visited(space, null, name, address -> places.of(id, address)));
    }
  }

  /** What was found at an address of a memory, with so many bytes before and behind it. */
  Hit hit(Visited visited, int pattern, long address, byte[] bytes, int context) {
    AddressSpace space = visited.space();
    Piece piece = stored(space, address);
    byte[] before = {};
    byte[] after = {};
    try {
      before = space.knownBefore(address, context);
      after = space.known(address + bytes.length, context);
    } catch (CorruptDataException e) {
      log.add(Finding.of(e));
    } catch (IOException e) {
      log.add(e, space.origin());
    }
    ByteSource source = piece.source();
    StoredData data = visited.data();
    Origin origin = source != null ? source.origin() : space.origin();
    List<Hit.Place> places = visited.owners().of(address);
    return new Hit(
        pattern,
        data != null ? data.kind() : kind(places),
        places.isEmpty() ? null : places.get(0),
        places.isEmpty() ? visited.name() : null,
        places.isEmpty() ? List.of() : places.subList(1, places.size()),
        bytes,
        before,
        after,
        data != null ? data.image() : origin,
        data != null ? data.offset() + piece.position() : piece.offset());
  }

  /** The first byte of a match that an image has: zeros before it are in none. */
  private static Piece stored(AddressSpace space, long address) {
    Piece piece = space.at(address);
    while (piece.kind() == PieceKind.ZERO) {
      piece = space.at(piece.end());
    }
    return piece;
  }

  private static String kind(List<Hit.Place> places) {
    if (places.isEmpty()) {
      return AreaKind.SHARED.text();
    }
    Area area = places.get(0).area();
    return area == null ? AreaKind.UNKNOWN.text() : area.kind().text();
  }
}
