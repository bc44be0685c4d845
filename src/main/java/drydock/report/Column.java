package drydock.report;

import java.io.IOException;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One field of a record.
 *
 * @param name in records, in snake_case
 * @param header over the column of a table
 * @param value what it holds; null is unknown
 * @param shown its text in tables where that is not the value's own
 * @param optional whether records leave it out where it is null (else they say null)
 */
public record Column<T>(
    String name, String header, Cell<T> value, @Nullable Shown<T> shown, boolean optional) {
  /** Takes the value out of a record; may read evidence. */
  @FunctionalInterface
  public interface Cell<T> {
    @Nullable Value of(T record) throws IOException;
  }

  /** Makes a table's text out of a record, fit for a terminal. */
  @FunctionalInterface
  public interface Shown<T> {
    @Nullable String of(T record) throws IOException;
  }

  public static <T> Column<T> of(String name, Cell<T> value) {
    return new Column<>(name, name.toUpperCase(Locale.ROOT), value, null, false);
  }

  /** The same under another header. */
  public Column<T> header(String text) {
    return new Column<>(name, text, value, shown, optional);
  }

  /** The same with another text in tables. */
  public Column<T> shown(Shown<T> text) {
    return new Column<>(name, header, value, text, optional);
  }

  /** The same, left out of a record where it is null. */
  public Column<T> whereKnown() {
    return new Column<>(name, header, value, shown, true);
  }

  /** The same for what holds such a record. */
  <S> Column<S> within(Function<S, T> part) {
    Shown<T> text = shown;
    return new Column<>(
        name,
        header,
        whole -> value.of(part.apply(whole)),
        text == null ? null : whole -> text.of(part.apply(whole)),
        optional);
  }

  boolean isCalled(String text) {
    return name.equalsIgnoreCase(text) || header.equalsIgnoreCase(text);
  }

  Heading heading() {
    return new Heading(name, header, optional);
  }

  /** What a writer has to know of a column. */
  public record Heading(String name, String header, boolean optional) {}
}
