package drydock.checkpoint.criu;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.proto.criu.TcpStreamEntry;
import java.io.IOException;

/**
 * A TCP connection as it stood: bytes that came and were not read, bytes that were written and not
 * confirmed, and its numbers.
 *
 * @param received what the program has not read
 * @param sent what the other side has not confirmed
 * @param unsent how many of the latter were not even sent
 */
public record TcpStream(
    ByteSource received, ByteSource sent, long unsent, Rendered.Fields details) {
  static TcpStream of(ImageEntry entry) throws IOException {
    if (entry.payloads().size() < 2) {
      throw new CorruptDataException(
          entry.origin(), 0, "an image of another kind than its name says");
    }
    TcpStreamEntry stream = Messages.parse(entry, TcpStreamEntry.parser());
    return new TcpStream(
        entry.payloads().get(0).bytes(),
        entry.payloads().get(1).bytes(),
        Integer.toUnsignedLong(stream.getUnsqLen()),
        Rendering.of(stream));
  }
}
