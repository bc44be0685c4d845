package drydock.export.layout;

import drydock.export.ExportedFile;
import drydock.export.TreeSink;
import drydock.export.tar.ParallelGzip;
import drydock.export.tar.TarSink;
import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the layer of a layout: an archive without its root, compressed or not. Of the times only
 * that of modification is kept: reading a directory changes others.
 */
public final class LayerSink implements TreeSink {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final String WHITEOUT = ".wh.";

  private final ImageLayout layout;
  private final MeasuredStream stored;
  private final MeasuredStream archive;
  private final @Nullable ParallelGzip gzip;
  private final TarSink tar;
  private @Nullable Layer layer;

  LayerSink(ImageLayout layout, OutputStream file, boolean compress, int threads)
      throws IOException {
    this.layout = layout;
    this.stored = new MeasuredStream(new BufferedOutputStream(file, BUFFER_BYTES));
    this.gzip = compress ? new ParallelGzip(stored, threads) : null;
    this.archive = new MeasuredStream(gzip == null ? stored : gzip);
    this.tar = new TarSink(new BufferedOutputStream(archive, BUFFER_BYTES));
  }

  @Override
  public List<String> add(ExportedFile file) throws IOException {
    if (file.path().isRoot()) {
      return List.of();
    }
    return file.path().name().startsWith(WHITEOUT)
        ? List.of(LEFT_OUT + "its name would delete another file of the image")
        : tar.add(plain(file));
  }

  @Override
  public List<String> beginFile(ExportedFile file, List<Data> data) throws IOException {
    return tar.beginFile(plain(file), data);
  }

  private static ExportedFile plain(ExportedFile file) {
    FileMeta meta = file.meta();
    FileTimes times = new FileTimes(meta.times().modified(), null, null, null, null);
    FileMeta kept =
        new FileMeta(
            meta.inode(),
            meta.type(),
            meta.permissions(),
            meta.uid(),
            meta.gid(),
            meta.size(),
            meta.links(),
            meta.device(),
            times);
    return new ExportedFile(file.path(), kept, file.linkOf(), file.attributes(), file.target());
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    tar.write(bytes, offset, length);
  }

  @Override
  public void endFile() throws IOException {
    tar.endFile();
  }

  @Override
  public void finish() throws IOException {
    tar.finish();
    if (gzip != null) {
      gzip.finish();
    }
    stored.close();
    Layer whole = new Layer(stored.blob(), archive.blob().sha256());
    layout.named(whole.blob());
    layer = whole;
  }

  /** What was written. */
  public Layer layer() {
    Layer whole = layer;
    if (whole == null) {
      throw new IllegalStateException("the layer is not finished");
    }
    return whole;
  }

  @Override
  public void close() throws IOException {
    if (gzip != null) {
      gzip.close();
    }
    if (layer == null) {
      stored.close();
    }
  }
}
