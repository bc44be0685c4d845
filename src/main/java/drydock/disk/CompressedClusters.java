package drydock.disk;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Compressed clusters of a qcow2 file, decompressed; the last ones are kept. Makes at most one
 * cluster of output, whatever the input says. Safe from many threads.
 */
final class CompressedClusters {
  private static final int KEPT_BYTES = 2 << 20;

  /** A window never needs to be larger than the largest cluster, 2 MiB. */
  private static final int MAX_WINDOW_BITS = 23;

  private final ByteSource file;
  private final Qcow2Header header;
  private final Map<Long, byte[]> kept;

  CompressedClusters(ByteSource file, Qcow2Header header) {
    this.file = file;
    this.header = header;
    int most = Math.max(1, KEPT_BYTES / header.clusterBytes());
    this.kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > most;
          }
        };
  }

  /** The cluster whose compressed bytes lie at an extent's place in the file; not to be changed. */
  byte[] read(Qcow2Extent extent) throws IOException {
    synchronized (kept) {
      byte[] known = kept.get(extent.hostOffset());
      if (known != null) {
        return known;
      }
    }
    byte[] packed = file.bytes(extent.hostOffset(), (int) extent.hostLength());
    Origin origin = file.origin();
    byte[] cluster =
        header.compressionType() == Qcow2Header.ZSTD
            ? zstd(packed, origin, extent.hostOffset())
            : inflate(packed, origin, extent.hostOffset());
    synchronized (kept) {
      kept.put(extent.hostOffset(), cluster);
    }
    return cluster;
  }

  private byte[] inflate(byte[] packed, Origin origin, long place) throws CorruptDataException {
    byte[] out = new byte[header.clusterBytes()];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed);
      int done = 0;
      while (done < out.length) {
        int count = inflater.inflate(out, done, out.length - done);
        if (count == 0) {
          throw tooShort(origin, place, done);
        }
        done += count;
      }
      return out;
    } catch (DataFormatException e) {
      throw new CorruptDataException(
          origin, place, "a compressed cluster is no deflate data", e.getMessage(), null);
    } finally {
      inflater.end();
    }
  }

  private byte[] zstd(byte[] packed, Origin origin, long place) throws IOException {
    byte[] out = new byte[header.clusterBytes()];
    try (ZstdInputStreamNoFinalizer in =
        new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(packed))) {
      in.setLongMax(MAX_WINDOW_BITS);
      int done = in.readNBytes(out, 0, out.length);
      if (done < out.length) {
        throw tooShort(origin, place, done);
      }
      return out;
    } catch (CorruptDataException e) {
      throw e;
    } catch (IOException e) {
      throw new CorruptDataException(
          origin, place, "a compressed cluster is no zstd data", e.getMessage(), null);
    }
  }

  private CorruptDataException tooShort(Origin origin, long place, int done) {
    return new CorruptDataException(
        origin,
        place,
        "a compressed cluster ends too early",
        done + " bytes",
        header.clusterBytes() + "");
  }
}
