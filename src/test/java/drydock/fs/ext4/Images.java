package drydock.fs.ext4;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.OpenOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The small file systems in {@code fixtures/ext4}, made by {@code src/test/scripts/ext4-images.sh}.
 */
final class Images {
  static final Path FIXTURES = Path.of(System.getProperty("fixtures", "fixtures"));
  private static final Path FOLDER = FIXTURES.resolve("ext4");

  private Images() {}

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".img.gz"))
          .map(name -> name.substring(0, name.length() - ".img.gz".length()))
          .sorted()
          .toList();
    }
  }

  static byte[] raw(String name) throws IOException {
    try (InputStream file = Files.newInputStream(FOLDER.resolve(name + ".img.gz"));
        InputStream in = new GZIPInputStream(file)) {
      return in.readAllBytes();
    }
  }

  static ByteSource source(String name) throws IOException {
    return new ArraySource(raw(name), Origin.of(name));
  }

  static Ext4Tree tree(String name, FindingLog log) throws IOException {
    return Ext4Format.openTree(source(name), OpenOptions.DEFAULT, log);
  }

  /** The same with some of its bytes changed. */
  static Ext4Tree tree(String name, byte[] raw, FindingLog log) throws IOException {
    return Ext4Format.openTree(new ArraySource(raw, Origin.of(name)), OpenOptions.DEFAULT, log);
  }

  static Path listing(String name) {
    return FOLDER.resolve(name + ".jsonl.gz");
  }

  /** A line of what dumpe2fs says: the text behind the colon. */
  static String dumpe2fs(String name, String field) throws IOException {
    String text = Files.readString(FOLDER.resolve(name + ".dumpe2fs.txt"), StandardCharsets.UTF_8);
    return text.lines()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).strip())
        .findFirst()
        .orElse("");
  }
}
