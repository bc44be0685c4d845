package drydock.checkpoint.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.checkpoint.CheckpointFixture;
import drydock.finding.FindingLog;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory of the frozen processes, as the running system showed it. */
class MemoryTruthTest {
  private final FindingLog log = new FindingLog();

  @ParameterizedTest
  @ValueSource(strings = {"shop-1", "shop-2", "sidecar", "ledger-32", "ledger-chain"})
  void areasAreThoseOfTheKernel(String name) throws Exception {
    Memory memory = MemoryFixture.open(name, log);

    for (JsonObject process : processes(name)) {
      int pid = process.get("pid_in_container").getAsInt();
      AddressSpace space = memory.space(pid).orElseThrow();
      List<String> kernel = new ArrayList<>();
      for (JsonObject area : objects(process.get("vmas").getAsJsonArray())) {
        if (area.get("name").getAsString().equals("[vvar_vclock]")) {
          // CRIU joins it with the area before it.
          String vvar = kernel.remove(kernel.size() - 1);
          kernel.add(
              vvar.replaceFirst(area.get("start").getAsString(), area.get("end").getAsString()));
          continue;
        }
        kernel.add(
            String.join(
                " ",
                area.get("start").getAsString(),
                area.get("end").getAsString(),
                area.get("perms").getAsString(),
                area.get("offset").getAsString()));
      }
      List<String> ours =
          space.areas().stream()
              .map(
                  area ->
                      String.format(
                          Locale.ROOT,
                          "%08x %08x %s %08x",
                          area.start(),
                          area.end(),
                          area.permissions(),
                          area.offset()))
              .toList();
      assertThat(ours).as(name + " " + pid).isEqualTo(kernel);
    }
    assertThat(log.list()).isEmpty();
  }

  /** What differs is known: the kernel writes the time that is left to the stack of a sleeper. */
  @ParameterizedTest
  @CsvSource({"shop-1, 24", "shop-2, 38", "sidecar, 11", "ledger-32, 33", "ledger-chain, 33"})
  void bytesAreThoseOfTheRunningProcess(String name, int areas) throws Exception {
    Memory memory = MemoryFixture.open(name, log);
    Set<String> differ = new TreeSet<>();
    int compared = 0;

    for (JsonObject process : processes(name)) {
      int pid = process.get("pid_in_container").getAsInt();
      AddressSpace space = memory.space(pid).orElseThrow();
      for (JsonObject vma : objects(process.get("vmas").getAsJsonArray())) {
        long start = Long.parseUnsignedLong(vma.get("start").getAsString(), 16);
        long size = Long.parseUnsignedLong(vma.get("end").getAsString(), 16) - start;
        byte[] bytes = space.known(start, (int) size);
        if (bytes.length == size && vma.has("sha256") && !vma.get("sha256").isJsonNull()) {
          compared++;
          if (!sha256(bytes).equals(vma.get("sha256").getAsString())) {
            differ.add(pid + " " + Long.toHexString(start));
          }
        }
      }
    }

    assertThat(differ).isEqualTo(knownDifferences(name));
    assertThat(compared).isEqualTo(areas);
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop-1", "shop-2", "sidecar", "ledger-32", "ledger-chain"})
  void argumentsAndEnvironmentAreThoseOfTheKernel(String name) throws Exception {
    Memory memory = MemoryFixture.open(name, log);

    for (JsonObject process : processes(name)) {
      int pid = process.get("pid_in_container").getAsInt();
      StartText text = new StartText(memory.space(pid).orElseThrow());

      assertThat(text.isWhole()).isTrue();
      assertThat(text.commandLine())
          .as(name + " " + pid)
          .isEqualTo(CheckpointFixture.truth(name, "proc/" + pid + "/cmdline"));
      assertThat(text.environment())
          .as(name + " " + pid)
          .isEqualTo(CheckpointFixture.truth(name, "proc/" + pid + "/environ"));
    }
  }

  @ParameterizedTest
  @CsvSource({"shop-1, 8", "sidecar, 8", "ledger-32, 4", "ledger-chain, 8"})
  void auxiliaryVectorIsThatOfTheKernel(String name, int width) throws Exception {
    Memory memory = MemoryFixture.open(name, log);
    for (int pid : memory.pids()) {
      ByteBuffer kernel = ByteBuffer.wrap(CheckpointFixture.truth(name, "proc/" + pid + "/auxv"));
      kernel.order(ByteOrder.LITTLE_ENDIAN);
      List<Long> expected = new ArrayList<>();
      while (kernel.hasRemaining()) {
        expected.add(width == 8 ? kernel.getLong() : Integer.toUnsignedLong(kernel.getInt()));
      }
      List<Long> ours = memory.space(pid).orElseThrow().layout().auxiliary();
      assertThat(withoutEnd(ours)).as(name + " " + pid).isEqualTo(withoutEnd(expected));
    }
  }

  /** Both have as many empty places at the end as they had room. */
  private static List<Long> withoutEnd(List<Long> vector) {
    int size = vector.size();
    while (vector.get(size - 1) == 0) {
      size--;
    }
    return vector.subList(0, size);
  }

  private static Set<String> knownDifferences(String name) throws Exception {
    JsonObject all =
        JsonParser.parseString(CheckpointFixture.text(name, "memory-vs-archive.json"))
            .getAsJsonObject();
    Set<String> known = new TreeSet<>();
    for (JsonObject different : objects(all.getAsJsonArray("different"))) {
      String area = different.get("vma").getAsString();
      known.add(different.get("pid").getAsInt() + " " + area.substring(0, area.indexOf('-')));
    }
    return known;
  }

  private static List<JsonObject> processes(String name) throws Exception {
    byte[] raw = CheckpointFixture.truth(name, "processes.json");
    JsonArray all =
        JsonParser.parseString(new String(raw, StandardCharsets.UTF_8)).getAsJsonArray();
    return objects(all).stream()
        .filter(p -> p.has("vmas") && p.getAsJsonArray("vmas").size() > 0)
        .toList();
  }

  private static List<JsonObject> objects(JsonArray array) {
    List<JsonObject> objects = new ArrayList<>();
    for (JsonElement element : array) {
      objects.add(element.getAsJsonObject());
    }
    return objects;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
