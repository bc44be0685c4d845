package drydock.truth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Timelines as Timesketch's importer takes them. What it would not take is a failure, but for times
 * that its CSV reader has no room for.
 *
 * <p>Rules from timesketch/lib/utils.py, {@code read_and_validate_jsonl} and {@code
 * read_and_validate_csv} (20261014): {@code message}, {@code datetime} and {@code timestamp_desc}
 * in every event; {@code timestamp} in microseconds is taken from JSON as it is, and made from
 * {@code datetime} of CSV; fields that its store has itself are removed. pandas reads the CSV:
 * every row has as many fields as the first one, and times are nanoseconds in 64 bits. That this is
 * what Timesketch does is shown by {@code LiveTimesketchTest}.
 */
public final class TimesketchFile {
  private static final List<String> NEEDED = List.of("message", "datetime", "timestamp_desc");
  private static final Set<String> REMOVED =
      Set.of("_id", "_type", "_index", "_source", "__ts_timeline_id", "tag");
  private static final Instant FIRST = Instant.parse("1700-01-01T00:00:00Z");
  private static final Instant LAST = Instant.ofEpochSecond(0, Long.MAX_VALUE);

  private TimesketchFile() {}

  /** What is stored of an event. */
  public record Row(Instant time, BigInteger micros, String meaning, String message) {
    /** Whether the reader of CSV has room for its time. */
    public boolean fitsCsv() {
      return !time.isBefore(FIRST) && !time.isAfter(LAST);
    }
  }

  /** Rows of JSON, a line each. */
  public static List<Row> jsonl(byte[] file) throws CharacterCodingException {
    List<Row> rows = new ArrayList<>();
    for (String line : text(file).split("\n")) {
      JsonObject event = JsonParser.parseString(line).getAsJsonObject();
      assertThat(event.keySet()).containsAll(NEEDED).doesNotContainAnyElementsOf(REMOVED);
      JsonElement micros = event.get("timestamp");
      assertThat(micros.getAsJsonPrimitive().isNumber()).isTrue();
      Row row =
          row(
              event.get("datetime").getAsString(),
              event.get("timestamp_desc").getAsString(),
              event.get("message").getAsString());
      assertThat(micros.getAsBigInteger()).isEqualTo(row.micros());
      rows.add(row);
    }
    return rows;
  }

  /** Rows of CSV, those too that have no room for their times. */
  public static List<Row> csv(byte[] file) throws CharacterCodingException {
    List<List<String>> lines = rfc4180(text(file));
    List<String> header = lines.remove(0);
    assertThat(new HashSet<>(header)).hasSameSizeAs(header);
    assertThat(header).containsAll(NEEDED).doesNotContainAnyElementsOf(REMOVED);
    List<Row> rows = new ArrayList<>();
    for (List<String> line : lines) {
      assertThat(line).hasSameSizeAs(header);
      rows.add(
          row(
              line.get(header.indexOf("datetime")),
              line.get(header.indexOf("timestamp_desc")),
              line.get(header.indexOf("message"))));
    }
    return rows;
  }

  private static Row row(String datetime, String meaning, String message) {
    assertThat(datetime).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z");
    assertThat(meaning).isNotEmpty();
    assertThat(message).isNotBlank();
    Instant time = Instant.parse(datetime);
    BigInteger micros =
        BigInteger.valueOf(time.getEpochSecond())
            .multiply(BigInteger.valueOf(1_000_000))
            .add(BigInteger.valueOf(time.getNano() / 1000));
    return new Row(time, micros, meaning, message);
  }

  private static String text(byte[] file) throws CharacterCodingException {
    String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
    assertThat(text).endsWith("\n");
    return text;
  }

  /** Rows of fields; a quote only at the beginning of a field, at its end, or twice within. */
  public static List<List<String>> rfc4180(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      StringBuilder field = new StringBuilder();
      at = text.charAt(at) == '"' ? quoted(text, at + 1, field) : plain(text, at, field);
      row.add(field.toString());
      if (text.startsWith("\r\n", at)) {
        rows.add(row);
        row = new ArrayList<>();
        at += 2;
      } else {
        assertThat(text.charAt(at)).isEqualTo(',');
        at++;
      }
    }
    assertThat(row).isEmpty();
    return rows;
  }

  private static int quoted(String text, int from, StringBuilder field) {
    int at = from;
    while (text.charAt(at) != '"' || text.startsWith("\"\"", at)) {
      field.append(text.charAt(at));
      at += text.charAt(at) == '"' ? 2 : 1;
    }
    return at + 1;
  }

  private static int plain(String text, int from, StringBuilder field) {
    int at = from;
    while (",\r\n\"".indexOf(text.charAt(at)) < 0) {
      field.append(text.charAt(at++));
    }
    return at;
  }
}
