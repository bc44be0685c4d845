package drydock.checkpoint;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Node;
import drydock.oci.Fields;
import drydock.oci.RuntimeSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JSON documents of a checkpoint, each read once. One that is damaged is a finding, and as good
 * as not there.
 */
final class Documents {
  private static final String NOTHING = "null";

  private final Node directory;
  private final ImageNotes notes;
  private final FindingLog log;
  private final Optional<Fields> config;
  private final Optional<Fields> status;
  private final Optional<Fields> state;
  private final Optional<Fields> network;
  private final Optional<RuntimeSpec> spec;

  Documents(Node directory, ImageNotes notes, FindingLog log) throws IOException {
    this.directory = directory;
    this.notes = notes;
    this.log = log;
    config = fields("config.dump");
    status = fields("status.dump");
    state = fields("status");
    network = fields("network.status");
    spec = readSpec();
  }

  Node directory() {
    return directory;
  }

  /** What the image says that it was packed in. */
  ImageNotes notes() {
    return notes;
  }

  /** The engine's container. */
  Optional<Fields> config() {
    return config;
  }

  /** The CRI's status of the container. */
  Optional<Fields> status() {
    return status;
  }

  /** containerd's own status of the container. */
  Optional<Fields> state() {
    return state;
  }

  Optional<Fields> network() {
    return network;
  }

  Optional<RuntimeSpec> spec() {
    return spec;
  }

  /** The spec's annotation of the first of these names that it has. */
  @Nullable String annotation(String... names) {
    Map<String, String> annotations = spec.map(RuntimeSpec::annotations).orElse(Map.of());
    for (String name : names) {
      String value = annotations.get(name);
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return null;
  }

  /** A JSON object that stands in an annotation as text. */
  Optional<Fields> objectInAnnotation(String name) {
    String text = annotation(name);
    if (text == null || text.equals(NOTHING)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Fields.parse(
              text.getBytes(StandardCharsets.UTF_8),
              directory.origin().child("spec.dump").child(name)));
    } catch (CorruptDataException e) {
      log.add(Finding.of(e));
      return Optional.empty();
    }
  }

  /** Tells what was wrong with the fields that were asked for. */
  void tellFaults() {
    config.ifPresent(fields -> tell("config.dump", fields));
    status.ifPresent(fields -> tell("status.dump", fields));
    state.ifPresent(fields -> tell("status", fields));
    network.ifPresent(fields -> tell("network.status", fields));
    for (String fault : spec.map(RuntimeSpec::faults).orElse(List.of())) {
      log.add(Finding.damage(directory.origin().child("spec.dump"), 0, fault));
    }
  }

  private void tell(String name, Fields fields) {
    for (String fault : fields.faults()) {
      log.add(Finding.damage(directory.origin().child(name), 0, fault));
    }
  }

  private Optional<Fields> fields(String name) throws IOException {
    Optional<ByteSource> content = content(name);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try {
      byte[] raw = content.get().allBytes(Checkpoint.MAX_DOCUMENT);
      boolean nothing = new String(raw, StandardCharsets.UTF_8).strip().equals(NOTHING);
      return raw.length == 0 || nothing
          ? Optional.empty()
          : Optional.of(Fields.parse(raw, content.get().origin()));
    } catch (IOException e) {
      log.add(e, content.get().origin());
      return Optional.empty();
    }
  }

  private Optional<RuntimeSpec> readSpec() throws IOException {
    Optional<ByteSource> content = content("spec.dump");
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          RuntimeSpec.decode(
              content.get().allBytes(Checkpoint.MAX_DOCUMENT), content.get().origin()));
    } catch (IOException e) {
      log.add(e, content.get().origin());
      return Optional.empty();
    }
  }

  private Optional<ByteSource> content(String name) throws IOException {
    Optional<Node> node = Search.file(directory, name);
    return node.isEmpty() ? Optional.empty() : Optional.of(node.get().content());
  }
}
