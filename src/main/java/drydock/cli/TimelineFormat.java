package drydock.cli;

import drydock.report.EventFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How timelines are written. One constant a format. */
enum TimelineFormat {
  /** The body file of The Sleuth Kit 3: a line a file, for mactime and plaso. */
  BODYFILE(null),
  /** Sorted events, a JSON object a line, for Timesketch. */
  JSONL(EventFormat.JSONL),
  /** The same as comma-separated values. */
  CSV(EventFormat.CSV),
  /** log2timeline's CSV of 17 fields. */
  L2TCSV(EventFormat.L2TCSV);

  private final @Nullable EventFormat events;

  TimelineFormat(@Nullable EventFormat events) {
    this.events = events;
  }

  /** How events are written; null for a list of files. */
  @Nullable EventFormat events() {
    return events;
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
