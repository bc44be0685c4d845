package drydock.export.tar;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import drydock.export.ExportedFile;
import drydock.export.TreeSink;
import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressedTest {
  private static final int[] THREADS = {1, 2, 3, 7};

  /** Makes a compressed archive on so many threads. */
  @FunctionalInterface
  private interface Kind {
    TreeSink of(OutputStream out, int threads) throws IOException;
  }

  /** Runs of zeros and of noise, so that something is gained, and not everywhere. */
  private static byte[] content(int size) {
    byte[] bytes = new byte[size];
    Random random = new Random(7);
    for (int i = 0; i < size; i++) {
      bytes[i] = (i >> 12 & 1) == 0 ? (byte) random.nextInt(8) : 0;
    }
    return bytes;
  }

  private static byte[] write(byte[] content, int piece, TreeSink sink) throws IOException {
    FileMeta meta =
        new FileMeta(1, NodeType.FILE, 0644, 0, 0, content.length, 1, null, FileTimes.NONE);
    ExportedFile file =
        new ExportedFile(TreePath.of("/f"), meta, null, new TreeMap<>(), new byte[0]);
    boolean empty = content.length == 0;
    sink.beginFile(file, empty ? List.of() : List.of(new TreeSink.Data(0, content.length)));
    for (int at = 0; at < content.length; at += piece) {
      sink.write(content, at, Math.min(piece, content.length - at));
    }
    sink.endFile();
    sink.finish();
    sink.close();
    return content;
  }

  private static byte[] compress(byte[] content, int piece, int threads, Kind kind)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(content, piece, kind.of(out, threads));
    return out.toByteArray();
  }

  private static byte[] plain(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(content, 1 << 16, new TarSink(out));
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 251_903, 251_904, 251_905, 262_144, 600_000, 3_000_000})
  void gzipIsOneMemberAndTheSameForAnyNumberOfThreads(int size) throws IOException {
    byte[] content = content(size);
    byte[] alone = compress(content, 1 << 16, 1, Compressed::gzip);
    for (int threads : THREADS) {
      assertThat(compress(content, 77_777, threads, Compressed::gzip)).isEqualTo(alone);
    }
    ByteArrayInputStream in = new ByteArrayInputStream(alone);
    assertThat(new GZIPInputStream(in, 512).readAllBytes()).isEqualTo(plain(content));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 600_000, 20_000_000})
  void zstdIsTheSameForAnyNumberOfThreads(int size) throws IOException {
    byte[] content = content(size);
    byte[] alone = compress(content, 1 << 16, 1, Compressed::zstd);
    for (int threads : THREADS) {
      assertThat(compress(content, 77_777, threads, Compressed::zstd)).isEqualTo(alone);
    }
    assertThat(new ZstdInputStream(new ByteArrayInputStream(alone)).readAllBytes())
        .isEqualTo(plain(content));
  }

  @Test
  void blocksUseWhatTheOneBeforeThemEndedWith() throws IOException {
    byte[] noise = new byte[30_000];
    new Random(1).nextBytes(noise);
    byte[] content = new byte[300 * noise.length];
    for (int i = 0; i < 300; i++) {
      System.arraycopy(noise, 0, content, i * noise.length, noise.length);
    }
    // without dictionaries each of the 35 blocks would hold the noise once
    assertThat(compress(content, 1 << 16, 2, Compressed::gzip).length)
        .isLessThan(10 * noise.length);
  }

  @Test
  void whatIsGivenUpEndsNoStream() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TreeSink sink = Compressed.gzip(out, 2)) {
      assertThat(sink).isNotNull();
    }
    assertThat(out.size()).isEqualTo(10);
  }
}
