package drydock.cli;

import drydock.export.PartialFile;
import drydock.export.TreeSink;
import drydock.export.ext4.ImageSink;
import drydock.export.tar.TarSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What a tree can be taken out into. One constant each. */
enum ExportKind {
  /** A pax archive. */
  TAR("tar", ".tar") {
    @Override
    TreeSink sink(OutputStream out, int threads) {
      return new TarSink(out);
    }
  },

  /** A file system of its own. */
  EXT4("ext4", ".ext4") {
    @Override
    boolean isStream() {
      return false;
    }

    @Override
    TreeSink sink(OutputStream out, int threads) {
      throw new UnsupportedOperationException("an image is not written from front to back");
    }

    @Override
    TreeSink create(Path target, ExportSubject subject, int threads) throws IOException {
      return ImageSink.create(target, subject.label(), subject.text());
    }
  };

  private final String label;
  private final String[] endings;

  ExportKind(String label, String... endings) {
    this.label = label;
    this.endings = endings;
  }

  /** The kind that a file's name tells of. */
  static Optional<ExportKind> of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (ExportKind kind : values()) {
      for (String ending : kind.endings) {
        if (lower.endsWith(ending) && lower.length() > ending.length()) {
          return Optional.of(kind);
        }
      }
    }
    return Optional.empty();
  }

  /** Whether it is written from front to back, so that a pipe can take it. */
  boolean isStream() {
    return true;
  }

  /** Writes to a stream that is somebody else's to close. */
  abstract TreeSink sink(OutputStream out, int threads) throws IOException;

  /** Makes something new under a name that it has when it is whole. */
  TreeSink create(Path target, ExportSubject subject, int threads) throws IOException {
    PartialFile file = PartialFile.create(target);
    try {
      return new FileTarget(file, sink(file.out(), threads));
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** What a name of this kind ends in. */
  String ending() {
    return endings[0];
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return label;
  }
}
