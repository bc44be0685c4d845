package drydock.bolt;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.ksy.BoltBucket;
import drydock.shape.Shape;

/**
 * The start of a bucket's value (bbolt, bucket.go).
 *
 * @param rootPage 0 when the bucket is inline: its page follows
 * @param sequence the counter that users of the database may draw numbers from
 */
record BucketHeader(long rootPage, long sequence) {
  static final int BYTES = 16;

  static BucketHeader decode(byte[] raw, Origin origin) throws CorruptDataException {
    BoltBucket shape = Shape.decode(raw, origin, "Bolt bucket", BoltBucket::new);
    return new BucketHeader(shape.root(), shape.sequence());
  }

  boolean isInline() {
    return rootPage == 0;
  }
}
