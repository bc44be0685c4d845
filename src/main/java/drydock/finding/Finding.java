package drydock.finding;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that was wrong with the evidence, and the answer went on without it.
 *
 * @param what one line, in plain words
 * @param offset in bytes from the start of what {@code origin} names; null when no byte is to blame
 */
public record Finding(
    Severity severity,
    String what,
    Origin origin,
    @Nullable Long offset,
    @Nullable String found,
    @Nullable String expected) {

  public static Finding note(Origin origin, String what) {
    return new Finding(Severity.NOTE, what, origin, null, null, null);
  }

  public static Finding missing(Origin origin, String what) {
    return new Finding(Severity.MISSING, what, origin, null, null, null);
  }

  public static Finding damage(Origin origin, long offset, String what) {
    return new Finding(Severity.DAMAGE, what, origin, offset, null, null);
  }

  public static Finding damage(
      Origin origin, long offset, String what, String found, String expected) {
    return new Finding(Severity.DAMAGE, what, origin, offset, found, expected);
  }

  /** The finding that says what an exception said, for a reader that goes on after it. */
  public static Finding of(CorruptDataException e) {
    return new Finding(Severity.DAMAGE, e.what(), e.origin(), e.offset(), e.found(), e.expected());
  }

  // Written out: what the compiler makes of a record is put together anew in each run.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Finding finding
        && severity == finding.severity
        && what.equals(finding.what)
        && origin.equals(finding.origin)
        && Objects.equals(offset, finding.offset)
        && Objects.equals(found, finding.found)
        && Objects.equals(expected, finding.expected);
  }

  @Override
  public int hashCode() {
    int place = 31 * origin.hashCode() + Objects.hashCode(offset);
    return 31 * place + what.hashCode();
  }
}
