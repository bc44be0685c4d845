package drydock.export.tar;

import drydock.export.TreeSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The map that stands before the data of a file with holes, in format 1.0 (GNU tar manual, "PAX
 * Format, Version 1.0"): decimal numbers each on a line, how many pieces there are and of each
 * where it begins and its length; then zeros to the end of the block.
 */
final class SparseMap {
  private SparseMap() {}

  static byte[] of(List<TreeSink.Data> data, long size) {
    boolean holeAtEnd = data.isEmpty() || data.get(data.size() - 1).end() < size;
    StringBuilder text = new StringBuilder();
    text.append(data.size() + (holeAtEnd ? 1 : 0)).append('\n');
    for (TreeSink.Data each : data) {
      text.append(each.position()).append('\n').append(each.length()).append('\n');
    }
    if (holeAtEnd) {
      // an empty piece says how far the file goes, as GNU tar writes it
      text.append(size).append("\n0\n");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
    return Arrays.copyOf(bytes, TarSink.padded(bytes.length));
  }
}
