package drydock.truth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A body file as plaso reads it. What plaso would warn of, or not take, is a failure.
 *
 * <p>Rules from plaso/parsers/bodyfile.py (20260720; those of 2021 differ in nothing that matters
 * here): lines are UTF-8; fields are taken from both ends, what is left is the name; a name with a
 * control character is warned of; escapes of control characters, of {@code |} and of the backslash
 * are undone in this order; a link's name ends at its last arrow; times are floating-point numbers,
 * 0 is none. That this is what plaso does is shown by {@code LiveBodyFileTest}.
 */
public final class PlasoBodyFile {
  private static final int FIELDS = 11;
  private static final long LARGEST_NO_NTFS = (1L << 48) - 1;

  private PlasoBodyFile() {}

  /**
   * What plaso stores of a line.
   *
   * @param target empty where there is none
   * @param times accessed, modified, changed, born; nanoseconds, null for none
   */
  public record Entry(
      String filename,
      String target,
      long inode,
      String mode,
      String owner,
      long group,
      long size,
      String md5,
      List<BigInteger> times) {

    /** The bytes behind it. A name that is no link's keeps its target, as in fls's body files. */
    public TimedRow row() {
      String shown = target.isEmpty() ? filename : filename + " -> " + target;
      TimedRow.Parts parts = TimedRow.Parts.of(shown, mode.charAt(2) == 'l');
      assertThat(mode.startsWith("l/l") && parts.target() != null).isEqualTo(!target.isEmpty());
      return new TimedRow(
          KernelListing.escaped(bytes(parts.path())),
          parts.target() == null ? null : KernelListing.escaped(bytes(parts.target())),
          parts.mark(),
          inode,
          mode,
          Long.parseLong(owner),
          group,
          size,
          md5,
          times);
    }
  }

  public static List<Entry> read(byte[] file) throws CharacterCodingException {
    String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
    List<Entry> entries = new ArrayList<>();
    for (String line : text.split("\n")) {
      assertThat(line).doesNotStartWith("#");
      entries.add(entry(new ArrayList<>(Arrays.asList(line.split("\\|", -1)))));
    }
    return entries;
  }

  private static Entry entry(List<String> fields) {
    assertThat(fields.size()).as("%s", fields).isGreaterThanOrEqualTo(FIELDS);
    String md5 = fields.remove(0);
    assertThat(md5).matches("0|[0-9a-fA-F]{32}");
    BigInteger born = time(last(fields));
    BigInteger changed = time(last(fields));
    BigInteger modified = time(last(fields));
    BigInteger accessed = time(last(fields));
    long size = Long.parseLong(last(fields));
    long group = Long.parseLong(last(fields));
    String owner = Long.toString(Long.parseLong(last(fields)));
    String mode = last(fields);
    String inode = last(fields);
    assertThat(Long.parseLong(inode)).isBetween(0L, LARGEST_NO_NTFS);
    String name = unescaped(String.join("|", fields));
    int arrow = mode.startsWith("l") ? name.lastIndexOf(" -> ") : -1;
    return new Entry(
        arrow < 0 ? name : name.substring(0, arrow),
        arrow < 0 ? "" : name.substring(arrow + 4),
        Long.parseLong(inode),
        mode,
        owner,
        group,
        size,
        md5.equals("0") ? null : md5,
        Arrays.asList(accessed, modified, changed, born));
  }

  private static String last(List<String> fields) {
    String field = fields.remove(fields.size() - 1);
    assertThat(field).isNotEmpty();
    return field;
  }

  private static boolean isControl(int value) {
    return value < ' ' || (value >= 0x7f && value < 0xa0);
  }

  private static String unescaped(String name) {
    assertThat(name.chars().noneMatch(PlasoBodyFile::isControl)).as(name).isTrue();
    String text = name;
    for (int value = 0; value < 0xa0; value++) {
      if (isControl(value)) {
        text =
            text.replace(
                String.format(Locale.ROOT, "\\x%02x", value), String.valueOf((char) value));
      }
    }
    return text.replace("\\|", "|").replace("\\\\", "\\");
  }

  private static BigInteger time(String field) {
    double seconds = Double.parseDouble(field);
    if (seconds == 0) {
      return null;
    }
    BigInteger whole = new BigDecimal(seconds).toBigInteger();
    return whole.doubleValue() == seconds
        ? whole.multiply(BigInteger.valueOf(1_000_000_000))
        : new BigDecimal(seconds * 1e9).toBigInteger();
  }

  /** The bytes that a name stands for in which plaso undid what it undoes. */
  private static byte[] bytes(String shown) {
    ByteArrayOutputStream latin = new ByteArrayOutputStream();
    shown
        .codePoints()
        .forEach(
            each -> {
              boolean control = isControl(each);
              latin.writeBytes(
                  control
                      ? String.format(Locale.ROOT, "\\x%02x", each).getBytes(UTF_8)
                      : Character.toString(each).getBytes(UTF_8));
            });
    return BodyFileLine.unescape(latin.toString(ISO_8859_1));
  }
}
