package drydock.disk;

import drydock.bytes.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The disks of {@code fixtures/qcow2}, unpacked, and what QEMU reads out of them. */
final class DiskFixtures {
  static final Path ROOT = Path.of(System.getProperty("fixtures", "fixtures"));
  private static final Path FOLDER = ROOT.resolve("qcow2");

  /** What {@code qemu-img convert} made of a disk. */
  record Expected(String name, long size, String sha256) {
    @Override
    public String toString() {
      return name;
    }
  }

  private DiskFixtures() {}

  static List<Expected> expected() throws IOException {
    return Files.readAllLines(FOLDER.resolve("expected.txt")).stream()
        .map(line -> line.split(" "))
        .map(words -> new Expected(words[0], Long.parseLong(words[1]), words[2]))
        .toList();
  }

  /** Unpacks one disk. */
  static Path unpack(String name, Path into) throws IOException {
    return unpackFile(FOLDER.resolve(name + ".qcow2.gz"), into);
  }

  /** Unpacks all of them, so that chains are whole. */
  static void unpackAll(Path into) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      files
          .filter(file -> file.toString().endsWith(".gz"))
          .forEach(
              file -> {
                try {
                  unpackFile(file, into);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  private static Path unpackFile(Path packed, Path into) throws IOException {
    String name = packed.getFileName().toString();
    Path file = into.resolve(name.substring(0, name.length() - ".gz".length()));
    try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  /** The SHA-256 of all bytes; what is known to be a hole is not read. */
  static String sha256(ByteSource source) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[1 << 20];
    byte[] zeros = new byte[1 << 20];
    for (long at = 0; at < source.size(); ) {
      long data = source.nextData(at);
      while (at < data) {
        int count = (int) Math.min(zeros.length, data - at);
        digest.update(zeros, 0, count);
        at += count;
      }
      long hole = Math.max(source.nextHole(at), Math.min(at + 1, source.size()));
      while (at < hole) {
        int count = (int) Math.min(buffer.length, hole - at);
        source.read(at, buffer, 0, count);
        digest.update(buffer, 0, count);
        at += count;
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
