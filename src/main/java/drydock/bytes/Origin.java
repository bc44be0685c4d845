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
 * from evidence are escaped by whoever prints them.
 *
 * @param parent what this lies in; null for an evidence file
 */
public record Origin(@Nullable Origin parent, String label) {
  /** What stands between two labels in {@link #toString()}. */
  public static final String SEPARATOR = " > ";

  /** The origin of an evidence file. */
  public static Origin of(String label) {
    return new Origin(null, label);
  }

  /** An origin inside this one. */
  public Origin child(String label) {
    return new Origin(this, label);
  }

  /** All labels, the evidence file's first. */
  public List<String> labels() {
    Deque<String> labels = new ArrayDeque<>();
    for (Origin at = this; at != null; at = at.parent) {
      labels.addFirst(at.label);
    }
    return List.copyOf(labels);
  }

  @Override
  public String toString() {
    if (parent == null) {
      return label;
    }
    int length = label.length();
    for (Origin at = parent; at != null; at = at.parent) {
      length += at.label.length() + SEPARATOR.length();
    }
    return append(new StringBuilder(length)).toString();
  }

  private StringBuilder append(StringBuilder text) {
    if (parent != null) {
      parent.append(text).append(SEPARATOR);
    }
    return text.append(label);
  }

  // Written out: what the compiler makes of a record is put together anew in each run.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Origin origin
        && label.equals(origin.label)
        && Objects.equals(parent, origin.parent);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hashCode(parent) + label.hashCode();
  }
}
