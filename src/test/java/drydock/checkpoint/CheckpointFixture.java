package drydock.checkpoint;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/** The checkpoint archives of fixtures/, and what is known of each: read by the library of tar. */
public final class CheckpointFixture {
  /** Every archive, by the name that {@link #archive} and {@link #truth} take. */
  public static final List<String> ALL =
      List.of(
          "counter-podman", "counter-later-podman", "multi-podman", "shop-1", "shop-2", "sidecar");

  /** Bare dumps, which no engine asked for. */
  public static final List<String> BARE = List.of("ledger-32", "ledger-chain");

  private CheckpointFixture() {}

  /** The archive as it lies in fixtures/: plain, gzip or zstd. */
  public static Path archive(String name) {
    return directory()
        .resolve(
            switch (name) {
              case "counter-later-podman" -> name + ".tar";
              case "multi-podman" -> name + ".tar.gz";
              default -> name + ".tar.zst";
            });
  }

  /**
   * Every regular file of the unpacked archive, by its path in it, as in "checkpoint/files.img".
   */
  public static Map<String, byte[]> members(String name) throws IOException {
    return unpacked(archive(name));
  }

  /** Every file of the truth about it, by path, as in "crit/files.json". */
  public static Map<String, byte[]> truths(String name) throws IOException {
    return unpacked(directory().resolve("truth").resolve(name + ".tar.zst"));
  }

  /** One file of the truth, unpacked when only its packed form is there. */
  public static byte[] truth(String name, String path) throws IOException {
    Map<String, byte[]> all = truths(name);
    byte[] plain = all.get(path);
    byte[] packed = all.get(path + ".gz");
    if (plain == null && packed == null) {
      throw new NoSuchFileException(name + ": " + path);
    }
    if (plain != null) {
      return plain;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  public static String text(String name, String path) throws IOException {
    return new String(truth(name, path), StandardCharsets.UTF_8);
  }

  private static Path directory() {
    return Path.of(System.getProperty("fixtures", "fixtures")).resolve("checkpoints");
  }

  /** Every regular file of an archive by its path. */
  public static Map<String, byte[]> unpacked(Path archive) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar = new TarArchiveInputStream(stream(archive, raw))) {
      TarArchiveEntry entry = tar.getNextEntry();
      while (entry != null) {
        if (entry.isFile()) {
          files.put(entry.getName().replaceFirst("^\\./", ""), tar.readAllBytes());
        }
        entry = tar.getNextEntry();
      }
    }
    return files;
  }

  private static InputStream stream(Path archive, InputStream raw) throws IOException {
    String name = archive.toString();
    if (name.endsWith(".zst")) {
      return new ZstdCompressorInputStream(raw);
    }
    return name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
  }
}
