package drydock.disk;

import drydock.bytes.CorruptDataException;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A disk byte by byte, in a file (sparse or not) or on a block device. Everything may be one, so it
 * is asked last. Holes of sparse files are read as the zeros that they are.
 */
public final class RawFormat implements DiskFormat {
  public static final String NAME = "raw";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean recognises(Path file) throws IOException {
    EvidenceFile kind = EvidenceFile.of(file);
    return kind == EvidenceFile.REGULAR || kind == EvidenceFile.BLOCK_DEVICE;
  }

  @Override
  public OpenDisk open(Path file, FindingLog log) throws IOException {
    EvidenceFile kind = EvidenceFile.disk(file);
    FileSource source = FileSource.open(file, EvidenceFile.origin(file));
    if (source.size() == 0) {
      source.close();
      throw new CorruptDataException(source.origin(), 0, "the file is empty");
    }
    Map<String, String> details =
        kind == EvidenceFile.BLOCK_DEVICE ? Map.of("device", "block device") : Map.of();
    return new OpenDisk(NAME, source, details, List.of(source));
  }
}
