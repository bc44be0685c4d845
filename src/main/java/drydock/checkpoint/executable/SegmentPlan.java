package drydock.checkpoint.executable;

import drydock.checkpoint.memory.AddressSpace;
import drydock.checkpoint.memory.Area;
import drydock.checkpoint.memory.MemoryLayout;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Finds which parts of a file were where in memory. */
final class SegmentPlan {
  /** The auxiliary vector's type for where the program begins ({@code getauxval(3)}, AT_ENTRY). */
  private static final long ENTRY_TYPE = 9;

  private final AddressSpace space;
  private final FileView view;
  private final FindingLog log;

  SegmentPlan(AddressSpace space, FileView view, FindingLog log) {
    this.space = space;
    this.view = view;
    this.log = log;
  }

  /**
   * The segments by offset, none over another.
   *
   * @param table what the headers say; null when they are lost: then areas tell it
   */
  List<LoadSegment> segments(@Nullable ElfTable table) throws IOException {
    List<LoadSegment> all = new ArrayList<>();
    if (table == null) {
      view.areas().forEach(area -> all.add(ofArea(area)));
    } else {
      if (table.unsound() > 0) {
        String what = "program headers of the executable that point beyond all files";
        log.add(Finding.damage(space.origin(), 0, what));
      }
      long bias = bias(table);
      table.segments().forEach(each -> all.add(each.movedBy(bias)));
    }
    all.sort(Comparator.comparingLong(LoadSegment::offset));
    return apart(all);
  }

  /** Each up to where the next one begins: a page at a border is mapped by both. */
  private static List<LoadSegment> apart(List<LoadSegment> sorted) {
    List<LoadSegment> apart = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      long end = i + 1 < sorted.size() ? sorted.get(i + 1).offset() : Long.MAX_VALUE;
      LoadSegment each = sorted.get(i).within(0, end);
      if (each.size() > 0) {
        apart.add(each);
      }
    }
    return apart;
  }

  /** What an area maps, less what the kernel has there that is not of the segment. */
  private LoadSegment ofArea(Area area) {
    MemoryLayout layout = space.layout();
    long start = isInside(area, layout.startData()) ? layout.startData() : area.start();
    long end = isInside(area, layout.endData()) ? layout.endData() : area.end();
    if (Long.compareUnsigned(end, start) <= 0) {
      start = area.start();
      end = area.end();
    }
    long offset = area.offset() + (start - area.start());
    long room = Math.max(0, Math.min(end - start, Long.MAX_VALUE - offset));
    return new LoadSegment(offset, room, start, area.isExecutable());
  }

  private static boolean isInside(Area area, long address) {
    return area.contains(address) && address != area.start();
  }

  /** How far from the addresses of the headers it was loaded. */
  private long bias(ElfTable table) {
    OptionalLong entry = auxiliary(ENTRY_TYPE);
    for (LoadSegment segment : table.segments()) {
      if (entry.isPresent() && fits(segment, entry.getAsLong() - table.entry())) {
        return entry.getAsLong() - table.entry();
      }
      for (Area area : view.areas()) {
        long bias = area.start() + (segment.offset() - area.offset()) - segment.address();
        if (bias % space.pageSize() == 0 && fits(segment, bias)) {
          return bias;
        }
      }
    }
    return 0;
  }

  private boolean fits(LoadSegment segment, long bias) {
    long address = segment.address() + bias;
    return view.areas().stream().anyMatch(area -> area.contains(address))
        && view.shows(address, segment.offset());
  }

  private OptionalLong auxiliary(long type) {
    List<Long> vector = space.layout().auxiliary();
    for (int i = 0; i + 1 < vector.size(); i += 2) {
      if (vector.get(i) == type) {
        return OptionalLong.of(vector.get(i + 1));
      }
    }
    return OptionalLong.empty();
  }
}
