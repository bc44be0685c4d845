package drydock.timeline;

/**
 * What a time of an event tells, in plaso's words (plaso/lib/definitions.py, {@code
 * TIME_DESCRIPTION_...}).
 */
public enum TimeMeaning {
  MODIFIED("Content Modification Time", "M..."),
  ACCESSED("Last Access Time", ".A.."),
  CHANGED("Metadata Modification Time", "..C."),
  CREATED("Creation Time", "...B"),
  DELETED("Content Deletion Time", "...."),
  WRITTEN("Content Modification Time", "M..."),
  STARTED("Start Time", "...."),
  EXITED("Exit Time", "...."),
  UPDATED("Update Time", "....");

  private final String description;
  private final String macb;

  TimeMeaning(String description, String macb) {
    this.description = description;
    this.macb = macb;
  }

  public String description() {
    return description;
  }

  /** Which of a file's four times it is, as log2timeline's CSV writes it. */
  public String macb() {
    return macb;
  }
}
