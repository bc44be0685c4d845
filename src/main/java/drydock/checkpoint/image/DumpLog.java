package drydock.checkpoint.image;

import drydock.bytes.ByteSource;
import drydock.fs.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What CRIU's log says of the machine in its first lines (CRIU's {@code criu/log.c}).
 *
 * @param version of CRIU
 * @param kernel its release, as uname(1) tells it
 */
record DumpLog(@Nullable String version, @Nullable String kernel) {
  private static final int HEAD_BYTES = 64 << 10;
  private static final Pattern VERSION = Pattern.compile("\\) Version: ([0-9A-Za-z.+~-]{1,64}) ");
  private static final Pattern KERNEL =
      Pattern.compile("\\) Running on \\S{1,256} Linux (\\S{1,256}) ");

  static DumpLog read(Optional<Node> log) throws IOException {
    if (log.isEmpty()) {
      return new DumpLog(null, null);
    }
    ByteSource content = log.get().content();
    byte[] head = content.bytes(0, (int) Math.min(HEAD_BYTES, content.size()));
    String text = new String(head, StandardCharsets.ISO_8859_1);
    return new DumpLog(find(VERSION, text), find(KERNEL, text));
  }

  private static @Nullable String find(Pattern pattern, String text) {
    Matcher match = pattern.matcher(text);
    return match.find() ? match.group(1) : null;
  }
}
