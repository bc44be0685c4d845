package drydock.checkpoint.memory.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexGateTest {
  private static RegexPattern pattern(String text, boolean ignoreCase) {
    return RegexPattern.of(text, text, StandardCharsets.UTF_8, ignoreCase);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS_[A-Z]+=x",
        "^AKIA[0-9A-Z]{16}",
        "\\bkey\\.pem",
        "[0-9]{4}-[0-9]{4}",
        "ab+",
        "\\x7fELF.*"
      })
  void frontsThatMustBeThereAreGates(String text) {
    assertThat(RegexGate.of(pattern(text, false))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc|x",
        "(abc)",
        "a?bc",
        "(?i)abc",
        "ab*",
        "\\Qa.b\\E",
        "[a-z]{20}",
        ".*abc",
        "a{0}",
        "\\p{L}bc",
        "a{0,3}bcd",
        "[a&&[^b]]cd",
        "^*abc",
        "abc\\Gd"
      })
  void otherFrontsAreNone(String text) {
    assertThat(RegexGate.of(pattern(text, false))).isEmpty();
  }

  /** Expressions of all kinds find the same with their gates as without. */
  @Test
  void gatesHideNothing() throws Exception {
    String[] atoms = {
      "a", "b", "ab", "A", "[ab]", "[^a]", ".", "\\w", "\\.", "(a|b)", "(?:ab)", "\\x61", "\\b",
      "^", "[b-]", "\\d"
    };
    String[] counts = {"", "", "", "", "+", "*", "?", "{2}", "{1,3}", "{2,}", "{0}", "{2}?", "+?"};
    Random random = new Random(11);
    int gates = 0;
    for (int round = 0; round < 4000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = 1 + random.nextInt(5); i > 0; i--) {
        String atom = atoms[random.nextInt(atoms.length)];
        boolean isWidthless = atom.equals("^") || atom.equals("\\b");
        text.append(atom).append(isWidthless ? "" : counts[random.nextInt(counts.length)]);
      }
      text.append(random.nextInt(20) == 0 ? "|ba" : "");
      RegexPattern pattern = pattern(text.toString(), random.nextBoolean());
      byte[] bytes = new byte[200];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) "aabbAB.1\n ".charAt(random.nextInt(10));
      }
      if (RegexGate.of(pattern).isPresent()) {
        gates++;
      }
      assertThat(found(pattern, bytes)).as(text.toString()).isEqualTo(plain(pattern, bytes));
    }
    assertThat(gates).isGreaterThan(300);
  }

  private static List<String> found(RegexPattern pattern, byte[] bytes) throws Exception {
    PatternScan scan = new PatternScan(new PatternSet(List.of(), List.of(pattern)));
    SearchText text = new SearchText(bytes, 0, bytes.length, 0);
    PatternRun run = scan.run(text, 0, bytes.length, new int[1]);
    Matches matches = new Matches();
    run.next(matches);
    assertThat(run.hasMore()).isFalse();
    List<String> found = new ArrayList<>();
    for (int i = 0; i < matches.size(); i++) {
      found.add(matches.start(i) + "-" + matches.end(i));
    }
    return found;
  }

  private static List<String> plain(RegexPattern pattern, byte[] bytes) {
    Matcher matcher = pattern.pattern().matcher(new String(bytes, StandardCharsets.ISO_8859_1));
    List<String> found = new ArrayList<>();
    for (int from = 0; from < bytes.length && matcher.find(from); ) {
      if (matcher.end() > matcher.start()) {
        found.add(matcher.start() + "-" + matcher.end());
      }
      from = Math.max(matcher.end(), matcher.start() + 1);
    }
    return found;
  }
}
