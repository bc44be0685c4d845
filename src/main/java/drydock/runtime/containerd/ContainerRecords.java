package drydock.runtime.containerd;

import drydock.bolt.Bucket;
import java.io.IOException;
import java.util.Optional;

/** The containers that meta.db has records of. */
final class ContainerRecords {
  /** Is shown each record. */
  @FunctionalInterface
  interface Visitor {
    void visit(ContainerRecord record) throws IOException;
  }

  /** Is shown each record's bucket. */
  @FunctionalInterface
  interface BucketVisitor {
    void visit(String namespace, String id, Bucket bucket) throws IOException;
  }

  private final MetadataDatabase database;

  ContainerRecords(MetadataDatabase database) {
    this.database = database;
  }

  void forEach(Visitor visitor) throws IOException {
    forEachBucket(
        (namespace, id, bucket) -> visitor.visit(ContainerRecord.decode(namespace, id, bucket)));
  }

  /** Shows every record before anything of it is decoded. */
  void forEachBucket(BucketVisitor visitor) throws IOException {
    for (String namespace : database.namespaces()) {
      database.forEach(
          database.bucket(namespace, "containers"),
          (id, bucket) -> visitor.visit(namespace, id, bucket));
    }
  }

  Optional<ContainerRecord> find(String namespace, String id) throws IOException {
    Optional<Bucket> bucket = database.bucket(namespace, "containers", id);
    return bucket.isEmpty()
        ? Optional.empty()
        : Optional.of(ContainerRecord.decode(namespace, id, bucket.get()));
  }
}
