package drydock.bolt;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.ksy.BoltPage;
import drydock.shape.Shape;
import java.util.Arrays;
import java.util.Locale;

/**
 * The header of a page (bbolt, page.go).
 *
 * @param id the number that the page says it has; 0 in an inline bucket
 * @param flags the type as stored
 * @param count how many elements it says it has
 * @param overflowPages how many further pages belong to it
 */
record PageHeader(long id, int flags, int count, long overflowPages) {
  static final int BYTES = 16;

  /** Decodes the first 16 bytes of an array. */
  static PageHeader decode(byte[] raw, Origin origin) throws CorruptDataException {
    BoltPage shape =
        Shape.decode(
            Arrays.copyOf(raw, Math.min(raw.length, BYTES)),
            origin,
            "Bolt page header",
            BoltPage::new);
    return new PageHeader(shape.id(), shape.flags(), shape.count(), shape.overflow());
  }

  /** The type in words; as a number when it is none that we know. */
  String typeText() {
    return PageType.of(flags)
        .map(t -> t.name().toLowerCase(Locale.ROOT))
        .orElse("type 0x" + Integer.toHexString(flags));
  }
}
