package drydock.checkpoint.memory.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternScanTest {
  private static final List<Charset> ALL =
      List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

  /** Everything that fits, found by trying every place. */
  @Test
  void findsWhatTryingEveryPlaceFinds() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 400; round++) {
      PatternReader reader = new PatternReader(ALL, List.of(), random.nextBoolean());
      int count = 1 + random.nextInt(5);
      for (int i = 0; i < count; i++) {
        addRandom(reader, "p" + i, random);
      }
      PatternSet set = reader.patterns();
      byte[] text = new byte[random.nextInt(400)];
      for (int i = 0; i < text.length; i++) {
        text[i] = (byte) "ABab\0\1".charAt(random.nextInt(6));
      }

      assertThat(found(set, text, text.length + 1))
          .as("round " + round)
          .isEqualTo(tried(set, text));
      int chunk = 1 + random.nextInt(40);
      assertThat(found(set, text, chunk)).as("round " + round).isEqualTo(tried(set, text));
    }
  }

  private static void addRandom(PatternReader reader, String name, Random random) {
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(6);
    boolean hex = random.nextBoolean();
    for (int i = 0; i < length; i++) {
      String[] bytes = {"41", "42", "6?", "00", "??", "?1"};
      text.append(hex ? bytes[random.nextInt(bytes.length)] : "ABab".charAt(random.nextInt(4)));
    }
    if (hex) {
      text.append("41");
      reader.hex(name, text.toString());
    } else {
      reader.text(name, text.toString());
    }
  }

  private static TreeSet<String> tried(PatternSet set, byte[] text) {
    TreeSet<String> all = new TreeSet<>();
    for (int p = 0; p < set.literals().size(); p++) {
      BytePattern pattern = set.literals().get(p);
      for (int at = 0; at + pattern.length() <= text.length; at++) {
        if (pattern.isAt(text, at)) {
          all.add(p + " " + at);
        }
      }
    }
    return all;
  }

  /** Scans in parts, which tell what begins in them, in both ways. */
  private static TreeSet<String> found(PatternSet set, byte[] text, int part) {
    TreeSet<String> all = found(new ShiftScan(set.literals()), text, part);
    ByteScan rare = ByteScan.of(set.literals());
    if (rare != null) {
      assertThat(found(rare, text, part)).isEqualTo(all);
    }
    return all;
  }

  private static TreeSet<String> found(LiteralScan scan, byte[] text, int part) {
    TreeSet<String> all = new TreeSet<>();
    // what is known begins and ends inside of an array
    byte[] buffer = new byte[text.length + 14];
    Arrays.fill(buffer, (byte) 'A');
    System.arraycopy(text, 0, buffer, 5, text.length);
    SearchText there = new SearchText(buffer, 5, text.length + 5, 0);
    for (int from = 5; from < text.length + 5; from += part) {
      int to = Math.min(text.length + 5, from + part);
      int[] last = new int[64];
      scan.scan(
          there,
          from,
          to,
          (p, start, stop) -> {
            assertThat(start).isGreaterThanOrEqualTo(last[p]);
            last[p] = start;
            assertThat(all.add(p + " " + (start - 5))).isTrue();
          });
    }
    return all;
  }

  private static List<Match> matches(PatternScan scan, byte[] bytes, long base) throws Exception {
    SearchText text = new SearchText(bytes, 0, bytes.length, base);
    PatternRun run = scan.run(text, 0, bytes.length, new int[scan.resumes()]);
    List<Match> found = new ArrayList<>();
    Matches matches = new Matches();
    while (run.hasMore()) {
      matches.clear();
      run.next(matches);
      for (int i = 0; i < matches.size(); i++) {
        found.add(new Match(matches.pattern(i), matches.start(i), matches.end(i)));
      }
    }
    return found;
  }

  private record Match(int pattern, int start, int end) {}

  private static List<String> regex(String text, byte[] bytes, boolean ignoreCase)
      throws Exception {
    PatternReader reader = new PatternReader(ALL, List.of(StandardCharsets.UTF_8), ignoreCase);
    reader.expression(text, text);
    List<String> found = new ArrayList<>();
    for (Match match : matches(new PatternScan(reader.patterns()), bytes, 0)) {
      found.add(
          match.start()
              + " "
              + new String(
                  bytes, match.start(), match.end() - match.start(), StandardCharsets.UTF_8));
    }
    return found;
  }

  @Test
  void expressionsSeeBytes() throws Exception {
    byte[] bytes = "\0\0key=Söhne;\0KEY=x\n".getBytes(StandardCharsets.UTF_8);

    assertThat(regex("key=[^;]+", bytes, false)).containsExactly("2 key=Söhne");
    assertThat(regex("key=\\w", bytes, true)).containsExactly("2 key=S", "14 KEY=x");
    assertThat(regex("Söhne", bytes, false)).containsExactly("6 Söhne");
    assertThat(regex("\\x00+k", bytes, false)).hasSize(1);
  }

  @Test
  void wideExpressionsAreFoundAtEvenAndOddAddresses() throws Exception {
    PatternReader reader = new PatternReader(ALL, List.of(StandardCharsets.UTF_16LE), false);
    reader.expression("x", "p[0-9]+ö");
    byte[] bytes = new byte[64];
    byte[] text = "p42ö".getBytes(StandardCharsets.UTF_16LE);
    System.arraycopy(text, 0, bytes, 10, text.length);
    System.arraycopy(text, 0, bytes, 31, text.length);

    assertThat(matches(new PatternScan(reader.patterns()), bytes, 0))
        .extracting(Match::start)
        .containsExactly(10, 31);
  }

  @Test
  void ofTheTwoOrdersOfUtf16TheEvenOneCounts() throws Exception {
    PatternReader reader = new PatternReader(ALL, List.of(), false);
    reader.text("t", "secret");
    byte[] little = "\0xsecretx".getBytes(StandardCharsets.UTF_16LE);
    byte[] big = "xsecretx\0".getBytes(StandardCharsets.UTF_16BE);
    PatternScan scan = new PatternScan(reader.patterns());

    assertThat(matches(scan, little, 0x1000))
        .extracting(m -> reader.patterns().encoding(m.pattern()) + " " + m.start())
        .containsExactly("UTF-16LE 4");
    assertThat(matches(scan, big, 0x1000))
        .extracting(m -> reader.patterns().encoding(m.pattern()) + " " + m.start())
        .containsExactly("UTF-16BE 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+b", "(a|aa)+$x", "(.*)*y"})
  void expressionsThatNeverEndAreGivenUp(String text) {
    byte[] bytes = new byte[1 << 16];
    Arrays.fill(bytes, (byte) 'a');

    assertThatThrownBy(() -> regex(text, bytes, false))
        .isInstanceOf(RegexTooSlowException.class)
        .hasMessageContaining(text);
  }

  @ParameterizedTest
  @CsvSource({"abc", "a?c", "'zz'", "'??'", "''"})
  void bytesThatMakeNoSenseAreRefused(String text) {
    PatternReader reader = new PatternReader(ALL, List.of(), false);

    assertThatThrownBy(() -> reader.hex("x", text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void linesNamePatternsOfThreeKinds() {
    PatternReader reader =
        new PatternReader(List.of(StandardCharsets.UTF_8), List.of(StandardCharsets.UTF_8), false);
    List.of("# keys", "", "aws key: regex AKIA[0-9A-Z]{16}", "elf: hex 7f454c46", "t: text a b")
        .forEach(reader::line);

    PatternSet set = reader.patterns();
    assertThat(List.of(set.name(0), set.name(1), set.name(2)))
        .containsExactly("elf", "t", "aws key");
    assertThat(set.literals().get(1).length()).isEqualTo(3);
    assertThatThrownBy(() -> reader.line("no colon")).hasMessageContaining("NAME: text|hex|regex");
  }

  @Test
  void caseOfLettersBeyondAsciiDoesNotCount() throws Exception {
    PatternReader reader = new PatternReader(ALL, List.of(), true);
    reader.text("x", "Größe р");
    byte[] there = "xGRÖßE Р".getBytes(StandardCharsets.UTF_8);
    byte[] other = "xGRÖßE С".getBytes(StandardCharsets.UTF_8);

    PatternScan scan = new PatternScan(reader.patterns());
    assertThat(matches(scan, there, 0)).hasSize(1);
    assertThat(matches(scan, other, 0)).isEmpty();
  }
}
