package drydock.export;

import java.io.IOException;
import java.util.List;

/** Hands all that it takes to another sink; what ends it is up to who extends it. */
public abstract class ForwardingSink implements TreeSink {
  private final TreeSink sink;

  protected ForwardingSink(TreeSink sink) {
    this.sink = sink;
  }

  @Override
  public final List<String> add(ExportedFile file) throws IOException {
    return sink.add(file);
  }

  @Override
  public final List<String> beginFile(ExportedFile file, List<Data> data) throws IOException {
    return sink.beginFile(file, data);
  }

  @Override
  public final void write(byte[] bytes, int offset, int length) throws IOException {
    sink.write(bytes, offset, length);
  }

  @Override
  public final void endFile() throws IOException {
    sink.endFile();
  }

  @Override
  public void finish() throws IOException {
    sink.finish();
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
