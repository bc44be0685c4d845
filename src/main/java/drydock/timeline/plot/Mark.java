package drydock.timeline.plot;

import drydock.timeline.EventKind;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is shown as a letter in a box, the weightiest first. Colours are those of Okabe and Ito,
 * which everybody can tell apart; the letters serve where there are none.
 */
enum Mark {
  KILLED('K', "#d55e00", true, "killed for want of memory", EventKind.CONTAINER_KILLED),
  EXITED('X', "#222222", true, "exited", EventKind.CONTAINER_EXITED),
  CHECKPOINT('T', "#8b3a8b", true, "checkpoint taken", EventKind.CHECKPOINT_TAKEN),
  RESTARTED('R', "#b06f00", true, "started again", EventKind.CONTAINER_RESTARTED),
  STARTED('S', "#007a58", true, "started", EventKind.CONTAINER_STARTED),
  CREATED('C', "#007a58", false, "container made", EventKind.CONTAINER_CREATED),
  SANDBOX('P', "#0060a0", true, "sandbox of a pod made", EventKind.SANDBOX_CREATED),
  POD('D', "#0060a0", false, "directory of a pod made", EventKind.POD_DIRECTORY),
  VOLUME('V', "#0060a0", false, "directory of a volume made", EventKind.VOLUME_DIRECTORY),
  IMAGE(
      'I',
      "#8b3a8b",
      false,
      "image pulled, imported or named",
      EventKind.IMAGE_PULLED,
      EventKind.IMAGE_UPDATED),
  CONTENT(
      'B',
      "#555555",
      false,
      "content (blob) ingested",
      EventKind.CONTENT_INGESTED,
      EventKind.CONTENT_BEGUN),
  LAYER('Y', "#555555", false, "layer unpacked", EventKind.LAYER_UNPACKED),
  SNAPSHOT('W', "#555555", false, "snapshot made", EventKind.SNAPSHOT_CREATED),
  LEASE('E', "#555555", false, "lease made", EventKind.LEASE_CREATED),
  ROTATED('L', "#b06f00", false, "log rotated", EventKind.LOG_ROTATED),
  RECORDED('U', "#555555", false, "record last written", EventKind.CONTAINER_RECORDED);

  private final char letter;
  private final String colour;
  private final boolean filled;
  private final String meaning;
  private final Set<EventKind> kinds;

  Mark(char letter, String colour, boolean filled, String meaning, EventKind... kinds) {
    this.letter = letter;
    this.colour = colour;
    this.filled = filled;
    this.meaning = meaning;
    this.kinds = EnumSet.of(kinds[0], kinds);
  }

  /** That of a kind; empty for what is counted in bars. */
  static Optional<Mark> of(EventKind kind) {
    for (Mark mark : values()) {
      if (mark.kinds.contains(kind)) {
        return Optional.of(mark);
      }
    }
    return Optional.empty();
  }

  char letter() {
    return letter;
  }

  String colour() {
    return colour;
  }

  /** Whether the letter is white in a box of the colour. */
  boolean filled() {
    return filled;
  }

  String meaning() {
    return meaning;
  }
}
