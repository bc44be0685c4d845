package drydock.checkpoint.memory;

import java.io.IOException;

/** Takes bytes from front to back. */
public interface MemorySink {
  void write(byte[] bytes, int length) throws IOException;

  /** So many bytes that are zero, or are not known. */
  void zeros(long length) throws IOException;
}
