package drydock.checkpoint.memory;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.checkpoint.criu.ImageEntry;
import drydock.checkpoint.criu.ImageFile;
import drydock.checkpoint.criu.ImageKind;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import drydock.fs.tar.TarTree;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are in a dump and in no process's memory: under way in pipes, sockets and message
 * queues, or of files that are gone but open, or of a tmpfs.
 *
 * @param kind the stem of the image's name, as in {@code sk-queues}
 * @param offset of the first byte in the image; of a packed file 0
 * @param name of a file the path that it had, where one is known
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record StoredData(
    String kind, Origin image, long offset, ByteSource bytes, byte @Nullable [] name) {

  /** Takes them one by one. */
  interface Sink {
    void take(StoredData data) throws IOException;
  }

  /** All, by the names of the images; what cannot be read is a finding. */
  static void visit(DumpImages images, MappedFiles files, FindingLog log, Sink sink)
      throws IOException {
    for (ImageFile image : images.all()) {
      switch (image.kind()) {
        case PAGES, PAGEMAP, MM, CORE, FILES -> {}
        case TMPFS_DEV, TMPFS_IMG -> packed(image, log, sink);
        case GHOST_FILE -> {
          byte[] path = files.ghost(image.name()).orElse(null);
          image.entries(entry -> payloads(image, entry, path, sink));
        }
        default -> image.entries(entry -> payloads(image, entry, null, sink));
      }
    }
  }

  private static boolean payloads(
      ImageFile image, ImageEntry entry, byte @Nullable [] name, Sink sink) throws IOException {
    String kind = image.kind().stem();
    for (ImageEntry.Payload payload : entry.payloads()) {
      sink.take(new StoredData(kind, image.origin(), payload.offset(), payload.bytes(), name));
    }
    if (image.kind() == ImageKind.TTY_DATA) {
      // what was typed and not read yet is a field of the message
      ByteSource message = new ArraySource(entry.message(), entry.origin());
      sink.take(new StoredData(kind, image.origin(), entry.offset(), message, name));
    }
    return true;
  }

  private static void packed(ImageFile image, FindingLog log, Sink sink) throws IOException {
    String kind = image.kind().stem();
    TarTree tree;
    try {
      tree = TarTree.open(image.bytes(), log);
    } catch (IOException e) {
      log.add(e, image.origin());
      sink.take(new StoredData(kind, image.origin(), 0, image.bytes(), null));
      return;
    }
    try {
      files(kind, tree, TreePath.ROOT, log, sink);
    } catch (CorruptDataException e) {
      log.add(Finding.of(e));
    }
  }

  /**
   * All files of a tree.
   *
   * @param above the path of the tree's root
   */
  static void files(String kind, FileTree tree, TreePath above, FindingLog log, Sink sink)
      throws IOException {
    new TreeWalk(log)
        .walk(
            above,
            tree.root(),
            (path, node, meta) -> {
              if (meta.isFile()) {
                ByteSource content = node.content();
                sink.take(new StoredData(kind, content.origin(), 0, content, path.bytes()));
              }
            });
  }
}
