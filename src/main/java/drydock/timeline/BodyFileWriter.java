package drydock.timeline;

import drydock.finding.FindingLog;
import drydock.fs.FileMeta;
import drydock.fs.FileTree;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import drydock.fs.Node;
import drydock.fs.OrderedWork;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files of trees as a body file. Walks on the thread that asks; links and contents are
 * read and lines made on others, {@link OrderedWork in order}.
 *
 * @param fraction whether times have nine digits behind the second
 * @param md5 whether the content of regular files is hashed
 * @param deleted whether deleted names and files are among them
 * @param threads how many read and make lines
 */
public record BodyFileWriter(
    boolean fraction, boolean md5, boolean deleted, int threads, FindingLog log) {

  private static final OrderedWork.Size LINES = new OrderedWork.Size(256, Long.MAX_VALUE, 16);

  /** Contents of all sizes: many small ones may wait for a large one before them. */
  private static final OrderedWork.Size HASHES = new OrderedWork.Size(64, 1 << 20, 256);

  /** Is told how much is done, from any of the threads. */
  @FunctionalInterface
  public interface Progress {
    void add(long bytes, long files, Object at);
  }

  /**
   * Writes all files of a tree.
   *
   * @param prefix stands before every path
   */
  public void write(FileTree tree, String prefix, OutputStream out, Progress progress)
      throws IOException {
    TimedFiles files = new TimedFiles(log);
    OrderedWork.Size size = md5 ? HASHES : LINES;
    Rooms rooms = new Rooms();
    try (OrderedWork<TimedFile, ByteBuffer> work =
        new OrderedWork<>(
            threads,
            size,
            (batch, running) ->
                new Lines(prefix, rooms.take(batch.size()), files, progress, running).of(batch),
            lines -> {
              out.write(lines.array(), 0, lines.limit());
              rooms.giveBack(lines.array());
            })) {
      TimedFiles.Visitor each = file -> work.add(file, weight(file));
      if (deleted) {
        files.livingAndHidden(tree, each);
      } else {
        files.living(tree, each);
      }
      work.drain();
      if (deleted) {
        files.nameless(tree, each);
        work.drain();
      }
    }
  }

  /** Arrays for lines, used again: the lines of a large disk take hundreds of megabytes. */
  private static final class Rooms {
    /** One that grew larger, for long paths, is not kept. */
    private static final int MOST_BYTES = 1 << 18;

    private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();

    byte[] take(int lines) {
      byte[] room = spare.poll();
      return room == null ? BodyFile.room(lines) : room;
    }

    void giveBack(byte[] room) {
      if (room.length <= MOST_BYTES) {
        spare.add(room);
      }
    }
  }

  private long weight(TimedFile file) {
    FileMeta meta = file.meta();
    return md5 && meta != null && meta.isFile() ? meta.size() : 0;
  }

  /** The lines of a batch: of each file, and behind a directory of its deleted names. */
  private final class Lines {
    private final BodyFile text;
    private final TimedFiles files;
    private final Progress progress;
    private final OrderedWork.Running running;

    Lines(
        String prefix,
        byte[] room,
        TimedFiles files,
        Progress progress,
        OrderedWork.Running running) {
      this.text = new BodyFile(prefix, fraction, room);
      this.files = files;
      this.progress = progress;
      this.running = running;
    }

    ByteBuffer of(List<TimedFile> batch) throws IOException {
      TimedFiles.Visitor behind = this::add;
      for (TimedFile file : batch) {
        add(file);
        if (deleted) {
          files.deletedNames(file, behind);
        }
      }
      return text.lines();
    }

    private void add(TimedFile file) throws InterruptedIOException {
      text.add(file, target(file), md5 ? md5(file, progress, running) : null);
      progress.add(0, 1, file.path());
    }
  }

  private byte @Nullable [] target(TimedFile file) {
    Node node = file.node();
    if (node == null || file.meta() == null || !file.meta().isSymlink()) {
      return null;
    }
    try {
      return node.linkTarget();
    } catch (IOException e) {
      log.add(e, node.origin());
      return null;
    }
  }

  private @Nullable String md5(TimedFile file, Progress progress, OrderedWork.Running running)
      throws InterruptedIOException {
    Node node = file.node();
    if (node == null || file.meta() == null || !file.meta().isFile()) {
      return null;
    }
    try {
      Map<HashAlgorithm, String> hashes =
          Hashes.of(
              node.content(),
              Set.of(HashAlgorithm.MD5),
              bytes -> {
                running.check();
                progress.add(bytes, 0, file.path());
              });
      return hashes.get(HashAlgorithm.MD5);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      log.add(e, node.origin());
      return null;
    }
  }
}
