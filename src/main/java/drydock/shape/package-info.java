/**
 * The bridge to Kaitai Struct: bounded bytes and an origin go in, an object of a generated class or
 * a {@link drydock.bytes.CorruptDataException} comes out. The only maker of Kaitai streams.
 */
@NullMarked
package drydock.shape;

import org.jspecify.annotations.NullMarked;
