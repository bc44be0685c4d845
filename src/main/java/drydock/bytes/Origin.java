package drydock.bytes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where bytes come from: a label and the origin it lies in, up to the evidence file.
 *
 * <p>{@code disk.raw > partition 1 > ext4 inode 131 > block 7}. It stands in every exception, every
 * finding and every record, so that an analyst can always go back to the byte. Labels made of names
 * from evidence are escaped by whoever prints them. Immutable.
 */
public final class Origin {
  /** What stands between two labels in {@link #toString()}. */
  public static final String SEPARATOR = " > ";

  private static final long NONE = Long.MIN_VALUE;

  private final @Nullable Origin parent;
  private final String kind;
  private final long number;

  /** Made when it is asked for; the same if made twice. */
  private @Nullable String label;

  private Origin(@Nullable Origin parent, String kind, long number) {
    this.parent = parent;
    this.kind = kind;
    this.number = number;
  }

  /** The origin of an evidence file. */
  public static Origin of(String label) {
    return new Origin(null, label, NONE);
  }

  /** An origin inside this one. */
  public Origin child(String label) {
    return new Origin(this, label, NONE);
  }

  /**
   * The one with the label {@code kind} and, behind a space, {@code number}. Its text is made when
   * somebody wants it: of the origins of a million inodes hardly one is ever told.
   */
  public Origin child(String kind, long number) {
    return number == NONE ? child(kind + " " + number) : new Origin(this, kind, number);
  }

  /** What this lies in; null for an evidence file. */
  public @Nullable Origin parent() {
    return parent;
  }

  /** This alone, without what it lies in. */
  public String label() {
    String known = label;
    if (known == null) {
      known = number == NONE ? kind : kind + " " + number;
      label = known;
    }
    return known;
  }

  /** All labels, the evidence file's first. */
  public List<String> labels() {
    Deque<String> labels = new ArrayDeque<>();
    for (Origin at = this; at != null; at = at.parent) {
      labels.addFirst(at.label());
    }
    return List.copyOf(labels);
  }

  @Override
  public String toString() {
    return parent == null ? label() : append(new StringBuilder()).toString();
  }

  private StringBuilder append(StringBuilder text) {
    if (parent != null) {
      parent.append(text).append(SEPARATOR);
    }
    text.append(kind);
    return number == NONE ? text : text.append(' ').append(number);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Origin origin
        && label().equals(origin.label())
        && Objects.equals(parent, origin.parent);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hashCode(parent) + label().hashCode();
  }
}
