package drydock.cli;

import drydock.export.ForwardingSink;
import drydock.export.PartialFile;
import drydock.export.TreeSink;
import java.io.IOException;

/** A target that writes to one file, and the file. */
final class FileTarget extends ForwardingSink {
  private final PartialFile file;

  FileTarget(PartialFile file, TreeSink sink) {
    super(sink);
    this.file = file;
  }

  @Override
  public void finish() throws IOException {
    super.finish();
    file.finish();
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      file.close();
    }
  }
}
