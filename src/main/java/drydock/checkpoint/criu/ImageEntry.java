package drydock.checkpoint.criu;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import java.util.List;

/**
 * One entry of an image: a message, and what is written raw behind it.
 *
 * @param index from 0 on
 * @param offset of the message in the image, behind its length
 * @param message its bytes, of a bounded cost when they are decoded
 * @param payloads what lies behind it, in order; read only when asked for
 */
public record ImageEntry(
    ImageKind kind, int index, long offset, byte[] message, List<Payload> payloads, Origin origin) {

  /**
   * Bytes behind a message.
   *
   * @param name what they are: data, received, sent, message, semaphores, keys, values, chunk
   * @param at where they belong: of a chunk its place in the file, of a message its type; else 0
   */
  public record Payload(String name, long at, long offset, ByteSource bytes) {}

  /** The origin that names the entry. */
  static Origin origin(Origin image, int index) {
    return image.child("entry " + index);
  }
}
