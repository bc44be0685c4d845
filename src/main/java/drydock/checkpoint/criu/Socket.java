package drydock.checkpoint.criu;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.fs.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A socket.
 *
 * @param file CRIU's number of the open file that it is
 * @param protocol {@code tcp}, {@code udp6}, {@code unix-stream}, {@code netlink} ...
 * @param state {@code LISTEN}, {@code ESTABLISHED} ...; null of what has none
 * @param local {@code 127.0.0.1:80}, {@code [::1]:80}, a path, {@code @name} of an abstract one;
 *     null when it has none
 * @param remote what it is connected to, in the same form; null when it is not
 * @param peer the number of the open file at the other end, or that listens there; null when that
 *     is not in the dump
 * @param peerInode of the other end of a Unix socket; null when there is none
 * @param received what came and was not read, in order: a window for each packet
 * @param passed numbers of open files that are under way to who reads from it
 * @param sent what the other side has not read or confirmed, as far as it is known
 * @param tcp null when it is no connection of TCP
 * @param backlog how many connections may wait for one that listens
 * @param shutdown which directions were closed; null when none was
 * @param network CRIU's number of its network namespace; null when it is not known
 */
public record Socket(
    long file,
    FileKind kind,
    @Nullable Long inode,
    String protocol,
    @Nullable String state,
    @Nullable Name local,
    @Nullable Name remote,
    @Nullable Long peer,
    @Nullable Long peerInode,
    List<ByteSource> received,
    List<Long> passed,
    List<ByteSource> sent,
    @Nullable TcpStream tcp,
    @Nullable Long backlog,
    @Nullable String shutdown,
    @Nullable Long network,
    Rendered.Fields details,
    Origin origin) {
  /** How many bytes wait to be read. */
  public long receiveQueue() {
    return received.stream().mapToLong(ByteSource::size).sum();
  }

  /** How many bytes the other side has not got. */
  public long sendQueue() {
    return sent.stream().mapToLong(ByteSource::size).sum();
  }

  public boolean isListening() {
    return "LISTEN".equals(state);
  }
}
