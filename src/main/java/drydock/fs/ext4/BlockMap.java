package drydock.fs.ext4;

import java.io.IOException;

/** Tells where a file's blocks lie. Safe from many threads. */
interface BlockMap {
  /** No file has this many blocks. */
  long END = Long.MAX_VALUE;

  /**
   * The run that holds a block of the file; it may be cut, but never wrong.
   *
   * @throws drydock.bytes.CorruptDataException when what should tell is damaged there
   */
  BlockRun runAt(long fileBlock) throws IOException;
}
