package drydock.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
  private static final Origin ORIGIN = Origin.of("config.json");

  private static Fields parse(String json) throws CorruptDataException {
    return Fields.parse(json.getBytes(StandardCharsets.UTF_8), ORIGIN);
  }

  @Test
  void whatIsMissingOrNullIsAbsentWithoutAFault() throws CorruptDataException {
    for (String json : new String[] {"{}", "{\"a\":null}"}) {
      Fields fields = parse(json);
      assertThat(fields.text("a")).isNull();
      assertThat(fields.number("a")).isNull();
      assertThat(fields.flag("a")).isNull();
      assertThat(fields.time("a")).isNull();
      assertThat(fields.digest("a")).isNull();
      assertThat(fields.object("a")).isEmpty();
      assertThat(fields.objects("a")).isEmpty();
      assertThat(fields.texts("a")).isEmpty();
      assertThat(fields.numbers("a")).isEmpty();
      assertThat(fields.map("a")).isEmpty();
      assertThat(fields.names("a")).isEmpty();
      assertThat(fields.has("a")).isFalse();
      assertThat(fields.faults()).isEmpty();
    }
  }

  @Test
  void whatIsOfTheWrongKindIsAbsentAndAFault() throws CorruptDataException {
    Fields fields =
        parse("{\"a\":[{\"b\":7,\"c\":1.5,\"d\":\"x\",\"l\":[\"y\",3],\"m\":{\"k\":true}}]}");
    Fields inner = fields.objects("a").get(0);
    assertThat(inner.text("b")).isNull();
    assertThat(inner.number("c")).isNull();
    assertThat(inner.flag("d")).isNull();
    assertThat(inner.time("d")).isNull();
    assertThat(inner.digest("d")).isNull();
    assertThat(inner.object("d")).isEmpty();
    assertThat(inner.texts("l")).containsExactly("y");
    assertThat(inner.numbers("l")).containsExactly(3L);
    assertThat(inner.map("m")).isEmpty();
    assertThat(inner.texts("m")).isEmpty();
    assertThat(fields.faults())
        .containsExactly(
            "a[0].b is not text",
            "a[0].c is not a whole number of 64 bits",
            "a[0].d is not true or false",
            "a[0].d is not a time of RFC 3339",
            "a[0].d is not a digest",
            "a[0].d is not an object",
            "a[0].l[1] is not text",
            "a[0].l[0] is not a number",
            "a[0].m.k is not text",
            "a[0].m is not a list");
  }

  @Test
  void numbersHaveSixtyFourBitsSignedOrNot() throws CorruptDataException {
    Fields fields =
        parse(
            "{\"max\":18446744073709551615,\"min\":-9223372036854775808,\"over\":18446744073709551616}");
    assertThat(fields.number("max")).isEqualTo(-1);
    assertThat(fields.number("min")).isEqualTo(Long.MIN_VALUE);
    assertThat(fields.number("over")).isNull();
    assertThat(fields.faults()).hasSize(1);
  }

  @Test
  void ofANameThatIsThereTwiceTheLastCounts() throws CorruptDataException {
    Fields fields = parse("{\"a\":{\"b\":\"first\",\"b\":\"last\"}}");
    assertThat(fields.object("a").orElseThrow().text("b")).isEqualTo("last");
    assertThat(fields.faults()).containsExactly("$.a.b is there twice");
  }

  @Test
  void brokenJsonIsNamedWithItsPlace() {
    assertThatThrownBy(() -> parse("{\n\"é\": 1,\n\"b\": tru }"))
        .isInstanceOfSatisfying(
            CorruptDataException.class, e -> assertThat(e.offset()).isBetween(12L, 22L))
        .hasMessageStartingWith("config.json at ")
        .hasMessageContaining("broken JSON: ");
  }

  @Test
  void faultsAreShortAndForPeopleNotForProgrammers() {
    String deep = "{\"a\":".repeat(90) + "tru" + "}".repeat(90);
    assertThatThrownBy(() -> parse(deep))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(220))
        .hasMessageContaining("broken JSON: ")
        .hasMessageNotContaining("Strictness")
        .hasMessageNotContaining("Reader");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "7",
        "\"text\"",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1} x",
        "{\"a\":1}{}",
        "{\"a\":NaN}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":01}",
        "{\"a\":1;}",
        "\u0000\u0000",
        "{\"a\":\"line\nbreak\"}",
        "/* c */ {}"
      })
  void whatIsNoJsonObjectIsCorrupt(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(CorruptDataException.class);
  }

  @Test
  void limitsHold() {
    assertThatThrownBy(() -> parse("{\"a\":" + "[".repeat(100_000)))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("Nesting limit");
    assertThatThrownBy(() -> parse("{\"a\":[" + "0,".repeat(500_000) + "0]}"))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("More than 400000 values");
    assertThatThrownBy(() -> Fields.parse(new byte[JsonText.MAX_BYTES + 1], ORIGIN))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("too large");
  }
}
