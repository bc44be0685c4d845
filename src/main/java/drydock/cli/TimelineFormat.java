package drydock.cli;

import java.util.Locale;

/** How timelines are written. One constant a format. */
enum TimelineFormat {
  /** The body file of The Sleuth Kit 3: a line a file, for mactime and plaso. */
  BODYFILE;

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
