package drydock.timeline.plot;

import java.util.Map;

/** The marks of a lane: letters in boxes, those of one place under each other. */
final class Boxes {
  static final int SIDE = 12;

  private static final int MAX_ROWS = 4;

  private final Lane lane;

  Boxes(Lane lane) {
    this.lane = lane;
  }

  /** How high they are. */
  int height() {
    int rows = 0;
    for (Map<Mark, Lane.Seen> each : lane.marks().values()) {
      rows = Math.max(rows, Math.min(MAX_ROWS, each.size()));
    }
    return rows * SIDE;
  }

  void draw(Svg svg, int left, int top) {
    for (Map.Entry<Integer, Map<Mark, Lane.Seen>> place : lane.marks().entrySet()) {
      int x = left + place.getKey() * SIDE;
      int row = 0;
      for (Map.Entry<Mark, Lane.Seen> each : place.getValue().entrySet()) {
        if (row < MAX_ROWS) {
          draw(svg, x, top + SIDE * row, each.getKey(), each.getValue());
        }
        row++;
      }
    }
  }

  private static void draw(Svg svg, int x, int y, Mark mark, Lane.Seen seen) {
    String first = Ticks.whole(seen.first());
    String times = seen.count() == 1 ? "" : ", first of " + seen.count();
    svg.begin(mark.meaning() + ": " + first + " UTC" + times + ": " + seen.message());
    box(svg, x, y, mark);
    svg.end();
  }

  static void box(Svg svg, int x, int y, Mark mark) {
    String fill = mark.filled() ? mark.colour() : "#fff";
    String ink = mark.filled() ? "#fff" : mark.colour();
    int side = SIDE - 2;
    svg.rect(x, y, side, side, "rx=\"2\" fill=\"" + fill + "\" stroke=\"" + mark.colour() + "\"");
    svg.text(
        x + side / 2,
        y + side - 2,
        "class=\"m\" style=\"fill:" + ink + "\"",
        String.valueOf(mark.letter()));
  }
}
