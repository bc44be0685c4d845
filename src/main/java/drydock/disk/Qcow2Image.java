package drydock.disk;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a qcow2 file says of itself: its header, checked, and what hangs on it.
 *
 * @param file the file's own bytes
 */
record Qcow2Image(
    ByteSource file,
    Qcow2Header header,
    List<Qcow2Extension> extensions,
    List<Qcow2Snapshot> snapshots) {
  private static final int MAX_SHOWN = 16;

  /**
   * Reads the header and what hangs on it; what is damaged and not needed for reading is a finding.
   *
   * @throws UnsupportedFormatException when the file is encrypted or needs an unknown feature
   */
  static Qcow2Image read(ByteSource file, FindingLog log) throws IOException {
    Qcow2Header header = Qcow2Header.read(file);
    List<Qcow2Extension> extensions = Qcow2Extension.read(file, header);
    refuse(file.origin(), header, extensions);
    List<Qcow2Snapshot> snapshots = List.of();
    try {
      snapshots = Qcow2Snapshot.read(file, header);
    } catch (CorruptDataException e) {
      log.add(Finding.of(e));
    }
    return new Qcow2Image(file, header, extensions, snapshots);
  }

  private static void refuse(Origin origin, Qcow2Header header, List<Qcow2Extension> extensions)
      throws UnsupportedFormatException {
    long unknown = header.incompatible() & ~Qcow2Header.KNOWN_INCOMPATIBLE;
    if (unknown != 0) {
      List<String> names = new ArrayList<>();
      for (int bit = 0; bit < Long.SIZE; bit++) {
        if ((unknown >>> bit & 1) != 0) {
          names.add(Qcow2Extension.featureName(extensions, bit));
        }
      }
      throw new UnsupportedFormatException(
          origin,
          "needs qcow2 features that are unknown here: incompatible " + String.join(", ", names));
    }
    if (header.has(Qcow2Header.EXTERNAL_DATA)) {
      String name =
          extensions.stream()
              .filter(e -> e.type() == Qcow2Extension.DATA_FILE_NAME)
              .map(e -> " \"" + e.text() + "\"")
              .findFirst()
              .orElse("");
      throw new UnsupportedFormatException(
          origin,
          "keeps its data in an external data file"
              + name
              + ", which is not read; convert it first");
    }
    if (header.encryption() != 0) {
      String method = header.encryption() == 1 ? "AES" : "LUKS";
      throw new UnsupportedFormatException(
          origin, "is encrypted (" + method + "): decrypt it first, e.g. with qemu-img convert");
    }
  }

  String backingName() throws IOException {
    return new String(
        file.bytes(header.backingNameOffset(), header.backingNameLength()), StandardCharsets.UTF_8);
  }

  /** For {@code info}. */
  Map<String, String> details() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("version", header.version() + "");
    details.put("cluster size", header.clusterBytes() + "");
    details.put("compression", header.compression());
    if (header.extendedL2()) {
      details.put("subcluster size", header.clusterBytes() / 32 + "");
    }
    if (!snapshots.isEmpty()) {
      List<String> names = snapshots.stream().limit(MAX_SHOWN).map(Qcow2Image::shown).toList();
      String more = snapshots.size() > MAX_SHOWN ? ", ..." : "";
      details.put("internal snapshots", String.join(", ", names) + more);
    }
    return details;
  }

  private static String shown(Qcow2Snapshot snapshot) {
    return snapshot.id() + " \"" + snapshot.name() + "\" " + snapshot.created();
  }
}
