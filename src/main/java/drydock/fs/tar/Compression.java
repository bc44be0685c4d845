package drydock.fs.tar;

import com.github.luben.zstd.ZstdInputStream;
import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * How the bytes of an archive are packed, told by what they begin with (RFC 1952, RFC 8878, the .xz
 * file format, bzip2's header); what begins otherwise is not packed.
 */
public enum Compression {
  GZIP(0x1f, 0x8b) {
    @Override
    InputStream unpack(InputStream in) throws IOException {
      return new GZIPInputStream(in, BUFFER_BYTES);
    }
  },
  ZSTD(0x28, 0xb5, 0x2f, 0xfd) {
    @Override
    InputStream unpack(InputStream in) throws IOException {
      return new ZstdInputStream(in);
    }
  },
  XZ(0xfd, '7', 'z', 'X', 'Z', 0) {
    @Override
    InputStream unpack(InputStream in) throws IOException {
      return new XZInputStream(in, MAX_XZ_KIBIBYTES);
    }
  },
  BZIP2('B', 'Z', 'h') {
    @Override
    InputStream unpack(InputStream in) throws IOException {
      return new BZip2CompressorInputStream(in, true);
    }
  },
  NONE {
    @Override
    InputStream unpack(InputStream in) {
      return in;
    }
  };

  private static final int BUFFER_BYTES = 64 << 10;

  /** What {@code xz -9} needs to unpack. */
  private static final int MAX_XZ_KIBIBYTES = 68 << 10;

  private final int[] magic;

  Compression(int... magic) {
    this.magic = magic;
  }

  abstract InputStream unpack(InputStream in) throws IOException;

  public static Compression of(ByteSource packed) throws IOException {
    for (Compression each : values()) {
      if (each.fits(packed)) {
        return each;
      }
    }
    return NONE;
  }

  private boolean fits(ByteSource packed) throws IOException {
    if (packed.size() < magic.length) {
      return false;
    }
    byte[] start = packed.bytes(0, magic.length);
    for (int i = 0; i < magic.length; i++) {
      if ((start[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** The bytes unpacked. What the packer's format does not allow is corrupt data. */
  public static InputStream open(ByteSource packed) throws IOException {
    Compression compression = of(packed);
    try {
      return new Unpacked(
          compression.unpack(new SourceStream(packed)), packed.origin(), compression);
    } catch (CorruptDataException e) {
      throw e;
    } catch (IOException e) {
      throw new CorruptDataException(packed.origin(), 0, compression.wrong(e));
    }
  }

  private String wrong(IOException e) {
    String why = e instanceof EOFException ? "it ends too early" : String.valueOf(e.getMessage());
    return "cannot be unpacked (" + name().toLowerCase(Locale.ROOT) + "): " + why;
  }

  /** Tells of a packer's errors by the archive and the place. */
  private static final class Unpacked extends FilterInputStream {
    private final Origin origin;
    private final Compression compression;
    private long position;

    Unpacked(InputStream in, Origin origin, Compression compression) {
      super(in);
      this.origin = origin;
      this.compression = compression;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      try {
        int count = super.read(into, from, length);
        position += Math.max(0, count);
        return count;
      } catch (CorruptDataException e) {
        throw e;
      } catch (IOException e) {
        throw new CorruptDataException(origin, position, compression.wrong(e));
      }
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
