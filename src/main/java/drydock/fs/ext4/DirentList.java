package drydock.fs.ext4;

import drydock.fs.Name;
import drydock.fs.NodeType;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A directory's entries sorted by name, packed: their names lie in one array, and an entry is made
 * when it is asked for. A name costs its bytes and 9 more, so that a million of them fit a small
 * heap. Immutable.
 */
final class DirentList extends AbstractList<Dirent> implements RandomAccess {
  private static final NodeType[] TYPES = NodeType.values();
  private static final byte NO_TYPE = -1;

  /** What is shorter is sorted without merging. */
  private static final int SHORT = 7;

  private final byte[] names;
  private final int[] starts;
  private final int[] inodes;
  private final byte[] types;
  private final int[] order;
  private final long parent;
  private final boolean hides;

  private DirentList(Packer packed, int[] order) {
    this.names = packed.names;
    this.starts = packed.starts;
    this.inodes = packed.inodes;
    this.types = packed.types;
    this.order = order;
    this.parent = packed.parent;
    this.hides = packed.hides;
  }

  /** Whether deleted names may lie beside these. */
  boolean hides() {
    return hides;
  }

  /** The inode that the directory calls its parent; 0 when it does not say. */
  long parent() {
    return parent;
  }

  @Override
  public int size() {
    return order.length;
  }

  @Override
  public Dirent get(int index) {
    return new Dirent(name(index), inode(index), type(index));
  }

  /** That of an entry, without the entry. */
  Name name(int index) {
    int at = order[index];
    return Name.of(names, starts[at], starts[at + 1] - starts[at]);
  }

  /** That of an entry, without the entry. */
  long inode(int index) {
    return Integer.toUnsignedLong(inodes[order[index]]);
  }

  /** That of an entry, without the entry. */
  @Nullable NodeType type(int index) {
    byte type = types[order[index]];
    return type == NO_TYPE ? null : TYPES[type];
  }

  /** Takes the entries in any order. */
  static final class Packer {
    private byte[] names = new byte[256];
    private int[] starts = new int[16];
    private int[] inodes = new int[16];
    private byte[] types = new byte[16];
    private int count;
    private long parent;
    private boolean hides;

    /** Whether there is room for one more name: arrays cannot be longer. */
    boolean isFull() {
      return starts[count] > Integer.MAX_VALUE / 2 || count > Integer.MAX_VALUE / 4;
    }

    /** Says what {@code ..} stands for. */
    void parent(long inode) {
      parent = inode;
    }

    /** Says that deleted names may lie beside these. */
    void hides() {
      hides = true;
    }

    void add(Dirent entry) {
      byte[] name = entry.name().bytes();
      add(name, 0, name.length, entry.inode(), entry.type());
    }

    /** The same without an entry of its own; its name lies in {@code raw}. */
    void add(byte[] raw, int from, int length, long inode, @Nullable NodeType type) {
      int end = starts[count] + length;
      if (end > names.length) {
        names = Arrays.copyOf(names, Math.max(end, names.length + names.length / 2));
      }
      if (count + 1 == starts.length) {
        int longer = starts.length + starts.length / 2;
        starts = Arrays.copyOf(starts, longer);
        inodes = Arrays.copyOf(inodes, longer);
        types = Arrays.copyOf(types, longer);
      }
      System.arraycopy(raw, from, names, starts[count], length);
      inodes[count] = (int) inode;
      types[count] = type == null ? NO_TYPE : (byte) type.ordinal();
      starts[++count] = end;
    }

    /** The one that was added as the {@code index}th. */
    Dirent get(int index) {
      return new DirentList(this, new int[] {index}).get(0);
    }

    /**
     * All of them by name; of a name that is there again the first is kept, and the others told.
     */
    DirentList sorted(Consumer<Dirent> twins) {
      int[] order = new int[count];
      boolean inOrder = true;
      for (int i = 0; i < count; i++) {
        order[i] = i;
        inOrder = inOrder && (i == 0 || compare(i - 1, i) <= 0);
      }
      if (!inOrder) {
        mergeSort(order, order.clone(), 0, count);
      }
      int kept = 0;
      for (int i = 0; i < count; i++) {
        if (kept > 0 && compare(order[kept - 1], order[i]) == 0) {
          twins.accept(get(order[i]));
        } else {
          order[kept++] = order[i];
        }
      }
      return new DirentList(this, Arrays.copyOf(order, kept));
    }

    private int compare(int a, int b) {
      return Arrays.compareUnsigned(
          names, starts[a], starts[a + 1], names, starts[b], starts[b + 1]);
    }

    private void insertionSort(int[] into, int from, int to) {
      for (int i = from + 1; i < to; i++) {
        int each = into[i];
        int at = i;
        while (at > from && compare(into[at - 1], each) > 0) {
          into[at] = into[--at];
        }
        into[at] = each;
      }
    }

    /** Sorts {@code [from, to)} of {@code into}, of which {@code spare} is a copy; stable. */
    private void mergeSort(int[] into, int[] spare, int from, int to) {
      if (to - from < SHORT) {
        insertionSort(into, from, to);
        return;
      }
      int middle = (from + to) >>> 1;
      mergeSort(spare, into, from, middle);
      mergeSort(spare, into, middle, to);
      if (compare(spare[middle - 1], spare[middle]) <= 0) {
        System.arraycopy(spare, from, into, from, to - from);
        return;
      }
      int left = from;
      int right = middle;
      for (int i = from; i < to; i++) {
        boolean takeLeft = right >= to || left < middle && compare(spare[left], spare[right]) <= 0;
        into[i] = takeLeft ? spare[left++] : spare[right++];
      }
    }
  }
}
