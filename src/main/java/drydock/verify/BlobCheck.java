package drydock.verify;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import drydock.oci.Digest;
import drydock.runtime.Blob;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A blob against its digest and the size that the engine noted. */
record BlobCheck(Runtime runtime, Blob blob, Digest digest, List<String> images) implements Check {
  @Override
  public Difference.Kind kind() {
    return Difference.Kind.BLOB;
  }

  @Override
  public long bytes() {
    return blob.size() == null ? 0 : blob.size();
  }

  @Override
  public String what() {
    return "content " + digest;
  }

  @Override
  public Origin origin() {
    return blob.origin();
  }

  @Override
  public List<Difference> run(Hashes.Meter meter) throws IOException {
    ByteSource content;
    try {
      content = runtime.content(digest);
    } catch (NoSuchFileException e) {
      return List.of(difference(Difference.Change.MISSING, Map.of(), Map.of(), null, origin()));
    }
    Map<String, Object> expected = new LinkedHashMap<>();
    Map<String, Object> found = new LinkedHashMap<>();
    if (blob.size() != null && blob.size() != content.size()) {
      expected.put("size", blob.size());
      found.put("size", content.size());
    }
    HashAlgorithm algorithm = algorithm(digest);
    if (algorithm == null) {
      String why = "its digest is one of an algorithm that is not known: " + digest.algorithm();
      return List.of(
          difference(Difference.Change.UNVERIFIED, expected, found, why, content.origin()));
    }
    String hash = Hashes.of(content, Set.of(algorithm), meter).get(algorithm);
    if (!digest.hex().equals(hash)) {
      expected.put("digest", digest.toString());
      found.put("digest", digest.algorithm() + ":" + hash);
    }
    return expected.isEmpty()
        ? List.of()
        : List.of(difference(Difference.Change.CHANGED, expected, found, null, content.origin()));
  }

  private static @Nullable HashAlgorithm algorithm(Digest digest) {
    return switch (digest.algorithm()) {
      case "sha256" -> HashAlgorithm.SHA256;
      case "sha512" -> HashAlgorithm.SHA512;
      default -> null;
    };
  }

  private Difference difference(
      Difference.Change change,
      Map<String, Object> expected,
      Map<String, Object> found,
      @Nullable String note,
      Origin where) {
    return new Difference(
        Difference.Kind.BLOB,
        digest,
        images,
        null,
        null,
        change,
        new ArrayList<>(expected.keySet()),
        expected,
        found,
        note,
        where);
  }
}
