package drydock.checkpoint.memory;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.checkpoint.CheckpointFixture;
import drydock.finding.FindingLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MemoryStringsTest {
  private final FindingLog log = new FindingLog();

  private Set<String> strings(int pid, String area, TextKind kind, int shortest) throws Exception {
    Set<String> found = new TreeSet<>();
    Memory memory = MemoryFixture.open("shop-1", log);
    new MemoryStrings(memory, shortest, List.of(kind), log)
        .run(
            Set.of(pid),
            hit -> {
              if (hit.kind().equals(area)) {
                found.add(
                    Long.toHexString(hit.owner().address())
                        + " "
                        + new String(
                            hit.bytes(),
                            kind == TextKind.ASCII
                                ? StandardCharsets.US_ASCII
                                : StandardCharsets.UTF_16LE));
              }
            });
    return found;
  }

  /** What the kernel showed of the stack of a thread that did not sleep, taken apart by hand. */
  @Test
  void textsOfAStackAreThoseOfItsBytes() throws Exception {
    byte[] stack = CheckpointFixture.truth("shop-1", "proc/1/stack.bin");
    Memory memory = MemoryFixture.open("shop-1", log);
    AddressSpace space = memory.space(1).orElseThrow();
    Area area =
        space.areas().stream().filter(a -> a.kind() == AreaKind.STACK).findFirst().orElseThrow();
    Set<String> expected = new TreeSet<>();
    int from = 0;
    for (int i = 0; i <= stack.length; i++) {
      boolean isText =
          i < stack.length && (stack[i] == '\t' || (stack[i] >= ' ' && stack[i] < 127));
      if (!isText) {
        if (i - from >= 6) {
          String text = new String(stack, from, i - from, StandardCharsets.US_ASCII);
          expected.add(Long.toHexString(area.start() + from) + " " + text);
        }
        from = i + 1;
      }
    }

    assertThat(strings(1, "stack", TextKind.ASCII, 6)).isEqualTo(expected).isNotEmpty();
  }

  @Test
  void wideTextsAreFound() throws Exception {
    assertThat(strings(1, "anonymous", TextKind.UTF_16LE, 8))
        .contains("7f20dfef7440 C:\\Users\\svc\\vault\\Pa$$w0rd-UTF16");
  }
}
