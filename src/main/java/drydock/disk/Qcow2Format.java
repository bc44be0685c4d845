package drydock.disk;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** QEMU's copy-on-write disks, versions 2 and 3, with their backing files. */
public final class Qcow2Format implements DiskFormat {
  public static final String NAME = "qcow2";
  private static final int MAGIC = 0x5146_49fb;
  private static final int MAGIC_BYTES = 4;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean recognises(Path file) throws IOException {
    EvidenceFile kind = EvidenceFile.of(file);
    if (kind != EvidenceFile.REGULAR && kind != EvidenceFile.BLOCK_DEVICE) {
      return false;
    }
    try (FileSource source = FileSource.open(file, EvidenceFile.origin(file))) {
      return source.size() >= MAGIC_BYTES
          && BigEndian.i32(source.bytes(0, MAGIC_BYTES), 0) == MAGIC;
    }
  }

  @Override
  public OpenDisk open(Path file, FindingLog log) throws IOException {
    EvidenceFile.disk(file);
    return open(file, EvidenceFile.origin(file), Set.of(), log);
  }

  /** Opens a file of a chain; {@code above} are those that lie on it. */
  OpenDisk open(Path file, Origin origin, Set<Path> above, FindingLog log) throws IOException {
    FileSource source = FileSource.open(file, container(origin));
    OpenDisk below = null;
    try {
      Qcow2Image image = Qcow2Image.read(source, log);
      new Qcow2Check(image, log).report(image.snapshots().size());
      Map<String, String> details = new LinkedHashMap<>(image.details());
      if (image.header().backingNameOffset() != 0) {
        below = new Qcow2Backing(this, file, origin, above).open(image, log);
        details.put("backing file", image.backingName() + " (" + below.format() + ")");
      }
      return opened(image, source, below, origin, details);
    } catch (IOException e) {
      close(source, below);
      throw e;
    }
  }

  /** Offsets in the file are told from those on the disk by this step. */
  static Origin container(Origin origin) {
    return origin.child("qcow2 container");
  }

  private static OpenDisk opened(
      Qcow2Image image,
      FileSource source,
      @Nullable OpenDisk below,
      Origin origin,
      Map<String, String> details) {
    List<Closeable> files = new ArrayList<>(List.of(source));
    ByteSource backing = null;
    if (below != null) {
      files.addAll(below.files());
      backing = below.bytes();
    }
    return new OpenDisk(
        NAME,
        new Qcow2Source(source, image.header(), backing, origin),
        details,
        List.copyOf(files));
  }

  private static void close(FileSource source, @Nullable OpenDisk below) throws IOException {
    try (source) {
      if (below != null) {
        below.close();
      }
    }
  }
}
