package drydock.bolt;

import java.io.IOException;

/** Is told the entries of a bucket, in the order of their keys. */
public interface EntryVisitor {
  /** A plain key. */
  default void value(byte[] key, byte[] value) throws IOException {}

  /** A nested bucket. */
  default void bucket(Bucket bucket) throws IOException {}
}
