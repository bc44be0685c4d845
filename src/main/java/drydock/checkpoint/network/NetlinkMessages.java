package drydock.checkpoint.network;

import drydock.bytes.ByteSource;
import drydock.bytes.CachedSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.LittleEndian;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads netlink messages that programs wrote one behind the other, behind a magic number or not.
 */
final class NetlinkMessages {
  private static final int WORD = 4;
  private static final int HEAD = 16;

  /** The kernel's messages are of a page or two. */
  private static final int MAX_MESSAGE = 1 << 20;

  private static final int MAX_MESSAGES = 250_000;

  private NetlinkMessages() {}

  /**
   * A message.
   *
   * @param offset of its head in the image
   * @param body what lies behind the head
   */
  record Message(long offset, int type, byte[] body) {}

  /** Takes messages in their order. */
  @FunctionalInterface
  interface Sink {
    void take(Message message) throws IOException;
  }

  /**
   * Tells all; damage ends them, and is a finding.
   *
   * @param magic what the image begins with; 0 for nothing
   */
  static void read(ByteSource image, int magic, FindingLog log, Sink sink) throws IOException {
    ByteSource near = new CachedSource(image, 1 << 14, 4);
    long at = 0;
    if (magic != 0) {
      int words = (int) Math.min(WORD, image.size());
      byte[] head = Arrays.copyOf(near.bytes(0, words), WORD);
      if (words < WORD || LittleEndian.i32(head, 0) != magic) {
        String found = "0x" + Integer.toHexString(LittleEndian.i32(head, 0));
        String wanted = "0x" + Integer.toHexString(magic);
        log.add(Finding.damage(image.origin(), 0, "saved netlink messages", found, wanted));
        return;
      }
      at = WORD;
    }
    for (int count = 0; at < image.size(); count++) {
      if (count == MAX_MESSAGES) {
        String what = "more than " + MAX_MESSAGES + " messages: the rest is not read";
        log.add(Finding.damage(image.origin(), at, what));
        return;
      }
      try {
        Message message = message(near, at);
        sink.take(message);
        at += HEAD + (message.body().length + 3 & ~3);
      } catch (CorruptDataException e) {
        log.add(Finding.of(e));
        return;
      }
    }
  }

  private static Message message(ByteSource near, long at) throws IOException {
    long left = near.size() - at;
    if (left < HEAD) {
      throw new CorruptDataException(near.origin(), at, "a message that is cut short");
    }
    byte[] head = near.bytes(at, HEAD);
    long length = LittleEndian.u32(head, 0);
    if (length < HEAD || length > left || length > MAX_MESSAGE) {
      String most = "16 to " + Math.min(left, MAX_MESSAGE);
      throw new CorruptDataException(
          near.origin(), at, "the length of a message", Long.toString(length), most);
    }
    byte[] body = near.bytes(at + HEAD, (int) length - HEAD);
    return new Message(at, LittleEndian.u16(head, 4), body);
  }
}
