package drydock.cli.checkpoint;

import drydock.checkpoint.memory.search.PatternReader;
import drydock.checkpoint.memory.search.PatternSet;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What is looked for. */
public final class SearchOption {
  private static final int MAX_FILE = 16 << 20;

  @Option(names = "--search", paramLabel = "TEXT", description = "Find a text. Repeatable.")
  List<String> texts = new ArrayList<>();

  @Option(
      names = "--regex",
      paramLabel = "RE",
      description = "Find what fits an expression, at most 4096 bytes. Repeatable.")
  List<String> expressions = new ArrayList<>();

  @Option(
      names = "--hex",
      paramLabel = "BYTES",
      description = "Find bytes: 'de ad ?? be', ? is any digit. Repeatable.")
  List<String> bytes = new ArrayList<>();

  @Option(
      names = "--patterns",
      paramLabel = "FILE",
      description = "Find all patterns of a file of lines NAME: text|regex|hex PATTERN.")
  List<Path> files = new ArrayList<>();

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      split = ",",
      description =
          "utf-8, utf-16le, utf-16be, latin-1. Texts are found in the first three"
              + " unless some are named, expressions in UTF-8.")
  List<String> encodings = new ArrayList<>();

  @Option(names = "--ignore-case", description = "Find texts and expressions in any case.")
  boolean ignoreCase;

  @Option(
      names = "--context",
      paramLabel = "N",
      description = "Show N bytes before and behind what was found. Default: 16.")
  int context = 16;

  boolean isAsked() {
    return !(texts.isEmpty() && expressions.isEmpty() && bytes.isEmpty() && files.isEmpty());
  }

  /**
   * All patterns.
   *
   * @throws IllegalArgumentException when one makes no sense
   */
  PatternSet patterns() throws IOException {
    List<Charset> named = encodings.stream().map(SearchOption::charset).toList();
    List<Charset> ofTexts =
        named.isEmpty()
            ? List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)
            : named;
    List<Charset> ofExpressions = named.isEmpty() ? List.of(StandardCharsets.UTF_8) : named;
    PatternReader reader = new PatternReader(ofTexts, ofExpressions, ignoreCase);
    texts.forEach(text -> reader.text(text, text));
    expressions.forEach(text -> reader.expression(text, text));
    bytes.forEach(text -> reader.hex(text, text));
    for (Path file : files) {
      if (Files.size(file) > MAX_FILE) {
        throw new IllegalArgumentException(file + " is too large for a file of patterns");
      }
      Files.readAllLines(file, StandardCharsets.UTF_8).forEach(reader::line);
    }
    return reader.patterns();
  }

  private static Charset charset(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "utf-8", "utf8", "ascii" -> StandardCharsets.UTF_8;
      case "utf-16le", "utf16le" -> StandardCharsets.UTF_16LE;
      case "utf-16be", "utf16be" -> StandardCharsets.UTF_16BE;
      case "latin-1", "latin1", "iso-8859-1" -> StandardCharsets.ISO_8859_1;
      default ->
          throw new IllegalArgumentException(
              "no encoding '" + name + "'; there are utf-8, utf-16le, utf-16be, latin-1");
    };
  }
}
