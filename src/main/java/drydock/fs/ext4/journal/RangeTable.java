package drydock.fs.ext4.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The blocks of one file while fast commits change them: ranges that do not overlap. */
final class RangeTable {
  private final TreeMap<Long, BlockRange> ranges = new TreeMap<>();

  RangeTable(List<BlockRange> ranges) {
    ranges.forEach(this::add);
  }

  /** Maps these blocks so, whatever they were before. */
  void add(BlockRange range) {
    if (range.count() > 0) {
      remove(range.first(), range.end());
      ranges.put(range.first(), range);
    }
  }

  /** Maps the blocks of the file from {@code first} to before {@code end} to nothing. */
  void remove(long first, long end) {
    Map.Entry<Long, BlockRange> before = ranges.lowerEntry(first);
    if (before != null && before.getValue().end() > first) {
      BlockRange cut = before.getValue();
      ranges.put(cut.first(), cut.part(cut.first(), first));
      if (cut.end() > end) {
        ranges.put(end, cut.part(end, cut.end()));
      }
    }
    Map.Entry<Long, BlockRange> last = ranges.lowerEntry(end);
    if (last != null && last.getKey() >= first && last.getValue().end() > end) {
      ranges.put(end, last.getValue().part(end, last.getValue().end()));
    }
    if (first < end) {
      ranges.subMap(first, end).clear();
    }
  }

  /** In order, neighbours that continue each other as one. */
  List<BlockRange> list() {
    List<BlockRange> merged = new ArrayList<>();
    for (BlockRange range : ranges.values()) {
      BlockRange last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null
          && last.end() == range.first()
          && last.block() + last.count() == range.block()
          && last.written() == range.written()) {
        merged.set(
            merged.size() - 1,
            new BlockRange(
                last.first(), last.block(), last.count() + range.count(), last.written()));
      } else {
        merged.add(range);
      }
    }
    return List.copyOf(merged);
  }
}
