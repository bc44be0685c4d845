package drydock.shape;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import io.kaitai.struct.ByteBufferKaitaiStream;
import io.kaitai.struct.KaitaiStream;
import java.nio.BufferUnderflowException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decodes an array that is already cut to the record's size with a generated Kaitai class.
 *
 * <p>Generated code reads while it constructs and throws unchecked errors; here each of them
 * becomes a {@link CorruptDataException}. It must never be given more than one record's bytes: what
 * it may allocate is bounded by the array.
 */
public final class Shape {
  private Shape() {}

  /**
   * {@code new} of a generated class over {@code raw}.
   *
   * @param name what is decoded, for the message, e.g. {@code "ext4 superblock"}
   */
  public static <T> T decode(
      byte[] raw, Origin origin, String name, Function<KaitaiStream, T> shape)
      throws CorruptDataException {
    ByteBufferKaitaiStream stream = new ByteBufferKaitaiStream(raw);
    try {
      return shape.apply(stream);
    } catch (KaitaiStream.KaitaiStructError | KaitaiStream.UndecidedEndiannessError e) {
      throw new CorruptDataException(origin, stream.pos(), name + ": " + firstLine(e.getMessage()));
    } catch (BufferUnderflowException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | NegativeArraySizeException e) {
      throw new CorruptDataException(
          origin, stream.pos(), name + " is cut off", raw.length + " bytes", "more");
    }
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "does not fit its shape" : message.lines().findFirst().orElse("");
  }
}
