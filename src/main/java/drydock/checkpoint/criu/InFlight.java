package drydock.checkpoint.criu;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.proto.criu.PipeDataEntry;
import drydock.proto.criu.ScmEntry;
import drydock.proto.criu.SkPacketEntry;
import drydock.proto.criu.TtyDataEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Bytes that somebody wrote and nobody has read: in pipes, in queues of sockets, in terminals. They
 * are windows on the images.
 *
 * @param pipes by the number that both ends of a pipe have
 * @param packets by the number of the open file that would receive them, in their order
 * @param terminals by the number of the terminal
 */
public record InFlight(
    Map<Long, List<ByteSource>> pipes,
    Map<Long, List<Packet>> packets,
    Map<Long, List<ByteSource>> terminals) {
  /**
   * A packet that waits in a socket.
   *
   * @param files numbers of open files that go with it
   */
  public record Packet(ByteSource bytes, List<Long> files, Origin origin) {}

  private static final int RIGHTS = 1;

  static InFlight read(Images images) throws IOException {
    Map<Long, List<ByteSource>> pipes = new HashMap<>();
    Map<Long, List<Packet>> packets = new HashMap<>();
    Map<Long, List<ByteSource>> terminals = new HashMap<>();
    for (String name : List.of(ImageKind.PIPES_DATA.file(), ImageKind.FIFO_DATA.file())) {
      Messages.each(
          images,
          name,
          PipeDataEntry.parser(),
          (data, entry) -> put(pipes, data.getPipeId(), data(entry)));
    }
    Messages.each(
        images,
        ImageKind.SK_QUEUES.file(),
        SkPacketEntry.parser(),
        (packet, entry) ->
            put(
                packets,
                packet.getIdFor(),
                new Packet(data(entry), rights(packet), entry.origin())));
    Messages.each(
        images,
        ImageKind.TTY_DATA.file(),
        TtyDataEntry.parser(),
        (data, entry) ->
            put(
                terminals,
                data.getTtyId(),
                new ArraySource(data.getData().toByteArray(), entry.origin())));
    return new InFlight(pipes, packets, terminals);
  }

  /** What lies behind an entry; nothing where the file is of another kind than its name says. */
  private static ByteSource data(ImageEntry entry) {
    return entry.payloads().isEmpty()
        ? new ArraySource(new byte[0], entry.origin())
        : entry.payloads().get(0).bytes();
  }

  private static <T> void put(Map<Long, List<T>> into, int id, T value) {
    into.computeIfAbsent(Integer.toUnsignedLong(id), key -> new ArrayList<>()).add(value);
  }

  private static List<Long> rights(SkPacketEntry packet) {
    List<Long> files = new ArrayList<>();
    for (ScmEntry each : packet.getScmList()) {
      if (each.getType() == RIGHTS) {
        each.getRightsList().forEach(id -> files.add(Integer.toUnsignedLong(id)));
      }
    }
    return files;
  }

  /** What a TCP connection has not delivered, by its inode; empty when there is no such image. */
  static Optional<TcpStream> tcp(Images images, long inode, boolean wanted) throws IOException {
    String name = ImageKind.TCP_STREAM.file(Long.toHexString(inode));
    Optional<ImageFile> image = images.fitting(name);
    if (image.isEmpty()) {
      if (wanted && !images.has(name)) {
        images.log().add(Finding.missing(images.origin(), "the image " + name + " is not there"));
      }
      return Optional.empty();
    }
    List<TcpStream> found = new ArrayList<>();
    image
        .get()
        .entries(
            entry -> {
              found.add(TcpStream.of(entry));
              return false;
            });
    return found.stream().findFirst();
  }
}
