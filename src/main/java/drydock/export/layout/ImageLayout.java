package drydock.export.layout;

import drydock.export.PartialFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A new layout: a directory, or an archive if its name ends in {@code .tar}. It has its name when
 * it is whole, and what was written is gone if it never is. Nothing that exists is written over.
 * For one thread.
 */
public final class ImageLayout implements Closeable {
  private static final String ARCHIVE = ".tar";
  private static final String BLOBS = "blobs";
  private static final String SHA256 = "sha256";
  private static final String LAYER = "layer";

  private final Path target;
  private final Path folder;
  private final boolean packed;

  /** What was made, a directory before what is in it. */
  private final List<Path> made = new ArrayList<>();

  private boolean finished;

  private ImageLayout(Path target, Path folder, boolean packed) {
    this.target = target;
    this.folder = folder;
    this.packed = packed;
  }

  /**
   * Begins a layout.
   *
   * @throws java.nio.file.FileAlreadyExistsException when it is there already, or one that was
   *     never finished
   */
  public static ImageLayout create(Path target) throws IOException {
    boolean packed = String.valueOf(target.getFileName()).endsWith(ARCHIVE);
    PartialFile.refuseExisting(target);
    PartialFile.refuseExisting(PartialFile.partialOf(target));
    Path folder =
        packed
            ? target.resolveSibling(target.getFileName() + ".layout" + PartialFile.SUFFIX)
            : PartialFile.partialOf(target);
    PartialFile.refuseExisting(folder);
    ImageLayout layout = new ImageLayout(target, folder, packed);
    try {
      layout.directory(folder);
      layout.directory(folder.resolve(BLOBS));
      layout.directory(layout.blobs());
    } catch (IOException e) {
      layout.close();
      throw e;
    }
    return layout;
  }

  private void directory(Path path) throws IOException {
    Files.createDirectory(path);
    made.add(path);
  }

  private Path blobs() {
    return folder.resolve(BLOBS).resolve(SHA256);
  }

  private OutputStream file(Path path) throws IOException {
    OutputStream out =
        Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    made.add(path);
    return out;
  }

  /** The layer, to be written and finished before any document is given. */
  public LayerSink layer(boolean compress, int threads) throws IOException {
    return new LayerSink(this, file(folder.resolve(LAYER)), compress, threads);
  }

  /** Gives the layer its name. */
  void named(Blob blob) throws IOException {
    Path named = blobs().resolve(blob.sha256());
    Files.move(folder.resolve(LAYER), named, StandardCopyOption.ATOMIC_MOVE);
    made.remove(folder.resolve(LAYER));
    made.add(named);
  }

  /** Stores a document. */
  public Blob document(byte[] document) throws IOException {
    String sha256 = HexFormat.of().formatHex(MeasuredStream.sha256().digest(document));
    write(blobs().resolve(sha256), document);
    return new Blob(sha256, document.length);
  }

  private void write(Path path, byte[] bytes) throws IOException {
    try (OutputStream out = file(path)) {
      out.write(bytes);
    }
  }

  /**
   * All is there: gives it its name.
   *
   * @param mark the document {@code oci-layout}
   * @param index the document {@code index.json}
   * @param time of the entries of an archive; null when none is known
   */
  public void finish(byte[] mark, byte[] index, @Nullable Instant time) throws IOException {
    write(folder.resolve("oci-layout"), mark);
    write(folder.resolve("index.json"), index);
    if (packed) {
      LayoutArchive.write(folder, made, target, time);
      return;
    }
    PartialFile.refuseExisting(target);
    Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
    finished = true;
  }

  @Override
  public void close() throws IOException {
    if (finished) {
      return;
    }
    finished = true;
    for (int i = made.size() - 1; i >= 0; i--) {
      Files.deleteIfExists(made.get(i));
    }
  }
}
