package drydock.export;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Arrays for the contents of small files, used again: those of a whole tree would be cleared, and
 * moved by the garbage collector, for nothing. Safe from many threads.
 */
final class Rooms {
  /** What nearly all batches fit into; an array for more is not kept. */
  private static final int USUAL_BYTES = 5 << 18;

  private static final byte[] NONE = new byte[0];

  private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();

  /** An array with at least so many bytes, which may be anything. */
  byte[] take(int bytes) {
    if (bytes == 0) {
      return NONE;
    }
    if (bytes > USUAL_BYTES) {
      return new byte[bytes];
    }
    byte[] room = spare.poll();
    return room == null ? new byte[USUAL_BYTES] : room;
  }

  /** Takes one back that nobody reads any more. */
  void giveBack(byte[] room) {
    if (room.length == USUAL_BYTES) {
      spare.add(room);
    }
  }
}
