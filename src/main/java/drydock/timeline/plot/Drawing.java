package drydock.timeline.plot;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** The picture as a whole: title, axis, lanes and what their signs mean. */
final class Drawing {
  private static final int LEFT = 232;
  private static final int TOP = 84;
  private static final int RIGHT = 16;
  private static final int GAP = 6;
  private static final int LIFE = 6;
  private static final int MIN_LANE = 16;
  private static final int LABEL_CHARS = 34;
  private static final int LEGEND_COLUMN = 252;
  private static final int LEGEND_ROW = 17;
  private static final int LEGEND_COLUMNS = 5;

  private final Axis axis;
  private final String title;
  private final SortedMap<LaneKey, Lane> lanes;
  private final int more;
  private final Bars bars;
  private final Svg svg = new Svg();

  /**
   * @param more how many lanes are in that of the others
   */
  Drawing(Axis axis, String title, SortedMap<LaneKey, Lane> lanes, int more) {
    this.axis = axis;
    this.title = title;
    this.lanes = lanes;
    this.more = more;
    this.bars = new Bars(axis, lanes.values());
  }

  String draw() {
    int bottom = TOP;
    for (Lane lane : lanes.values()) {
      bottom += height(lane) + GAP;
    }
    Set<Mark> marks = new TreeSet<>();
    Set<Series> series = new TreeSet<>();
    for (Lane lane : lanes.values()) {
      lane.marks().values().forEach(each -> marks.addAll(each.keySet()));
      series.addAll(lane.bars().keySet());
    }
    int signs = marks.size() + series.size() + 1;
    int rows = (signs + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS;
    int height = bottom + 62 + rows * LEGEND_ROW;
    int width = Math.max(LEFT + axis.width(), LEGEND_COLUMN * LEGEND_COLUMNS) + RIGHT;
    head(width, height);
    new AxisDrawing(axis, svg).draw(LEFT, TOP - 8, bottom);
    int y = TOP;
    for (Map.Entry<LaneKey, Lane> each : lanes.entrySet()) {
      lane(each.getKey(), each.getValue(), y);
      y += height(each.getValue()) + GAP;
    }
    legend(bottom + 50, marks, series);
    return svg.raw("</svg>").toString();
  }

  private void head(int width, int height) {
    svg.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    svg.raw(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\""
            + width
            + "\" height=\""
            + height
            + "\" viewBox=\"0 0 "
            + width
            + " "
            + height
            + "\">");
    svg.raw("<title>" + Svg.escape(title) + "</title>");
    svg.raw(
        "<style>text{font-family:'DejaVu Sans',Verdana,Arial,sans-serif;font-size:11px;fill:#222}"
            + ".h{font-size:16px;font-weight:bold}.b{font-weight:bold}.s{fill:#555;font-size:10px}"
            + ".m{font-size:9px;font-weight:bold;text-anchor:middle}.c{text-anchor:middle}"
            + ".e{text-anchor:end}</style>");
    svg.raw(
        "<defs><pattern id=\"read\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\">"
            + "<rect width=\"4\" height=\"4\" fill=\"#d6e9f8\"/>"
            + "<path d=\"M0 4L4 0\" stroke=\"#56a0d3\" stroke-width=\"1\"/></pattern>"
            + "<pattern id=\"lines\" width=\"4\" height=\"3\" patternUnits=\"userSpaceOnUse\">"
            + "<rect width=\"4\" height=\"3\" fill=\"#fbe3b5\"/>"
            + "<rect width=\"4\" height=\"1\" fill=\"#b06f00\"/></pattern>"
            + "<pattern id=\"gap\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
            + "<rect width=\"6\" height=\"6\" fill=\"#f4f4f4\"/>"
            + "<path d=\"M0 0L6 6\" stroke=\"#d8d8d8\" stroke-width=\"1\"/></pattern></defs>");
    svg.rect(0, 0, width, height, "fill=\"#fff\"");
    svg.text(12, 24, "class=\"h\"", title);
    String left = "Hatched: time left out of the axis; what happened in it is one bar.";
    svg.text(12, 42, "class=\"s\"", "All times are UTC. " + bars.scale() + left);
  }

  private static int height(Lane lane) {
    int life = lane.lives().isEmpty() ? 0 : LIFE;
    return Math.max(MIN_LANE, new Boxes(lane).height() + life + Bars.up(lane) + Bars.down(lane));
  }

  private void lane(LaneKey key, Lane lane, int top) {
    int height = height(lane);
    boolean group = key.rank() == 1 && key.isPod();
    if (group || key.rank() != 1) {
      svg.line(0, top - GAP / 2, LEFT + axis.width(), top - GAP / 2, "stroke=\"#999\"");
    }
    label(key, lane, top);
    Boxes boxes = new Boxes(lane);
    boxes.draw(svg, LEFT, top);
    int y = top + boxes.height();
    if (!lane.lives().isEmpty()) {
      lives(lane, y + LIFE / 2);
    }
    int base = top + height - Bars.down(lane);
    if (Bars.up(lane) + Bars.down(lane) > 0) {
      svg.line(LEFT, base, LEFT + axis.width(), base, "stroke=\"#bbb\"");
    }
    bars.draw(svg, lane, LEFT, base);
  }

  private void label(LaneKey key, Lane lane, int top) {
    String text = key.equals(LaneKey.OTHERS) ? "all others (" + more + ")" : key.label();
    int indent = key.isOfPod() ? 26 : 12;
    String style = key.isPod() || key.rank() == 0 ? "class=\"b\"" : "";
    svg.begin(text + ": " + lane.total() + " events");
    svg.text(indent, top + 11, style, cut(text, LABEL_CHARS - indent / 6));
    String image = lane.image();
    if (image != null && key.rank() != 0 && height(lane) > 2 * MIN_LANE - 8) {
      String name = image.substring(image.lastIndexOf('/') + 1);
      svg.text(indent, top + 23, "class=\"s\"", cut(name, LABEL_CHARS - indent / 6));
    }
    svg.end();
  }

  private static String cut(String text, int chars) {
    int[] points = text.codePoints().toArray();
    return points.length <= chars ? text : new String(points, 0, chars - 1) + "…";
  }

  /** From start to end; what has no end goes on to the edge, what has no start comes from there. */
  private void lives(Lane lane, int y) {
    Set<String> drawn = new LinkedHashSet<>();
    for (Lane.Life life : lane.lives().values()) {
      if (life.from() == null && life.to() == null) {
        continue;
      }
      int from = LEFT + (life.from() == null ? 0 : axis.x(life.from()));
      int to = LEFT + (life.to() == null ? axis.width() : axis.x(life.to()));
      boolean open = life.to() == null;
      if (drawn.add(from + " " + to)) {
        String style = "stroke=\"#007a58\" stroke-width=\"3\"";
        svg.line(
            from, y, Math.max(from + 2, to), y, style + (open ? " stroke-dasharray=\"8 3\"" : ""));
      }
      if (life.exitCode() != null && life.exitCode() != 0) {
        svg.text(to + 3, y + 4, "class=\"s\"", "exit " + life.exitCode());
      }
    }
  }

  private void legend(int top, Set<Mark> marks, Set<Series> series) {
    int index = 0;
    for (Series each : series) {
      int x = 12 + index % LEGEND_COLUMNS * LEGEND_COLUMN;
      int y = top + index / LEGEND_COLUMNS * LEGEND_ROW;
      svg.rect(x, y, 10, 10, "fill=\"" + each.fill() + "\" stroke=\"#777\" stroke-width=\"0.5\"");
      svg.text(x + 16, y + 9, "", each.meaning());
      index++;
    }
    for (Mark each : marks) {
      int x = 12 + index % LEGEND_COLUMNS * LEGEND_COLUMN;
      int y = top + index / LEGEND_COLUMNS * LEGEND_ROW;
      Boxes.box(svg, x, y, each);
      svg.text(x + 16, y + 9, "", each.meaning());
      index++;
    }
    int x = 12 + index % LEGEND_COLUMNS * LEGEND_COLUMN;
    int y = top + index / LEGEND_COLUMNS * LEGEND_ROW;
    svg.line(x, y + 5, x + 12, y + 5, "stroke=\"#007a58\" stroke-width=\"3\"");
    svg.text(x + 16, y + 9, "", "ran (dashed: no end is recorded)");
  }
}
