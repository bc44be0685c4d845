package drydock.fs.tar;

import drydock.bytes.ByteSource;
import drydock.finding.FindingLog;
import java.io.IOException;

/**
 * An archive as a tree, and a digest that was made while it was read for that.
 *
 * @param sha256 as lower-case hex
 */
public record MeasuredArchive(TarTree tree, String sha256) {
  /** With the digest of the bytes as they are stored. */
  public static MeasuredArchive stored(ByteSource source, FindingLog log) throws IOException {
    MeasuredSource measured = new MeasuredSource(source);
    TarTree tree = TarTree.open(measured, log);
    return new MeasuredArchive(tree, measured.sha256());
  }

  /** With the digest of what they unpack to; of all bytes where they are not packed. */
  public static MeasuredArchive unpacked(ByteSource source, FindingLog log) throws IOException {
    MeasuredSource measured = new MeasuredSource(UnpackedSource.of(source, log));
    TarTree tree = TarTree.of(measured, Compression.of(source), log);
    return new MeasuredArchive(tree, measured.sha256());
  }
}
