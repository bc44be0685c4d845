package drydock.disk;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.shape.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A header extension of a qcow2 file.
 *
 * @param type the number that says what it is
 * @param offset in bytes from the file's start, of the data
 * @param data as stored
 */
public record Qcow2Extension(long type, long offset, byte[] data) {
  public static final long BACKING_FORMAT = 0xe279_2acaL;
  public static final long FEATURE_NAMES = 0x6803_f857L;
  public static final long BITMAPS = 0x2385_2875L;
  public static final long ENCRYPTION_HEADER = 0x0537_be77L;
  public static final long DATA_FILE_NAME = 0x4441_5441L;

  private static final int HEAD_BYTES = 8;
  private static final int FEATURE_BYTES = 48;

  /**
   * The extensions between the header and the backing file's name or the end of the first cluster.
   */
  static List<Qcow2Extension> read(ByteSource file, Qcow2Header header) throws IOException {
    long end =
        header.backingNameOffset() != 0
            ? header.backingNameOffset()
            : Math.min(header.clusterBytes(), file.size());
    List<Qcow2Extension> extensions = new ArrayList<>();
    long at = header.headerLength();
    while (at <= end - HEAD_BYTES && at <= file.size() - HEAD_BYTES) {
      drydock.ksy.Qcow2Extension head = head(file.bytes(at, HEAD_BYTES), file.origin());
      if (head.type() == 0) {
        break;
      }
      long room = Math.min(end, file.size()) - at - HEAD_BYTES;
      if (head.length() > room) {
        throw new CorruptDataException(
            file.origin(),
            at,
            "a header extension is too long",
            head.length() + " bytes",
            "at most " + room);
      }
      byte[] data = file.bytes(at + HEAD_BYTES, (int) head.length());
      extensions.add(new Qcow2Extension(head.type(), at + HEAD_BYTES, data));
      at += HEAD_BYTES + (head.length() + 7) / 8 * 8;
    }
    return List.copyOf(extensions);
  }

  private static drydock.ksy.Qcow2Extension head(byte[] raw, Origin origin)
      throws CorruptDataException {
    return Shape.decode(raw, origin, "qcow2 header extension", drydock.ksy.Qcow2Extension::new);
  }

  /** What the extension is, in words. */
  public String name() {
    if (type == BACKING_FORMAT) {
      return "backing file format";
    } else if (type == FEATURE_NAMES) {
      return "feature names";
    } else if (type == BITMAPS) {
      return "bitmaps";
    } else if (type == ENCRYPTION_HEADER) {
      return "encryption header";
    } else if (type == DATA_FILE_NAME) {
      return "external data file name";
    }
    return String.format(Locale.ROOT, "unknown extension 0x%08x", type);
  }

  /** The data as text, for those extensions that hold one. */
  public String text() {
    return new String(data, StandardCharsets.UTF_8);
  }

  /** The name of an incompatible feature in a table of feature names, or its number. */
  static String featureName(List<Qcow2Extension> extensions, int bit) {
    for (Qcow2Extension each : extensions) {
      for (int at = 0;
          each.type == FEATURE_NAMES && at + FEATURE_BYTES <= each.data.length;
          at += FEATURE_BYTES) {
        if (each.data[at] == 0 && each.data[at + 1] == bit) {
          int end = at + 2;
          while (end < at + FEATURE_BYTES && each.data[end] != 0) {
            end++;
          }
          String name = new String(each.data, at + 2, end - at - 2, StandardCharsets.UTF_8);
          return "bit " + bit + " (" + name + ")";
        }
      }
    }
    return "bit " + bit;
  }
}
