package drydock.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.report.OutputFormat.Layout;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowWriterTest {
  private static final Layout LAYOUT = new Layout(true, false, false);
  private static final String ID = "ab".repeat(32);

  /** A thing with a value of each kind. */
  record Thing(String name, Long size, Map<String, String> labels, byte[] document) {}

  private static final Report<Thing> REPORT =
      new Report<>(
          List.of(
              Column.of("name", t -> Value.of(t.name())),
              Column.of("size", t -> Value.of(t.size())),
              Column.of("id", t -> Value.id(ID)),
              Column.of("created", t -> Value.of(Instant.parse("2026-11-22T01:00:49.5Z"))),
              Column.of("labels", t -> Value.of(t.labels())),
              Column.<Thing>of(
                      "document",
                      t -> t.document() == null ? null : new Value.Document(t.document()))
                  .whereKnown()),
          List.of("size", "name", "id", "created"));

  private static final Thing ANCHOR = new Thing("anchor", 7L, Map.of("a", "b"), null);

  @Test
  void tableAlignsNumbersRightAndSaysNothingBehindTheLastText() throws IOException {
    String table =
        write(
            OutputFormat.TABLE,
            ANCHOR,
            new Thing("li\u001bne", null, Map.of(), null),
            new Thing("rope", 1234L, Map.of(), null));
    assertThat(table)
        .isEqualTo(
            """
            SIZE  NAME      ID            CREATED
               7  anchor    abababababab  2026-11-22T01:00:49Z
               -  li\\x1bne  abababababab  2026-11-22T01:00:49Z
            1234  rope      abababababab  2026-11-22T01:00:49Z
            """);
  }

  @Test
  void longTextIsNotCutAndDoesNotWidenTheColumn() throws IOException {
    String name = "x".repeat(101);
    String table = write(OutputFormat.TABLE, new Thing(name, 1L, Map.of(), null), ANCHOR);
    assertThat(table).contains("1  " + name + "  abab").contains("7  anchor  abab");
  }

  @Test
  void wideCharactersTakeTwoColumns() throws IOException {
    String table = write(OutputFormat.TABLE, new Thing("文件", 1L, Map.of(), null), ANCHOR);
    assertThat(table).contains("1  文件    abab").contains("7  anchor  abab");
  }

  @Test
  void rowsBehindTheMeasuredOnesAreWrittenAsTheyCome() throws IOException {
    List<Thing> many = new ArrayList<>();
    for (int i = 0; i < 2500; i++) {
      many.add(new Thing("n" + i, (long) i, Map.of(), null));
    }
    String table = write(OutputFormat.TABLE, many.toArray(Thing[]::new));
    assertThat(table.lines()).hasSize(2501);
    assertThat(table.lines().skip(2500).findFirst().orElseThrow()).startsWith("2499  n2499");
  }

  @Test
  void jsonIsAnArrayWithUnknownAsNull() throws IOException {
    String json =
        write(OutputFormat.JSON, new Thing("<&'\u009b\u202e", null, Map.of("k", "v"), null));
    assertThat(json)
        .isEqualTo(
            """
            [
              {
                "name": "<&'\\u009b\\u202e",
                "size": null,
                "id": "%s",
                "created": "2026-11-22T01:00:49.5Z",
                "labels": {
                  "k": "v"
                }
              }
            ]
            """
                .formatted(ID));
  }

  @Test
  void jsonWithoutRowsIsAnEmptyArray() throws IOException {
    assertThat(write(OutputFormat.JSON)).isEqualTo("[]\n");
    assertThat(write(OutputFormat.JSONL)).isEmpty();
  }

  @Test
  void documentsGoIntoJsonAsStoredToTheByte() throws IOException {
    String stored = "{\"b\" :1.0,\n  \"a\":\"\\u0041\u202e\"}";
    String json = write(OutputFormat.JSON, new Thing("n", 1L, Map.of(), stored.getBytes(UTF_8)));
    assertThat(json).contains("\"document\": " + stored + "\n");
  }

  @Test
  void documentsInJsonLinesStayOnTheirLine() throws IOException {
    String stored = "{\"b\" :1.0,\r\n\"a\":2}";
    String lines =
        write(OutputFormat.JSONL, new Thing("n", 1L, Map.of(), stored.getBytes(UTF_8)), ANCHOR);
    assertThat(lines.lines()).hasSize(2);
    assertThat(lines).contains("\"document\":{\"b\" :1.0,  \"a\":2}}");
  }

  @Test
  void documentThatIsNoJsonBecomesBase64() throws IOException {
    assertThat(write(OutputFormat.JSONL, new Thing("n", 1L, Map.of(), "{\"a\":".getBytes(UTF_8))))
        .contains("\"document\":{\"base64\":\"eyJhIjo=\"}");
    assertThat(write(OutputFormat.JSONL, new Thing("n", 1L, Map.of(), "{} {}".getBytes(UTF_8))))
        .contains("\"document\":{\"base64\":");
    assertThat(write(OutputFormat.JSONL, new Thing("n", 1L, Map.of(), new byte[] {(byte) 0xff})))
        .contains("\"document\":{\"base64\":\"/w==\"}");
  }

  @Test
  void csvQuotesWhatNeedsItAndKeepsEverythingElse() throws IOException {
    String csv =
        write(OutputFormat.CSV, new Thing("a \"b\",\nc\u001b", null, Map.of("k", "v"), null));
    assertThat(csv)
        .isEqualTo(
            "name,size,id,created,labels,document\r\n\"a \"\"b\"\",\nc\u001b\",,"
                + ID
                + ",2026-11-22T01:00:49.5Z,\"{\"\"k\"\":\"\"v\"\"}\",\r\n");
  }

  private static String write(OutputFormat format, Thing... things) throws IOException {
    StringWriter out = new StringWriter();
    RowWriter writer = format.writer(out, LAYOUT);
    List<Column<Thing>> columns =
        format == OutputFormat.TABLE ? REPORT.forTable(false) : REPORT.columns();
    Report.Rows<Thing> rows = Report.rows(columns, writer);
    for (Thing thing : things) {
      rows.add(thing);
    }
    writer.end();
    return out.toString();
  }
}
