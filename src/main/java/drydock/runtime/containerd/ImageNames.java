package drydock.runtime.containerd;

import drydock.bolt.Bucket;
import drydock.finding.FindingLog;
import drydock.oci.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names for images that meta.db has. */
final class ImageNames {
  private final MetadataDatabase database;
  private final FindingLog log;
  private final Map<String, Optional<Digest>> targets = new HashMap<>();

  ImageNames(MetadataDatabase database, FindingLog log) {
    this.database = database;
    this.log = log;
  }

  List<ImageRecord> list() throws IOException {
    List<ImageRecord> records = new ArrayList<>();
    for (String namespace : database.namespaces()) {
      database.forEach(
          database.bucket(namespace, "images"),
          (name, bucket) -> records.add(ImageRecord.decode(namespace, name, bucket)));
    }
    return records;
  }

  /** What a name points at. */
  synchronized Optional<Digest> target(String namespace, String name) throws IOException {
    String key = namespace + "\n" + name;
    Optional<Digest> known = targets.get(key);
    if (known == null) {
      known = read(namespace, name);
      targets.put(key, known);
    }
    return known;
  }

  private Optional<Digest> read(String namespace, String name) throws IOException {
    Optional<Bucket> bucket = database.bucket(namespace, "images", name);
    if (bucket.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(ImageRecord.decode(namespace, name, bucket.get()).target());
    } catch (IOException e) {
      log.add(e, bucket.get().origin());
      return Optional.empty();
    }
  }
}
