package drydock.fs;

import java.io.ByteArrayOutputStream;
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
  private static final int ESCAPE_LENGTH = 4;

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

  /** The bytes of a text that was made printable: {@code \xNN} is that byte, all else UTF-8. */
  public static byte[] unescape(String text) {
    if (text.indexOf("\\x") < 0) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); ) {
      if (startsEscape(text, i)) {
        out.write(HexFormat.fromHexDigits(text, i + 2, i + ESCAPE_LENGTH));
        i += ESCAPE_LENGTH;
      } else {
        String one = Character.toString(text.codePointAt(i));
        out.writeBytes(one.getBytes(StandardCharsets.UTF_8));
        i += one.length();
      }
    }
    return out.toByteArray();
  }

  /** Whether the text has an escape at a place, or what {@link #unescape} takes for one. */
  public static boolean startsEscape(String text, int at) {
    return at + ESCAPE_LENGTH <= text.length()
        && text.startsWith("\\x", at)
        && HexFormat.isHexDigit(text.charAt(at + 2))
        && HexFormat.isHexDigit(text.charAt(at + 3));
  }
}
