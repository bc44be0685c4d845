package drydock.checkpoint.criu;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import drydock.finding.FindingLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What crit 4.2 and 3.17 decoded of every image of the fixtures, against ours. */
final class RenderingTest {
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("drydock.checkpoint.criu.ImageFileTest#decoded")
  void everyFieldIsAsCritDecodesIt(String archive, String name, byte[] image) throws IOException {
    JsonArray expected = ImageFileTest.truth(archive, name).getAsJsonArray("entries");
    ImageFile file = ImageFile.open(name, ImageFileTest.source(image), new FindingLog());
    List<ImageEntry> entries = ImageFileTest.entries(file);
    for (int i = 0; i < entries.size(); i++) {
      JsonObject entry = expected.get(i).getAsJsonObject();
      JsonElement extra = entry.remove("extra");
      assertThat(json(Rendering.of(entries.get(i)), "")).isEqualTo(normal(entry, ""));
      assertThat(payloads(entries.get(i))).isEqualTo(extra == null ? "" : decoded(extra));
    }
  }

  /** Raw bytes one after the other, whatever they are called. */
  private static String payloads(ImageEntry entry) throws IOException {
    StringBuilder all = new StringBuilder();
    for (ImageEntry.Payload payload : entry.payloads()) {
      byte[] bytes = payload.bytes().allBytes(1 << 26);
      all.append(new String(bytes, StandardCharsets.ISO_8859_1));
    }
    return all.toString();
  }

  /** Semaphores are numbers of 16 bits; of each queued message its head comes first. */
  private static String decoded(JsonElement extra) {
    StringBuilder all = new StringBuilder();
    if (extra.isJsonArray()) {
      for (JsonElement each : extra.getAsJsonArray()) {
        all.append(each.isJsonPrimitive() ? decoded(each) : "");
      }
    } else if (extra.isJsonPrimitive() && extra.getAsJsonPrimitive().isNumber()) {
      all.append((char) (extra.getAsInt() & 0xff)).append((char) (extra.getAsInt() >> 8));
    } else if (extra.isJsonObject()) {
      extra.getAsJsonObject().entrySet().forEach(each -> all.append(decoded(each.getValue())));
    } else {
      byte[] bytes = Base64.getMimeDecoder().decode(extra.getAsString());
      all.append(new String(bytes, StandardCharsets.ISO_8859_1));
    }
    return all.toString();
  }

  private static JsonElement json(Rendered value, String name) {
    if (value instanceof Rendered.Text text) {
      return new JsonPrimitive(new String(text.bytes(), StandardCharsets.UTF_8));
    } else if (value instanceof Rendered.Blob blob) {
      return new JsonPrimitive(Base64.getEncoder().encodeToString(blob.bytes()));
    } else if (value instanceof Rendered.Word word) {
      return new JsonPrimitive(word.text());
    } else if (value instanceof Rendered.Flag flag) {
      return new JsonPrimitive(flag.set());
    } else if (value instanceof Rendered.Whole whole) {
      return new JsonPrimitive(BigInteger.valueOf(whole.number()));
    } else if (value instanceof Rendered.Count count) {
      return new JsonPrimitive(new BigInteger(Long.toUnsignedString(count.bits())));
    } else if (value instanceof Rendered.Many many) {
      JsonArray array = new JsonArray();
      many.items().forEach(each -> array.add(json(each, name)));
      return array;
    }
    JsonObject object = new JsonObject();
    ((Rendered.Fields) value).fields().forEach((key, each) -> object.add(key, json(each, key)));
    return object;
  }

  /** What is only another way to write the same. */
  private static JsonElement normal(JsonElement value, String name) {
    if (value.isJsonObject()) {
      JsonObject object = new JsonObject();
      for (Map.Entry<String, JsonElement> each : value.getAsJsonObject().entrySet()) {
        object.add(each.getKey(), normal(each.getValue(), each.getKey()));
      }
      return object;
    }
    if (value.isJsonArray()) {
      JsonArray array = new JsonArray();
      value.getAsJsonArray().forEach(each -> array.add(normal(each, name)));
      return array;
    }
    JsonPrimitive primitive = value.getAsJsonPrimitive();
    if (name.equals("task_state")) {
      // crit has no name for 2, and those of 3 and 6 the wrong way round
      Map<String, String> names = Map.of("2", "Dead", "Zombie", "Stopped", "Alive", "Alive");
      return new JsonPrimitive(names.get(primitive.getAsString()));
    }
    if (name.equals("proto") && primitive.getAsString().equals("1")) {
      return new JsonPrimitive("ICMP");
    }
    if (primitive.isNumber()) {
      return new JsonPrimitive(primitive.getAsBigInteger());
    }
    if (primitive.isString() && primitive.getAsString().endsWith("\n")) {
      return new JsonPrimitive(primitive.getAsString().replace("\n", ""));
    }
    return name.equals("name") && primitive.isString()
        ? new JsonPrimitive(unquoted(primitive.getAsString()))
        : primitive;
  }

  /** crit writes names of sockets as quoted-printable. */
  private static String unquoted(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      if (text.substring(i).matches("(?s)=[0-9A-F]{2}.*")) {
        out.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        out.write(text.charAt(i));
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void fieldThatTheSchemaDoesNotKnowIsShown() throws IOException {
    byte[] message = {8, 5, (byte) 0xa0, 1, 7, (byte) 0xaa, 1, 2, 'h', 'i'};
    ImageEntry entry =
        new ImageEntry(ImageKind.FS, 0, 0, message, List.of(), drydock.bytes.Origin.of("fs-1.img"));
    assertThat(json(Rendering.of(entry), "").toString())
        .isEqualTo("{\"cwd_id\":5,\"field 20\":7,\"field 21\":\"aGk=\"}");
  }

  @Test
  void valueThatAnEnumDoesNotKnowIsShown() throws IOException {
    byte[] message = {8, 5, 16, 0, 24, 99, 32, 3};
    ImageEntry entry =
        new ImageEntry(
            ImageKind.FDINFO, 0, 0, message, List.of(), drydock.bytes.Origin.of("fdinfo-1.img"));
    assertThat(json(Rendering.of(entry), "").toString())
        .isEqualTo("{\"id\":5,\"flags\":0,\"fd\":3,\"field 3\":99}");
  }

  @ParameterizedTest
  @CsvSource({
    "00000000000000000000000000000000, ::",
    "00000000000000000000000000000001, ::1",
    "20010db8000000000001000000000001, 2001:db8::1:0:0:1",
    "fe800000000000000000000000000000, fe80::",
    "00010002000300040005000600070008, 1:2:3:4:5:6:7:8",
    "00010000000300040005000600070008, 1:0:3:4:5:6:7:8",
    "0a2c0001, 10.44.0.1",
  })
  void addressIsWrittenShort(String hex, String text) throws IOException {
    assertThat(IpAddress.text(java.util.HexFormat.of().parseHex(hex))).isEqualTo(text);
  }
}
