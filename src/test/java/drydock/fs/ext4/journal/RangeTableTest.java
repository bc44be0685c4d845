package drydock.fs.ext4.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeTableTest {
  @Test
  void removingTheMiddleLeavesBothEnds() {
    RangeTable table = new RangeTable(List.of(new BlockRange(0, 100, 10, true)));
    table.remove(3, 7);
    assertThat(table.list())
        .containsExactly(new BlockRange(0, 100, 3, true), new BlockRange(7, 107, 3, true));
  }

  @Test
  void everyChangeIsAsIfEachBlockWereMappedAlone() {
    Random random = new Random(7);
    RangeTable table = new RangeTable(List.of());
    List<String> blocks = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      blocks.add("-");
    }
    for (int change = 0; change < 5000; change++) {
      int first = random.nextInt(64);
      int count = random.nextInt(64 - first + 1);
      boolean written = random.nextBoolean();
      boolean adds = random.nextInt(3) > 0;
      long block = 1000L * random.nextInt(3) + first;
      if (adds) {
        table.add(new BlockRange(first, block, count, written));
      } else {
        table.remove(first, first + count);
      }
      for (int i = first; i < first + count; i++) {
        blocks.set(i, adds ? (block + i - first) + (written ? "w" : "u") : "-");
      }
      assertThat(expanded(table)).isEqualTo(blocks);
    }
  }

  private static List<String> expanded(RangeTable table) {
    List<String> blocks = new ArrayList<>();
    for (BlockRange range : table.list()) {
      while (blocks.size() < range.first()) {
        blocks.add("-");
      }
      for (long i = 0; i < range.count(); i++) {
        blocks.add((range.block() + i) + (range.written() ? "w" : "u"));
      }
    }
    while (blocks.size() < 64) {
      blocks.add("-");
    }
    return blocks;
  }
}
