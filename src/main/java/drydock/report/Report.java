package drydock.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The columns of one kind of record.
 *
 * @param columns in the order of records
 * @param table names of those that a table shows, in its order
 */
public record Report<T>(List<Column<T>> columns, List<String> table) {

  /** The columns of a table: its own, and behind them, when it is to be wide, all others. */
  public List<Column<T>> forTable(boolean wide) {
    List<Column<T>> chosen = new ArrayList<>();
    table.forEach(name -> find(name).ifPresent(chosen::add));
    if (wide) {
      columns.stream().filter(column -> !chosen.contains(column)).forEach(chosen::add);
    }
    return chosen;
  }

  /** The column of that name or header, whatever its case. */
  public Optional<Column<T>> find(String name) {
    for (Column<T> column : columns) {
      if (column.isCalled(name)) {
        return Optional.of(column);
      }
    }
    return Optional.empty();
  }

  /** The same report and one column more, before the last one (which is the origin). */
  public Report<T> with(Column<T> column, boolean inTable) {
    List<Column<T>> more = new ArrayList<>(columns);
    more.add(more.size() - 1, column);
    List<String> shown = new ArrayList<>(table);
    if (inTable) {
      shown.add(Math.max(0, shown.size() - 1), column.name());
    }
    return new Report<>(List.copyOf(more), List.copyOf(shown));
  }

  /** The same columns for what holds such a record. */
  public <S> Report<S> within(Function<S, T> part) {
    return new Report<>(columns.stream().map(column -> column.within(part)).toList(), table);
  }

  /** Starts writing rows of some columns; the caller ends the writer. */
  public static <T> Rows<T> rows(List<Column<T>> columns, RowWriter writer) throws IOException {
    writer.begin(headings(columns));
    return record -> writer.row(cells(columns, record));
  }

  /** What a writer begins with. */
  public static <T> List<Column.Heading> headings(List<Column<T>> columns) {
    return columns.stream().map(Column::heading).toList();
  }

  /** The row of a record; what the columns ask for is read here, on any thread. */
  public static <T> List<Cell> cells(List<Column<T>> columns, T record) throws IOException {
    List<Cell> cells = new ArrayList<>(columns.size());
    for (Column<T> column : columns) {
      Column.Shown<T> shown = column.shown();
      cells.add(new Cell(column.value().of(record), shown == null ? null : shown.of(record)));
    }
    return cells;
  }

  /** The same for records that nobody lays out: without the texts of tables. */
  public static <T> List<Cell> values(List<Column<T>> columns, T record) throws IOException {
    List<Cell> cells = new ArrayList<>(columns.size());
    for (Column<T> column : columns) {
      cells.add(new Cell(column.value().of(record), null));
    }
    return cells;
  }

  /** Takes records, one a row. */
  @FunctionalInterface
  public interface Rows<T> {
    void add(T record) throws IOException;
  }
}
