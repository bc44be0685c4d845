package drydock.report;

import java.io.Writer;
import java.util.Locale;

/** How rows are written. One constant a format. */
public enum OutputFormat {
  /** Aligned columns for people. */
  TABLE {
    @Override
    public RowWriter writer(Writer out, Layout layout) {
      return new TableWriter(out, layout);
    }
  },
  /** One JSON array (or, of what is one thing, one object), indented. */
  JSON {
    @Override
    public RowWriter writer(Writer out, Layout layout) {
      return new JsonArrayWriter(out, layout);
    }
  },
  /** A JSON object a line. */
  JSONL {
    @Override
    public RowWriter writer(Writer out, Layout layout) {
      return new JsonLinesWriter(out);
    }
  },
  /** Comma-separated values (RFC 4180). */
  CSV {
    @Override
    public RowWriter writer(Writer out, Layout layout) {
      return new CsvWriter(out, layout);
    }
  };

  /**
   * How rows are laid out.
   *
   * @param header whether tables and CSV begin with a line of names
   * @param wide whether tables show values in full
   * @param single whether what is written is one thing and no list
   */
  public record Layout(boolean header, boolean wide, boolean single) {}

  public abstract RowWriter writer(Writer out, Layout layout);

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
