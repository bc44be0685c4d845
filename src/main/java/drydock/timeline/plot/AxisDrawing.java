package drydock.timeline.plot;

/** The axis: ticks and days above and below the lanes, breaks between. */
final class AxisDrawing {
  private static final int DAY_PIXELS = 64;

  private final Axis axis;
  private final Svg svg;

  /** Where the last date ends that was written. */
  private int dayEnd = Integer.MIN_VALUE;

  AxisDrawing(Axis axis, Svg svg) {
    this.axis = axis;
    this.svg = svg;
  }

  /** Draws it around lanes that lie between these heights. */
  void draw(int left, int top, int bottom) {
    for (Axis.Part part : axis.parts()) {
      if (part.isBreak()) {
        gap(part, left, top, bottom);
      } else {
        stretch(part, left, top, bottom);
      }
    }
  }

  private void gap(Axis.Part part, int left, int top, int bottom) {
    boolean first = part.from() == Long.MIN_VALUE;
    boolean last = part.to() == Long.MAX_VALUE;
    String text = first ? "before" : last ? "after" : Ticks.length(part.to() - part.from());
    svg.begin(first || last ? text : text + " left out");
    svg.rect(left + part.x(), top, Axis.BREAK, bottom - top, "fill=\"url(#gap)\"");
    int middle = left + part.x() + Axis.BREAK / 2;
    svg.text(middle, bottom + 38, "class=\"s c\"", text);
    svg.end();
  }

  private void stretch(Axis.Part part, int left, int top, int bottom) {
    String style = "stroke=\"#e2e2e2\"";
    String day = "";
    for (Ticks.Tick tick : Ticks.of(part)) {
      int x = left + part.xOf(tick.time());
      svg.line(x, top, x, bottom, style);
      svg.text(x, top - 4, "class=\"s c\"", tick.text());
      svg.text(x, bottom + 12, "class=\"s c\"", tick.text());
      String date = Ticks.date(tick.time());
      if (!date.equals(day) && !date.equals(tick.text()) && x >= dayEnd) {
        svg.text(x, top - 16, "class=\"b c\"", date);
        svg.text(x, bottom + 25, "class=\"b c\"", date);
        dayEnd = x + DAY_PIXELS;
      }
      day = date;
    }
    long each = (part.to() - part.from()) / part.columns();
    svg.text(
        left + part.x() + 10,
        bottom + 38,
        "class=\"s\"",
        part.columns() < 30 ? "" : "column: " + Ticks.length(Math.max(1, each)));
  }
}
