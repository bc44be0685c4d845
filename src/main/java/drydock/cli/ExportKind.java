package drydock.cli;

import drydock.export.PartialFile;
import drydock.export.TreeSink;
import drydock.export.ext4.ImageSink;
import drydock.export.folder.FolderSink;
import drydock.export.tar.Compressed;
import drydock.export.tar.TarSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a tree can be taken out into. One constant each. */
enum ExportKind {
  /** A pax archive. */
  TAR("tar", ".tar") {
    @Override
    TreeSink sink(OutputStream out, int threads) {
      return new TarSink(out);
    }
  },
  /** The same, compressed with gzip. */
  TAR_GZ("tar.gz", ".tar.gz", ".tgz") {
    @Override
    TreeSink sink(OutputStream out, int threads) throws IOException {
      return Compressed.gzip(out, threads);
    }
  },
  /** The same, compressed with Zstandard. */
  TAR_ZST("tar.zst", ".tar.zst", ".tzst") {
    @Override
    TreeSink sink(OutputStream out, int threads) throws IOException {
      return Compressed.zstd(out, threads);
    }
  },
  /** Files as files. */
  DIRECTORY("directory") {
    @Override
    boolean isStream() {
      return false;
    }

    @Override
    TreeSink create(Path target, ExportSubject subject, int threads) throws IOException {
      return FolderSink.create(target);
    }
  },
  /** A file system of its own. */
  EXT4("ext4", ".ext4") {
    @Override
    boolean isStream() {
      return false;
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

  /** The kind that a target's name tells of; one without a dot in it is a directory. */
  static Optional<ExportKind> of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith("/") || lower.indexOf('.', lower.lastIndexOf('/') + 1) < 0) {
      return Optional.of(DIRECTORY);
    }
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

  /** Writes to a stream that is somebody else's to close, if this {@link #isStream}. */
  TreeSink sink(OutputStream out, int threads) throws IOException {
    throw new UnsupportedOperationException(this + " is not written from front to back");
  }

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

  /** What names of all kinds end in. */
  static String allEndings() {
    return Arrays.stream(values())
        .flatMap(kind -> Arrays.stream(kind.endings))
        .collect(Collectors.joining(" "));
  }

  /** What a name of this kind ends in. */
  String ending() {
    return endings.length == 0 ? "" : endings[0];
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return label;
  }
}
