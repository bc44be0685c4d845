package drydock.runtime.containerd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScanTest {
  private static Optional<Map<String, String>> scan(String json, String... paths) {
    return JsonScan.values(json.getBytes(UTF_8), List.of(paths));
  }

  @Test
  void valuesAreFoundBesideWhatNobodyWants() {
    var found =
        scan(
            " { \"a\" : [1, -2.5e+3, {\"x\": \"}\\\"\"}], \"process\" : {\"env\":[\"A=ü\"],"
                + " \"args\" : [ \"/bin/sh\", \"\\u0041\" ] }, \"hostname\":\"h\" } ",
            "process.args",
            "hostname",
            "linux.namespaces");
    assertThat(found.orElseThrow())
        .containsOnly(
            entry("process.args", "[ \"/bin/sh\", \"\\u0041\" ]"), entry("hostname", "\"h\""));
  }

  @Test
  void ofTwoValuesOfAPathTheLastOneCounts() {
    assertThat(scan("{\"a\":{\"b\":1},\"a\":{\"b\":2}}", "a.b").orElseThrow())
        .containsOnly(entry("a.b", "2"));
  }

  @Test
  void namesThatOnlyBeginLikeAPathAreOthers() {
    assertThat(scan("{\"pro\":{\"args\":1},\"processes\":{\"args\":2}}", "process.args").get())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"a\":1",
        "{\"a\" 1}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":tru}",
        "{\"a\":[1,,2]}",
        "{\"a\":[1,]}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"line\nbreak\"}",
        "{\"a\":\"open}",
        "{\"\\u0061\":1}",
        "{\"b\":{\"c\":[{]}}",
        "{\"a\":-}",
        "\u00ef\u00bb\u00bf{}"
      })
  void whatIsNotPlainIsLeftToAParser(String json) {
    assertThat(scan(json, "a", "b.d")).isEmpty();
  }

  @Test
  void deepNestingIsLeftToAParserThatBoundsIt() {
    assertThat(scan("{\"a\":" + "[".repeat(100_000), "b")).isEmpty();
    assertThat(scan("{\"a\":" + "{\"a\":".repeat(100_000), "a.a.a.a")).isEmpty();
  }
}
