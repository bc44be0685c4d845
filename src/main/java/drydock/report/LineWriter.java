package drydock.report;

import java.io.IOException;
import java.util.List;

/** A writer whose rows are text of their own, whatever stands around them. */
public interface LineWriter extends RowWriter {
  /** Appends the text of one row, its end included. Safe from many threads. */
  void text(List<Cell> cells, StringBuilder into) throws IOException;

  /** Writes the text of rows. */
  void rows(CharSequence text) throws IOException;

  @Override
  default void row(List<Cell> cells) throws IOException {
    StringBuilder text = new StringBuilder();
    text(cells, text);
    rows(text);
  }
}
