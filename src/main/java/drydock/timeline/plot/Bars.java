package drydock.timeline.plot;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counts of lanes as bars, upwards for files and downwards for log lines. Heights are
 * logarithms, of which the largest count of all lanes is the full one, of files and of lines each:
 * a burst of thousands leaves a single event to be seen.
 */
final class Bars {
  static final int UP = 24;
  static final int DOWN = 14;

  private final Axis axis;
  private final long mostFiles;
  private final long mostLines;

  Bars(Axis axis, Iterable<Lane> lanes) {
    this.axis = axis;
    long files = 0;
    long lines = 0;
    for (Lane lane : lanes) {
      for (Map.Entry<Series, long[]> each : lane.bars().entrySet()) {
        long most = Arrays.stream(each.getValue()).max().orElse(0);
        boolean ofLog = each.getKey() == Series.LINES;
        lines = ofLog ? Math.max(lines, most) : lines;
        files = ofLog ? files : Math.max(files, most);
      }
    }
    this.mostFiles = files;
    this.mostLines = lines;
  }

  /** What bars of full height stand for; empty when there are no bars. */
  String scale() {
    if (mostFiles + mostLines == 0) {
      return "";
    }
    String files = mostFiles == 0 ? "" : mostFiles + " times of files";
    String lines = mostLines == 0 ? "" : mostLines + " log lines";
    return "Bars are logarithmic: a full one is "
        + files
        + (files.isEmpty() || lines.isEmpty() ? "" : " or ")
        + lines
        + " in its column. ";
  }

  static int up(Lane lane) {
    Map<Series, long[]> bars = lane.bars();
    return bars.containsKey(Series.READ) || bars.containsKey(Series.CHANGED) ? UP : 0;
  }

  static int down(Lane lane) {
    return lane.bars().containsKey(Series.LINES) ? DOWN : 0;
  }

  /** Draws those of a lane around a line. */
  void draw(Svg svg, Lane lane, int left, int base) {
    for (Series series : List.of(Series.READ, Series.CHANGED, Series.LINES)) {
      long[] counts = lane.bars().get(series);
      String path = counts == null ? null : path(counts, series, left, base);
      if (path != null) {
        long total = Arrays.stream(counts).sum();
        svg.begin(series.meaning() + ": " + total);
        svg.raw("<path d=\"" + path + "\" fill=\"" + series.fill() + "\"/>");
        svg.end();
      }
    }
  }

  private @Nullable String path(long[] counts, Series series, int left, int base) {
    StringBuilder path = new StringBuilder();
    for (Axis.Part part : axis.parts()) {
      int width = part.isBreak() ? Axis.BREAK - 12 : Axis.COLUMN;
      int inset = part.isBreak() ? 6 : 0;
      for (int i = 0; i < part.columns(); i++) {
        long count = counts[part.column() + i];
        if (count > 0) {
          int x = left + part.x() + i * Axis.COLUMN + inset;
          bar(path, x, base, width, count, series);
        }
      }
    }
    return path.isEmpty() ? null : path.toString();
  }

  private void bar(StringBuilder path, int x, int base, int width, long count, Series series) {
    boolean down = series == Series.LINES;
    boolean narrow = series == Series.CHANGED;
    double share = Math.log1p(count) / Math.log1p(down ? mostLines : mostFiles);
    int height = Math.max(2, (int) Math.round(share * (down ? DOWN : UP)));
    path.append('M').append(narrow ? x + 1 : x).append(' ').append(base);
    path.append('v').append(down ? height : -height);
    path.append('h').append(narrow ? width - 2 : width);
    path.append('v').append(down ? -height : height).append('z');
  }
}
