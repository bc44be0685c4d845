package drydock.checkpoint.criu;

import drydock.bytes.LittleEndian;
import drydock.proto.criu.SignalQueueEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A signal that was sent and not yet taken.
 *
 * @param code why: 0 = kill(2), -1 = sigqueue(3), -6 = tgkill(2), above 0 the kernel
 * @param senderPid null when no process sent it
 */
public record PendingSignal(
    long signal, int code, @Nullable Long senderPid, @Nullable Long senderUser) {
  /** Up to the sender's user id; source: the kernel's siginfo_t for 64 bits. */
  private static final int WITH_SENDER = 24;

  private static final int MIN = 12;

  static List<PendingSignal> of(SignalQueueEntry queue) {
    return queue.getSignalsList().stream()
        .map(each -> of(each.getSiginfo().toByteArray()))
        .toList();
  }

  static PendingSignal of(byte[] info) {
    if (info.length < MIN) {
      return new PendingSignal(0, 0, null, null);
    }
    int code = LittleEndian.i32(info, 8);
    boolean sent = code <= 0 && info.length >= WITH_SENDER;
    return new PendingSignal(
        LittleEndian.u32(info, 0),
        code,
        sent ? LittleEndian.u32(info, 16) : null,
        sent ? LittleEndian.u32(info, 20) : null);
  }
}
