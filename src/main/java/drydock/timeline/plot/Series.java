package drydock.timeline.plot;

import drydock.timeline.Event;
import drydock.timeline.EventKind;
import drydock.timeline.TimeMeaning;
import java.util.Optional;

/** What is counted in bars. */
enum Series {
  READ("url(#read)", "files read (last access)"),
  CHANGED("#0072b2", "files written, changed, made or deleted"),
  LINES("url(#lines)", "log lines (downwards)");

  private final String fill;
  private final String meaning;

  Series(String fill, String meaning) {
    this.fill = fill;
    this.meaning = meaning;
  }

  static Optional<Series> of(Event event) {
    if (event.kind() == EventKind.LOG_LINE) {
      return Optional.of(LINES);
    }
    if (event.kind() != EventKind.FILE) {
      return Optional.empty();
    }
    return Optional.of(event.meaning() == TimeMeaning.ACCESSED ? READ : CHANGED);
  }

  String fill() {
    return fill;
  }

  String meaning() {
    return meaning;
  }
}
