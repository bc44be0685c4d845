package drydock.runtime.containerd;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.Entry;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of the content store (containerd {@code plugins/content/local/store.go}). */
final class ContentStore {
  private static final String ROOT = "io.containerd.content.v1.content";
  private static final int MAX_INGEST_FIELD = 64 << 10;

  /**
   * A directory of content that was being written.
   *
   * @param ref as meta.db has it in {@code content/ingests/REF/ref}
   * @param bytes how much of it has come
   * @param total how much there will be, where the writer knew
   */
  record Ingest(
      String path,
      @Nullable String ref,
      @Nullable Long bytes,
      @Nullable Long total,
      @Nullable Instant started,
      @Nullable Instant updated,
      Origin origin) {}

  private final EngineDirectory engine;
  private final FindingLog log;

  ContentStore(EngineDirectory engine, FindingLog log) {
    this.engine = engine;
    this.log = log;
  }

  /** The size of a blob's file; empty when there is none. */
  Optional<Long> size(Digest digest) throws IOException {
    Optional<Node> file = file(digest);
    return file.isEmpty() ? Optional.empty() : Optional.of(file.get().meta().size());
  }

  Optional<Node> file(Digest digest) throws IOException {
    return engine.file(below(digest));
  }

  private static String below(Digest digest) {
    return ROOT + "/blobs/" + digest.algorithm() + "/" + digest.hex();
  }

  /** The path of a blob on the node, whether or not it is there. */
  TreePath path(Digest digest) {
    return TreePath.of(engine.path(below(digest)));
  }

  ByteSource content(Digest digest) throws IOException {
    Optional<Node> file = file(digest);
    if (file.isEmpty()) {
      throw new NoSuchFileException(digest + " is not in the content store of " + engine.root());
    }
    return file.get().content();
  }

  /**
   * A document's bytes. One that its digest does not fit was changed after it was stored: that is a
   * finding, and what is there is read all the same.
   */
  byte[] document(Digest digest, Node file, int limit) throws IOException {
    byte[] bytes = file.content().allBytes(limit);
    if (digest.algorithm().equals("sha256")) {
      String found = Hashes.of(new ArraySource(bytes, origin(digest)), HashAlgorithm.SHA256);
      if (!found.equals(digest.hex())) {
        log.add(
            new Finding(
                Severity.DAMAGE,
                "a document's content does not fit its digest",
                origin(digest),
                null,
                "sha256:" + found,
                digest.toString()));
      }
    }
    return bytes;
  }

  /** The digests of all files in the store. */
  List<Digest> digests() throws IOException {
    List<Digest> digests = new ArrayList<>();
    for (String algorithm : engine.names(ROOT + "/blobs")) {
      for (String hex : engine.names(ROOT + "/blobs/" + algorithm)) {
        Digest.parse(algorithm + ":" + hex).ifPresent(digests::add);
      }
    }
    return digests;
  }

  Origin origin(Digest digest) {
    return engine.originOf(below(digest));
  }

  /** What was being written. */
  List<Ingest> ingests() throws IOException {
    Optional<Node> directory = engine.directory(ROOT + "/ingest");
    List<Ingest> ingests = new ArrayList<>();
    if (directory.isPresent()) {
      for (Entry entry : directory.get().list()) {
        String path = ROOT + "/ingest/" + entry.name();
        try {
          if (engine.directory(path).isPresent()) {
            ingests.add(ingest(path));
          }
        } catch (IOException e) {
          log.add(e, engine.originOf(path));
        }
      }
    }
    return ingests;
  }

  private Ingest ingest(String path) throws IOException {
    Optional<Node> data = engine.file(path + "/data");
    String total = text(path + "/total");
    return new Ingest(
        engine.path(path),
        text(path + "/ref"),
        data.isEmpty() ? null : data.get().meta().size(),
        total == null ? null : number(total),
        time(path + "/startedat"),
        time(path + "/updatedat"),
        engine.originOf(path));
  }

  private @Nullable String text(String path) throws IOException {
    Optional<Node> file = engine.file(path);
    if (file.isEmpty()) {
      return null;
    }
    byte[] bytes = file.get().content().allBytes(MAX_INGEST_FIELD);
    return bytes.length == 0 ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  private @Nullable Instant time(String path) throws IOException {
    String text = text(path);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text.strip()).toInstant();
    } catch (DateTimeParseException e) {
      log.add(Finding.damage(engine.originOf(path), 0, "not a time", text.strip(), "RFC 3339"));
      return null;
    }
  }

  private static @Nullable Long number(String text) {
    try {
      return Long.valueOf(text.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
