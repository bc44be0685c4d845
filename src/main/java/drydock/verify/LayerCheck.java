package drydock.verify;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.fs.tar.Compression;
import drydock.fs.tar.TarEntries;
import drydock.fs.tar.TarEntry;
import drydock.fs.tar.TarKind;
import drydock.oci.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An unpacked layer against its archive, file by file, and the archive unpacked against the diff id
 * in the image's config.
 *
 * <p>The archive is read once, unpacked as it is read; of each file in it the SHA-256 is kept, and
 * then the files on the disk are read. {@value #MAX_DIFFERENCES} differences are told one by one.
 */
record LayerCheck(Store store, Layer layer, FindingLog log) implements Check {
  /** Gives archives by their digests. */
  @FunctionalInterface
  interface Store {
    ByteSource content(Digest digest) throws IOException;
  }

  private static final int MAX_DIFFERENCES = 100_000;
  private static final int BUFFER_BYTES = 64 << 10;

  /** More than this, unpacked, is taken for a trap. */
  private static final long MAX_UNPACKED = 256L << 30;

  @Override
  public Difference.Kind kind() {
    return Difference.Kind.LAYER;
  }

  @Override
  public long bytes() {
    return layer.size();
  }

  @Override
  public String what() {
    return "layer " + (layer.digest() == null ? layer.snapshot() : layer.digest());
  }

  @Override
  public Origin origin() {
    Node directory = layer.directory();
    return directory == null ? layer.origin() : directory.origin();
  }

  @Override
  public List<Difference> run(Hashes.Meter meter) throws IOException {
    Digest digest = layer.digest();
    String why = layer.unread();
    if (digest == null || why != null) {
      return List.of(unverified(why == null ? "its archive is not known" : why));
    }
    try {
      return compared(store.content(digest), meter);
    } catch (CorruptDataException | UnsupportedFormatException e) {
      log.add(e, origin());
      return List.of(unverified("its archive cannot be unpacked: " + e.getMessage()));
    }
  }

  private List<Difference> compared(ByteSource archive, Hashes.Meter meter) throws IOException {
    List<Difference> differences = new ArrayList<>();
    Unpacking unpacking =
        new Unpacking(
            before(), layer.form() == Layer.Form.OVERLAY, layer.below(), archive.origin());
    MessageDigest whole = HashAlgorithm.SHA256.start();
    try (InputStream in = new Measured(Compression.open(archive), whole, meter, archive.origin())) {
      unpack(new TarEntries(in, archive.origin()), unpacking);
      byte[] rest = new byte[BUFFER_BYTES];
      while (in.read(rest) >= 0) {
        // what stands behind the end of the archive counts for its digest
      }
    }
    Digest found = new Digest("sha256", HexFormat.of().formatHex(whole.digest()));
    Digest diffId = layer.diffId();
    if (diffId != null && diffId.algorithm().equals("sha256") && !diffId.equals(found)) {
      differences.add(
          new Difference(
              Difference.Kind.LAYER,
              layer.digest(),
              layer.images(),
              layer.snapshot(),
              null,
              Difference.Change.CHANGED,
              List.of("diff_id"),
              Map.of("diff_id", diffId.toString()),
              Map.of("diff_id", found.toString()),
              null,
              archive.origin()));
    }
    Node directory = layer.directory();
    if (directory == null) {
      differences.add(unverified(String.valueOf(layer.absence())));
    } else {
      differences.addAll(files(unpacking.root(), directory, meter));
    }
    return differences;
  }

  private Made before() throws IOException {
    return layer.form() == Layer.Form.WHOLE_TREE
        ? Made.copyOf(layer.below().get(0).root())
        : Made.directory(0755);
  }

  private void unpack(TarEntries entries, Unpacking unpacking) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    MessageDigest digest = HashAlgorithm.SHA256.start();
    for (Optional<TarEntry> next = entries.next(); next.isPresent(); next = entries.next()) {
      TarEntry entry = next.get();
      byte[] sha256 = null;
      if (entry.kind() == TarKind.FILE) {
        InputStream content = entries.content();
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
          digest.update(buffer, 0, n);
        }
        sha256 = digest.digest();
      }
      unpacking.apply(entry, sha256);
    }
  }

  private List<Difference> files(Made made, Node directory, Hashes.Meter meter) throws IOException {
    List<Difference> differences = new ArrayList<>();
    int[] more = new int[1];
    LayerComparison.Sink sink =
        (path, change, sides, origin, note) -> {
          if (differences.size() < MAX_DIFFERENCES) {
            differences.add(difference(path, change, sides, origin, note));
          } else {
            more[0]++;
          }
        };
    new LayerComparison(log, meter, sink).compare(made, directory);
    if (more[0] > 0) {
      String what = what() + ": " + more[0] + " more differences that are not listed";
      log.add(new Finding(Severity.DAMAGE, what, directory.origin(), null, null, null));
    }
    differences.sort(Comparator.comparing(LayerCheck::path));
    return differences;
  }

  private static TreePath path(Difference difference) {
    TreePath path = difference.path();
    return path == null ? TreePath.ROOT : path;
  }

  private Difference difference(
      TreePath path, Difference.Change change, Sides sides, Origin origin, @Nullable String note) {
    return new Difference(
        Difference.Kind.LAYER,
        layer.digest(),
        layer.images(),
        layer.snapshot(),
        path,
        change,
        sides.fields(),
        sides.expected(),
        sides.found(),
        note,
        origin);
  }

  private Difference unverified(String why) {
    return new Difference(
        Difference.Kind.LAYER,
        layer.digest(),
        layer.images(),
        layer.snapshot(),
        null,
        Difference.Change.UNVERIFIED,
        List.of(),
        Map.of(),
        Map.of(),
        why,
        origin());
  }

  /** Counts and digests what passes. */
  private static final class Measured extends FilterInputStream {
    private final MessageDigest digest;
    private final Hashes.Meter meter;
    private final Origin origin;
    private long position;

    Measured(InputStream in, MessageDigest digest, Hashes.Meter meter, Origin origin) {
      super(in);
      this.digest = digest;
      this.meter = meter;
      this.origin = origin;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      meter.read(0);
      int count = super.read(into, from, length);
      if (count > 0) {
        digest.update(into, from, count);
        meter.read(count);
        position += count;
      }
      if (position > MAX_UNPACKED) {
        throw new CorruptDataException(origin, position, "unpacks to more than any layer holds");
      }
      return count;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
