package drydock.runtime.containerd;

import drydock.bolt.Bucket;
import drydock.runtime.Lease;
import drydock.runtime.Orders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The leases of all namespaces and what each one holds (containerd {@code
 * core/metadata/leases.go}).
 */
final class Leases {
  private static final List<String> PLAIN_KINDS = List.of("content", "images", "ingests");

  private final MetadataDatabase database;

  Leases(MetadataDatabase database) {
    this.database = database;
  }

  List<Lease> list() throws IOException {
    List<Lease> leases = new ArrayList<>();
    for (String namespace : database.namespaces()) {
      database.forEach(
          database.bucket(namespace, "leases"),
          (id, bucket) -> leases.add(lease(namespace, id, bucket)));
    }
    leases.sort(Orders.LEASES);
    return List.copyOf(leases);
  }

  private static Lease lease(String namespace, String id, Bucket bucket) throws IOException {
    Fields fields = Fields.of(bucket);
    return new Lease(
        namespace,
        id,
        fields.time("createdat"),
        fields.map("labels"),
        resources(fields),
        fields.origin().child("v1/" + namespace + "/leases/" + id));
  }

  private static List<String> resources(Fields lease) throws IOException {
    List<String> resources = new ArrayList<>();
    for (String kind : PLAIN_KINDS) {
      for (String name : lease.values(kind).keySet()) {
        resources.add(kind + "/" + name);
      }
    }
    Optional<Fields> snapshots = lease.nested("snapshots");
    if (snapshots.isPresent()) {
      for (Bucket snapshotter : snapshots.get().bucket().buckets()) {
        String name = snapshotter.nameText();
        for (String key : snapshots.get().values(name).keySet()) {
          resources.add("snapshots/" + name + "/" + key);
        }
      }
    }
    return List.copyOf(resources);
  }
}
