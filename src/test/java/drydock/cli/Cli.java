package drydock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.cli.option.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;

/** Runs drydock in this process, as its start does. */
final class Cli {
  static final Path FIXTURES = Path.of(System.getProperty("fixtures", "fixtures"));

  private Cli() {}

  /** What a run left. */
  record Result(int exit, byte[] bytes, String err) {
    String out() {
      return new String(bytes, UTF_8);
    }

    /** The objects of JSON lines. */
    List<JsonObject> records() {
      return out().lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    }
  }

  static Result run(String... arguments) {
    return run(List.of(arguments));
  }

  static Result run(List<String> arguments) {
    return run(arguments, Integer.MAX_VALUE);
  }

  /** Runs it for a reader that goes away after so many bytes, as {@code head -c} does. */
  static Result run(List<String> arguments, int readBytes) {
    Head out = new Head(readBytes);
    StringWriter err = new StringWriter();
    Console console = Console.of(out, err);
    int exit = Drydock.run(console, arguments);
    try {
      console.out().flush();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return new Result(exit, out.bytes.toByteArray(), err.toString());
  }

  /** What a reader took before it went away. */
  private static final class Head extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int limit;

    Head(int limit) {
      this.limit = limit;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      if (bytes.size() == limit) {
        throw new IOException("Broken pipe");
      }
      bytes.write(from, offset, Math.min(length, limit - bytes.size()));
    }
  }

  /** The disk of a fixture. */
  static String node(String fixture) {
    return FIXTURES.resolve(fixture).resolve("node.qcow2").toString();
  }
}
