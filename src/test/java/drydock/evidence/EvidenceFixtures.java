package drydock.evidence;

import drydock.fs.FileTree;
import drydock.fs.Lookup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The small disks of {@code fixtures/evidence}, unpacked. */
final class EvidenceFixtures {
  static final Path ROOT = Path.of(System.getProperty("fixtures", "fixtures"));

  private EvidenceFixtures() {}

  static Path unpack(String name, Path into) throws IOException {
    Path file = into.resolve(name);
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(ROOT.resolve("evidence/" + name + ".gz")))) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  /** The text of a file on a node. */
  static String text(FileTree tree, String path) throws IOException {
    return new String(
        new Lookup(tree).find(path).node().content().allBytes(1 << 20), StandardCharsets.UTF_8);
  }

  static boolean exists(FileTree tree, String path) throws IOException {
    return new Lookup(tree).tryFind(path).isPresent();
  }
}
