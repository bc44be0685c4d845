package drydock.report;

import java.io.IOException;
import java.util.List;

/** Writes rows in one output format. For one thread. */
public interface RowWriter {
  void begin(List<Column.Heading> headings) throws IOException;

  /** One row, a cell for each heading. */
  void row(List<Cell> cells) throws IOException;

  /** Writes what is left; does not close what was written to. */
  void end() throws IOException;
}
