package drydock.fs;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Bytes of names and paths as text: UTF-8 where they are UTF-8, and {@code \xNN} for each byte that
 * is not. Whoever must get the bytes back looks at the hex that records carry beside such a text.
 */
public final class NameText {
  private static final HexFormat HEX = HexFormat.of();

  private NameText() {}

  public static String of(byte[] bytes) {
    return isAscii(bytes) ? new String(bytes, StandardCharsets.US_ASCII) : decode(bytes);
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte each : bytes) {
      if (each < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether {@link #of} shows the bytes without an escape. */
  public static boolean isUtf8(byte[] bytes) {
    if (isAscii(bytes)) {
      return true;
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    return !decoder.decode(ByteBuffer.wrap(bytes), out, true).isError();
  }

  private static String decode(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    StringBuilder text = new StringBuilder();
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      text.append(out.flip());
      out.clear();
      if (!result.isError()) {
        return text.toString();
      }
      for (int i = 0; i < result.length(); i++) {
        text.append("\\x").append(HEX.toHexDigits(in.get()));
      }
      decoder.reset();
    }
  }
}
