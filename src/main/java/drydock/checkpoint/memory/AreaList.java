package drydock.checkpoint.memory;

import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.proto.criu.MmEntry;
import drydock.proto.criu.VmaEntry;
import java.util.ArrayList;
import java.util.List;

/** Makes areas of what {@code mm} has stored: sorted, without overlaps but for marks. */
final class AreaList {
  private final MmEntry mm;
  private final Origin origin;
  private final FindingLog log;

  AreaList(MmEntry mm, Origin origin, FindingLog log) {
    this.mm = mm;
    this.origin = origin;
    this.log = log;
  }

  /** Of areas that overlap the one that begins first keeps its range, the other its rest. */
  List<Area> areas(List<VmaEntry> stored) {
    List<Area> sorted = new ArrayList<>();
    for (VmaEntry entry : stored) {
      if (entry.getEnd() - entry.getStart() > 0
          && Long.compareUnsigned(entry.getStart(), entry.getEnd()) < 0) {
        sorted.add(area(entry));
      } else {
        damage(entry, "an area that does not end behind its start");
      }
    }
    sorted.sort(
        (a, b) -> {
          int order = Long.compareUnsigned(a.start(), b.start());
          return order != 0 ? order : Boolean.compare(a.isMark(), b.isMark());
        });
    List<Area> kept = new ArrayList<>(sorted.size());
    long end = 0;
    for (Area area : sorted) {
      Area rest = area;
      if (!area.isMark()) {
        if (Long.compareUnsigned(area.start(), end) < 0) {
          log.add(
              Finding.damage(origin, 0, "areas overlap", text(area), "none before " + hex(end)));
          if (Long.compareUnsigned(area.end(), end) <= 0) {
            continue;
          }
          rest = area.from(end);
        }
        end = area.end();
      }
      kept.add(rest);
    }
    return kept;
  }

  /** Areas for pages of which nothing else is known: one for all that follow one another. */
  static List<Area> ofPages(PageMap map) {
    List<Area> areas = new ArrayList<>();
    for (int i = 0; i < map.size(); i++) {
      PageMap.Run run = map.run(i);
      int last = areas.size() - 1;
      boolean follows = last >= 0 && areas.get(last).end() == run.start();
      long start = follows ? areas.remove(last).start() : run.start();
      areas.add(new Area(start, run.end(), 0, 0, 0, 0, 0, null, AreaKind.UNKNOWN));
    }
    return areas;
  }

  private Area area(VmaEntry entry) {
    AreaKind kind = AreaKind.of(entry.getStatus());
    Area area =
        new Area(
            entry.getStart(),
            entry.getEnd(),
            entry.getPgoff(),
            entry.getShmid(),
            entry.getProt(),
            entry.getFlags(),
            entry.getStatus(),
            entry.hasMadv() ? entry.getMadv() : null,
            kind);
    boolean isStack = kind == AreaKind.ANONYMOUS && area.contains(mm.getMmStartStack());
    return isStack ? area.as(AreaKind.STACK) : area;
  }

  private void damage(VmaEntry entry, String what) {
    String found = hex(entry.getStart()) + "-" + hex(entry.getEnd());
    log.add(Finding.damage(origin, 0, what, found, "an end above the start"));
  }

  private static String text(Area area) {
    return hex(area.start()) + "-" + hex(area.end());
  }

  private static String hex(long address) {
    return "0x" + Long.toHexString(address);
  }
}
