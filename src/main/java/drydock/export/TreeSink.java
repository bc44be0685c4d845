package drydock.export;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * What a tree is written to. Used by one thread: every file once for each of its names, a directory
 * before what is in it, the root first, names of a directory in byte order.
 *
 * <p>Until {@link #finish} is through, nothing that this wrote looks like a whole result; {@link
 * #close} without it takes away what was written.
 */
public interface TreeSink extends Closeable {
  /** What the words begin with that tell of a node that is not in the target at all. */
  String LEFT_OUT = "left out: ";

  /** A stretch of a file's content that is no hole. In bytes; never empty. */
  record Data(long position, long length) {
    public long end() {
      return position + length;
    }
  }

  /**
   * Takes everything that is not a file with content: directories, links, devices, pipes, sockets
   * and further names of a file.
   *
   * @return what of it this kind of target could not keep, each in a few words; empty when it is
   *     all there. One that begins with {@link #LEFT_OUT} says that nothing of it is: then no
   *     further name of it is given
   */
  List<String> add(ExportedFile file) throws IOException;

  /**
   * Begins a file; exactly the bytes of its data follow by {@link #write}, then {@link #endFile}.
   *
   * @param data in ascending order, apart from each other, within the file's size; what lies
   *     between is holes
   * @return as {@link #add}
   */
  List<String> beginFile(ExportedFile file, List<Data> data) throws IOException;

  /** The next bytes of the file's data; a piece never reaches over a hole. */
  void write(byte[] bytes, int offset, int length) throws IOException;

  void endFile() throws IOException;

  /** All was added: writes what is left to write and gives the result its name. */
  void finish() throws IOException;
}
