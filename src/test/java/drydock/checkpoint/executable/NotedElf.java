package drydock.checkpoint.executable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** ELF files of nothing but headers and notes. */
public final class NotedElf {
  /** How long they are. */
  static final int END = 512;

  private static final int NOTES = 256;

  private NotedElf() {}

  /**
   * One with two notes, the second of which is the build id.
   *
   * @param id null for another note in its place
   */
  public static byte[] of(boolean wide, boolean bigEndian, byte @Nullable [] id) {
    ByteBuffer out = ByteBuffer.allocate(END);
    out.order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1), (byte) (bigEndian ? 2 : 1)});
    int size = notes(out, id == null ? new byte[4] : id, id == null ? 1 : 3) - NOTES;
    if (wide) {
      out.putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) 1);
      out.putInt(64, 4).putLong(64 + 8, NOTES).putLong(64 + 32, size);
    } else {
      out.putInt(28, 64).putShort(42, (short) 32).putShort(44, (short) 1);
      out.putInt(64, 4).putInt(64 + 4, NOTES).putInt(64 + 16, size);
    }
    return out.array();
  }

  private static int notes(ByteBuffer out, byte[] id, int type) {
    out.position(NOTES);
    out.putInt(6)
        .putInt(3)
        .putInt(3)
        .put(new byte[] {'o', 't', 'h', 'e', 'r', 0, 0, 0, 1, 2, 3, 0});
    out.putInt(4).putInt(id.length).putInt(type).put(new byte[] {'G', 'N', 'U', 0}).put(id);
    return out.position();
  }
}
