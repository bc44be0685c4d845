package drydock.disk;

import drydock.bytes.ByteSource;
import drydock.bytes.Closing;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A disk whose evidence files are open for reading.
 *
 * @param format the disk format's name: {@code raw}, {@code qcow2} ...
 * @param bytes the disk as its guest saw it
 * @param details what the format says of itself, for {@code info}, in a fixed order
 * @param files what to close at the end
 */
public record OpenDisk(
    String format, ByteSource bytes, Map<String, String> details, List<Closeable> files)
    implements Closeable {
  @Override
  public void close() throws IOException {
    Closing.all(files);
  }
}
