package drydock.truth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A body file as mactime reads and sorts it. A line that it would skip as none of a body file is a
 * failure.
 *
 * <p>Rules from The Sleuth Kit 4.11.1, tools/timeline/mactime.base: lines are bytes; {@code |} ends
 * a field, and only then {@code %NN} becomes a byte; lines without a time, and with none from 1970
 * on, are left out; times are cut to seconds and sorted as text, with the inode and the name behind
 * them; mode, owners and size are those of the last line of a name. That this is what mactime does
 * is shown by {@code LiveBodyFileTest}.
 */
public final class MactimeBodyFile {
  private static final int FIELDS = 11;
  private static final int FIRST_TIME = 7;
  private static final Pattern PERCENT = Pattern.compile("%([A-Fa-f0-9]{2})");

  /** In the order of the line, which is not that of the output. */
  private static final String LETTERS = "amcb";

  private MactimeBodyFile() {}

  /** The lines, in their order. */
  public static List<TimedRow> read(byte[] file) {
    return fields(file).stream().map(MactimeBodyFile::row).toList();
  }

  private static List<String[]> fields(byte[] file) {
    List<String[]> lines = new ArrayList<>();
    for (String line : new String(file, ISO_8859_1).split("\n")) {
      assertThat(line).doesNotMatch("#.*|\\s+");
      String[] fields = line.split("\\|");
      assertThat(fields).as(line).hasSize(FIELDS);
      for (int i = 0; i < fields.length; i++) {
        fields[i] =
            PERCENT
                .matcher(fields[i])
                .replaceAll(
                    hex ->
                        Matcher.quoteReplacement("" + (char) Integer.parseInt(hex.group(1), 16)));
        boolean number = i == 2 || i > 3;
        assertThat(!number || fields[i].matches("-?\\d+(\\.\\d+)?")).as(line).isTrue();
      }
      lines.add(fields);
    }
    return lines;
  }

  private static TimedRow row(String[] f) {
    TimedRow.Parts parts = TimedRow.Parts.of(f[1], f[3].charAt(2) == 'l');
    List<BigInteger> times = new ArrayList<>();
    for (int i = FIRST_TIME; i < FIELDS; i++) {
      BigDecimal time = new BigDecimal(f[i]);
      times.add(f[i].equals("0") ? null : time.movePointRight(9).toBigIntegerExact());
    }
    return new TimedRow(
        KernelListing.escaped(BodyFileLine.unescape(parts.path())),
        parts.target() == null
            ? null
            : KernelListing.escaped(BodyFileLine.unescape(parts.target())),
        parts.mark(),
        Long.parseLong(f[2]),
        f[3],
        Long.parseLong(f[4]),
        Long.parseLong(f[5]),
        Long.parseLong(f[6]),
        f[0].equals("0") ? null : f[0],
        times);
  }

  /** What {@code mactime -y -d} prints, a character for each byte. */
  public static String sorted(byte[] file) {
    Map<String, String> letters = new TreeMap<>();
    Map<String, String> others = new HashMap<>();
    for (String[] f : fields(file)) {
      BigDecimal[] times = new BigDecimal[LETTERS.length()];
      for (int i = 0; i < times.length; i++) {
        times[i] = new BigDecimal(f[FIRST_TIME + i]);
      }
      boolean none = Arrays.stream(f).skip(FIRST_TIME).allMatch("0"::equals);
      if (none || Arrays.stream(times).allMatch(time -> time.signum() < 0)) {
        continue;
      }
      for (int i = 0; i < times.length; i++) {
        BigInteger second = times[i].toBigInteger();
        if (second.signum() >= 0) {
          String key = String.format(Locale.ROOT, "%010d,%s,%s", second, f[2], f[1]);
          letters.merge(key, "" + LETTERS.charAt(i), String::concat);
        }
      }
      others.put(f[1], f[6] + ",%s," + f[3] + "," + f[4] + "," + f[5]);
    }
    StringBuilder out = new StringBuilder("Date,Size,Type,Mode,UID,GID,Meta,File Name\n");
    letters.forEach((key, which) -> out.append(line(key.split(",", 3), which, others)));
    return out.toString();
  }

  private static String line(String[] key, String letters, Map<String, String> others) {
    StringBuilder which = new StringBuilder();
    for (char each : "macb".toCharArray()) {
      which.append(letters.indexOf(each) >= 0 ? each : '.');
    }
    return date(Long.parseLong(key[0]))
        + ","
        + String.format(others.get(key[2]), which)
        + ","
        + key[1]
        + ",\""
        + key[2].replace("\"", "\"\"")
        + "\"\n";
  }

  private static String date(long second) {
    if (second == 0) {
      return "0000-00-00T00:00:00Z";
    }
    ZonedDateTime time = Instant.ofEpochSecond(second).atZone(ZoneOffset.UTC);
    return String.format(
        Locale.ROOT,
        "%d-%02d-%02dT%02d:%02d:%02dZ",
        time.getYear(),
        time.getMonthValue(),
        time.getDayOfMonth(),
        time.getHour(),
        time.getMinute(),
        time.getSecond());
  }
}
