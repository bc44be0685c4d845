package drydock.bolt;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The databases in {@code fixtures/bolt} and what bbolt says is in them. */
final class BoltFixtures {
  static final Path FOLDER = Path.of(System.getProperty("fixtures", "fixtures"), "bolt");

  private BoltFixtures() {}

  /** The names of the databases, sorted. */
  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(n -> n.endsWith(".db.gz"))
          .map(n -> n.substring(0, n.length() - ".db.gz".length()))
          .sorted()
          .toList();
    }
  }

  static byte[] database(String name) throws IOException {
    return unpacked(name + ".db.gz");
  }

  /** What bbolt listed, a line an entry. */
  static List<String> expected(String name) throws IOException {
    return lines(name + ".jsonl.gz");
  }

  static List<String> lines(String file) throws IOException {
    return new String(unpacked(file), StandardCharsets.US_ASCII).lines().toList();
  }

  static ArraySource source(byte[] raw) {
    return new ArraySource(raw, Origin.of("meta.db"));
  }

  static BoltFile open(byte[] raw, FindingLog log) throws IOException {
    return BoltFile.open(source(raw), log);
  }

  /** Lists a database as the expectations do. */
  static List<String> dump(BoltFile file) throws IOException {
    List<String> lines = new ArrayList<>();
    file.root().forEach(new Dumper("", lines));
    return lines;
  }

  private record Dumper(String path, List<String> lines) implements EntryVisitor {
    @Override
    public void value(byte[] key, byte[] value) {
      HexFormat hex = HexFormat.of();
      lines.add(
          "{\"key\":\""
              + path
              + "/"
              + hex.formatHex(key)
              + "\",\"value\":\""
              + hex.formatHex(value)
              + "\"}");
    }

    @Override
    public void bucket(Bucket bucket) throws IOException {
      String name = path + "/" + HexFormat.of().formatHex(bucket.name());
      lines.add("{\"bucket\":\"" + name + "\",\"sequence\":" + bucket.sequence() + "}");
      bucket.forEach(new Dumper(name, lines));
    }
  }

  private static byte[] unpacked(String file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(FOLDER.resolve(file)))) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      in.transferTo(out);
      return out.toByteArray();
    }
  }
}
