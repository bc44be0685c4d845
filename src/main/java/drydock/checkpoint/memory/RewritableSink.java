package drydock.checkpoint.memory;

import java.io.IOException;

/** Takes bytes from front to back, and at the end the first ones once more. */
public interface RewritableSink extends MemorySink {
  /** Takes the first bytes in the place of those that it took before. */
  void rewrite(byte[] first) throws IOException;
}
