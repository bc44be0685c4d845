package drydock.cli.debug;

import drydock.bolt.BoltFile;
import drydock.bolt.Bucket;
import drydock.bolt.EntryVisitor;
import drydock.bolt.MetaPage;
import drydock.bolt.PageMap;
import drydock.bolt.PageUse;
import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.cli.option.ReadingCommand;
import drydock.disk.OpenDisk;
import drydock.disk.RawFormat;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.fs.Lookup;
import drydock.fs.NameText;
import drydock.report.Column;
import drydock.report.Escape;
import drydock.report.Report;
import drydock.report.Value;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A Bolt database: its buckets, keys and values, its meta pages, or all of its pages. */
@Command(
    name = "bolt",
    footer = {
      "",
      "Example:",
      "  drydock debug bolt node.qcow2 \\",
      "    /var/lib/containerd/io.containerd.metadata.v1.bolt/meta.db",
      "  drydock debug bolt meta.db --meta",
      "Deleted keys are not shown, only what the newest sound meta page leads to; --pages",
      "says which pages may still hold some (free, unreachable)."
    })
final class BoltCommand extends ReadingCommand {
  /** A key or a nested bucket. */
  private record Row(
      List<byte[]> bucket, byte[] key, byte @Nullable [] content, long sequence, Origin origin) {}

  private static final Report<Row> ENTRIES =
      new Report<>(
          List.of(
              Column.<Row>of("bucket", r -> names(r.bucket())).shown(r -> path(r.bucket())),
              Column.of("key", r -> new Value.Bytes(r.key())),
              Column.<Row>of("key_hex", r -> Value.hexUnlessText(r.key())).whereKnown(),
              Column.of("kind", r -> Value.of(r.content() == null ? "bucket" : "value")),
              Column.of("sequence", r -> Value.of(r.content() == null ? r.sequence() : null)),
              Column.of("size", r -> Value.of(r.content() == null ? null : r.content().length)),
              Column.of("value", r -> r.content() == null ? null : new Value.Data(r.content())),
              Column.<Row>of(
                      "value_hex",
                      r -> r.content() == null ? null : Value.hexUnlessText(r.content()))
                  .whereKnown(),
              Column.of("origin", r -> Value.of(r.origin()))),
          List.of("bucket", "key", "kind", "size", "value"));

  private static final Report<MetaPage> METAS =
      new Report<>(
          List.of(
              Column.of("number", m -> Value.of(m.number())),
              Column.of("offset", m -> Value.of(m.offset())),
              Column.of("sound", m -> Value.of(m.isSound())),
              Column.of("faults", m -> Value.of(m.faults())),
              Column.of("version", m -> Value.of(m.version())),
              Column.of("page_bytes", m -> Value.of(m.pageBytes())),
              Column.of("root_page", m -> Value.of(m.rootPage())),
              Column.of(
                  "freelist_page",
                  m ->
                      m.freelistPage() == MetaPage.NO_FREELIST ? null : Value.of(m.freelistPage())),
              Column.of("page_count", m -> Value.of(m.pageCount())),
              Column.of("transaction", m -> Value.of(m.transaction())),
              Column.of("checksum", m -> Value.of(Long.toHexString(m.checksum())))),
          List.of(
              "number",
              "offset",
              "sound",
              "page_bytes",
              "root_page",
              "freelist_page",
              "page_count",
              "transaction",
              "faults"));

  private static final Report<PageUse> PAGES =
      new Report<>(
          List.of(
              Column.of("number", p -> Value.of(p.number())),
              Column.of("state", p -> Value.of(p.state().name().toLowerCase(Locale.ROOT))),
              Column.of("type", p -> Value.of(p.type())),
              Column.of("says_number", p -> Value.of(p.said())),
              Column.of("elements", p -> Value.of(p.count())),
              Column.of("overflow_pages", p -> Value.of(p.overflowPages())),
              Column.of("bucket", p -> Value.of(p.owner()))),
          List.of("number", "state", "type", "elements", "overflow_pages", "bucket"));

  @Parameters(
      index = "0",
      paramLabel = "EVIDENCE",
      description = "A disk or a mounted root; or, without PATH, the database itself.")
  Path path = Path.of("");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PATH",
      description = "The database on the node.")
  @Nullable String inside;

  @Option(names = "--meta", description = "Show the two meta pages instead.")
  boolean meta;

  @Option(names = "--pages", description = "Show what each page is and who has it instead.")
  boolean pages;

  @Mixin OutputOption output = new OutputOption();

  BoltCommand(Console console) {
    super(console);
  }

  @Override
  protected Path evidencePath() {
    return path;
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int read(FindingLog log) throws IOException {
    if (inside == null) {
      try (OpenDisk file = new RawFormat().open(path, log)) {
        show(file.bytes(), log);
      }
    } else {
      try (Evidence evidence = open(log)) {
        Lookup.Found found = new Lookup(evidence.node()).find(NameText.unescape(inside), true);
        if (!found.node().meta().isFile()) {
          throw new NoSuchFileException(inside, null, "not a regular file");
        }
        show(found.node().content(), log);
      }
    }
    return ExitCode.DONE;
  }

  private void show(ByteSource bytes, FindingLog log) throws IOException {
    BoltFile file = BoltFile.open(bytes, log);
    if (meta) {
      output.rows(console, METAS, file.metaPages());
    } else if (pages) {
      output.rows(console, PAGES, rows -> PageMap.of(file).forEach(rows::add));
    } else {
      output.rows(console, ENTRIES, rows -> bucket(List.of(), file.root(), rows));
    }
  }

  /**
   * A bucket's entries, those of a nested one right behind it; nesting is bounded by the reader.
   */
  private static void bucket(List<byte[]> at, Bucket bucket, Report.Rows<Row> rows)
      throws IOException {
    bucket.forEach(
        new EntryVisitor() {
          @Override
          public void value(byte[] key, byte[] value) throws IOException {
            rows.add(new Row(at, key, value, 0, bucket.origin()));
          }

          @Override
          public void bucket(Bucket nested) throws IOException {
            rows.add(new Row(at, nested.name(), null, nested.sequence(), nested.origin()));
            List<byte[]> below = new ArrayList<>(at);
            below.add(nested.name());
            BoltCommand.bucket(below, nested, rows);
          }
        });
  }

  private static Value names(List<byte[]> names) {
    List<@Nullable Value> values = new ArrayList<>();
    names.forEach(name -> values.add(new Value.Bytes(name)));
    return new Value.Many(values);
  }

  private static String path(List<byte[]> names) {
    return "/" + String.join("/", names.stream().map(Escape::bytes).toList());
  }
}
