package drydock.disk;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;

/**
 * Checks the fields of one record before anything is done with them; what it throws names the
 * field.
 */
record FieldCheck(Origin origin, String record) {

  /** The value, if it lies between the two (both included). */
  long range(String field, long at, long value, long least, long most) throws CorruptDataException {
    if (value < least || value > most) {
      String expected = least == most ? Long.toString(least) : least + " to " + most;
      throw new CorruptDataException(
          origin, at, record + ": " + field, Long.toUnsignedString(value), expected);
    }
    return value;
  }

  void aligned(String field, long at, long value, int alignment) throws CorruptDataException {
    if (value % alignment != 0) {
      throw new CorruptDataException(
          origin, at, record + ": " + field, Long.toString(value), "a multiple of " + alignment);
    }
  }

  /** An offset in a file: not negative and on a cluster's start. */
  void offset(String field, long at, long value, int clusterBytes) throws CorruptDataException {
    range(field, at, value, 0, Long.MAX_VALUE);
    aligned(field, at, value, clusterBytes);
  }
}
