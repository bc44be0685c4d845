package drydock.cli;

import drydock.export.ExportedFile;
import drydock.export.PartialFile;
import drydock.export.TreeSink;
import java.io.IOException;
import java.util.List;

/** A target that writes to one file, and the file. */
record FileTarget(PartialFile file, TreeSink sink) implements TreeSink {
  @Override
  public List<String> add(ExportedFile added) throws IOException {
    return sink.add(added);
  }

  @Override
  public List<String> beginFile(ExportedFile begun, List<Data> data) throws IOException {
    return sink.beginFile(begun, data);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    sink.write(bytes, offset, length);
  }

  @Override
  public void endFile() throws IOException {
    sink.endFile();
  }

  @Override
  public void finish() throws IOException {
    sink.finish();
    file.finish();
  }

  @Override
  public void close() throws IOException {
    try {
      sink.close();
    } finally {
      file.close();
    }
  }
}
