package drydock.fs;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/**
 * A directory's entries, each made when it is asked for: a directory may have millions, and most
 * readers look at each once.
 */
public final class EntryList extends AbstractList<Entry> implements RandomAccess {
  private final int size;
  private final IntFunction<Entry> entries;

  private EntryList(int size, IntFunction<Entry> entries) {
    this.size = size;
    this.entries = entries;
  }

  /** {@code size} entries; {@code entries} gives the one at an index, the same each time. */
  public static List<Entry> of(int size, IntFunction<Entry> entries) {
    return new EntryList(size, entries);
  }

  @Override
  public Entry get(int index) {
    return entries.apply(Objects.checkIndex(index, size));
  }

  @Override
  public int size() {
    return size;
  }
}
