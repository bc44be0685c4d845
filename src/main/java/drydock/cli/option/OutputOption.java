package drydock.cli.option;

import drydock.report.Column;
import drydock.report.Dossier;
import drydock.report.OutputFormat;
import drydock.report.Report;
import drydock.report.RowWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How records are written, and where to. */
public final class OutputOption extends OutputFileOption {
  @Spec(Spec.Target.MIXEE)
  CommandSpec command = Declarations.emptySpec();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}.")
  @Nullable OutputFormat format;

  @Option(names = "--wide", description = "Show all columns, and values in full.")
  boolean wide;

  @Option(names = "--no-header", description = "Leave out the line of names.")
  boolean noHeader;

  @Option(
      names = "--columns",
      paramLabel = "NAME",
      split = ",",
      description = "Show these fields only, in this order, e.g. name,status.")
  List<String> columns = new ArrayList<>();

  /** Makes rows of records, one by one. */
  @FunctionalInterface
  public interface Source<T> {
    void into(Report.Rows<T> rows) throws IOException;
  }

  /** The format that was asked for, or this one. */
  public OutputFormat formatOr(OutputFormat usual) {
    return format == null ? usual : format;
  }

  /** Whether anything was typed that only records have. */
  public boolean asksForRecords() {
    return format != null || wide || noHeader || !columns.isEmpty();
  }

  /** Writes records as rows. */
  public <T> void rows(Console console, Report<T> report, Source<T> source) throws IOException {
    OutputFormat chosen = formatOr(OutputFormat.TABLE);
    List<Column<T>> shown = choose(report, chosen);
    use(
        console,
        out -> {
          RowWriter writer = chosen.writer(buffered(out), layout());
          source.into(Report.rows(shown, writer));
          writer.end();
        });
  }

  /** Writes records that are there already as rows. */
  public <T> void rows(Console console, Report<T> report, List<T> records) throws IOException {
    rows(
        console,
        report,
        rows -> {
          for (T each : records) {
            rows.add(each);
          }
        });
  }

  /** Gives what records are made of, one by one. */
  @FunctionalInterface
  public interface Items<I> {
    void into(RowFeed<I> feed) throws IOException;
  }

  /** Writes records as rows, read on several threads and in the order of what they are made of. */
  public <I, T> void rows(
      Console console, Report<T> report, int threads, RowFeed.Making<I, T> making, Items<I> items)
      throws IOException {
    manyRows(
        console,
        report,
        threads,
        (item, running) -> {
          T made = making.of(item, running);
          return made == null ? List.of() : List.of(made);
        },
        items);
  }

  /** The same where an item may make several records. */
  public <I, T> void manyRows(
      Console console,
      Report<T> report,
      int threads,
      RowFeed.MakingMany<I, T> making,
      Items<I> items)
      throws IOException {
    OutputFormat chosen = formatOr(OutputFormat.TABLE);
    List<Column<T>> shown = choose(report, chosen);
    use(
        console,
        out -> {
          RowWriter writer = chosen.writer(buffered(out), layout());
          writer.begin(Report.headings(shown));
          try (RowFeed<I> feed = RowFeed.of(threads, shown, making, writer)) {
            items.into(feed);
            feed.drain();
          }
          writer.end();
        });
  }

  private OutputFormat.Layout layout() {
    return new OutputFormat.Layout(!noHeader, wide || !columns.isEmpty(), false);
  }

  /** Writers of rows make many small writes, each of which costs an encoder much. */
  private static Writer buffered(OutputStream out) {
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 14);
  }

  /** Whether records are to be written for people and nobody has chosen columns. */
  public boolean isOutline() {
    return formatOr(OutputFormat.TABLE) == OutputFormat.TABLE && columns.isEmpty();
  }

  /** Makes what is written of a record for people. */
  @FunctionalInterface
  public interface Outlining<T> {
    Dossier of(T record) throws IOException;
  }

  /** Writes records for people, each as lines of a name and a value, with empty lines between. */
  public <T> void outlines(Console console, Report<T> report, Source<T> source) throws IOException {
    dossiers(console, record -> Dossier.of(report, record), source);
  }

  /** The same, of what is chosen of each. */
  public <T> void dossiers(Console console, Outlining<T> outlining, Source<T> source)
      throws IOException {
    OutputFormat.Layout layout = new OutputFormat.Layout(true, true, true);
    use(
        console,
        out -> {
          Writer text = buffered(out);
          boolean[] begun = new boolean[1];
          source.into(
              record -> {
                text.write(begun[0] ? "\n" : "");
                begun[0] = true;
                outlining.of(record).write(OutputFormat.TABLE, layout, text);
              });
          text.flush();
        });
  }

  /** Writes what is known of one thing. */
  public void dossier(Console console, Dossier dossier, OutputFormat usual) throws IOException {
    OutputFormat.Layout layout = new OutputFormat.Layout(!noHeader, true, true);
    for (String name : columns) {
      if (!dossier.has(name)) {
        throw unknown(name, dossier.names());
      }
    }
    Dossier shown = columns.isEmpty() ? dossier : dossier.only(columns);
    use(
        console,
        out ->
            shown.write(
                formatOr(usual), layout, new OutputStreamWriter(out, StandardCharsets.UTF_8)));
  }

  /** Whether a column of that name will be shown, so that costly ones can be left out. */
  public <T> List<Column<T>> choose(Report<T> report, OutputFormat chosen) {
    if (columns.isEmpty()) {
      return chosen == OutputFormat.TABLE ? report.forTable(wide) : report.columns();
    }
    return columns.stream().map(name -> column(report, name)).toList();
  }

  private <T> Column<T> column(Report<T> report, String name) {
    return report
        .find(name.strip())
        .orElseThrow(() -> unknown(name, report.columns().stream().map(Column::name).toList()));
  }

  private ParameterException unknown(String name, List<String> known) {
    return new ParameterException(
        command.commandLine(), "no column '" + name + "'; there are " + String.join(", ", known));
  }
}
