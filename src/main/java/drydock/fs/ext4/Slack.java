package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.u32;

import drydock.fs.Name;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Finds the entries that lie where a directory block has none: between the content of a living
 * entry and the next one, in free records, behind the entries of an index.
 *
 * <p>Whatever was written there stays until something is written over it, or until a kernel (5.13
 * and later) wipes what it deletes; it lies at any multiple of four bytes. An entry is believed
 * when its inode can be one, its type is known, its name is whole and possible, and its length
 * leads to a place inside of the block. The checksum at the end of a block, {@code .} and {@code
 * ..} are none.
 */
final class Slack {
  /** The shortest name that the encryption of names yields. */
  private static final int SHORTEST_ENCRYPTED = 16;

  /** The entry that holds a block's checksum. */
  private static final int CHECKSUM_BYTES = 12;

  private static final byte CHECKSUM_TYPE = (byte) 0xde;

  /** As long as the longest block. */
  private static final byte[] NOTHING = new byte[1 << 16];

  /** Is shown each entry: where it lies, and what it says; its inode is 0 when that was wiped. */
  @FunctionalInterface
  interface Sink {
    void found(int offset, Dirent entry);
  }

  private final DirentForm form;
  private final boolean isEncrypted;
  private final long lastInode;

  Slack(DirentForm form, boolean isEncrypted, long lastInode) {
    this.form = form;
    this.isEncrypted = isEncrypted;
    this.lastInode = lastInode;
  }

  static Slack of(Volume volume, Inode inode) {
    return new Slack(
        DirentForm.of(volume, inode),
        inode.has(InodeFlag.ENCRYPTED),
        volume.superblock().lastInode());
  }

  /** Looks between the entries from {@code from} on, and behind them where their chain breaks. */
  void between(byte[] raw, int from, int end, Sink sink) {
    DirentBlock chain = new DirentBlock(raw, from, end, form);
    while (true) {
      while (chain.step()) {
        int free = chain.inode() == 0 ? chain.offset() : chain.contentEnd();
        scan(raw, free, chain.recordEnd(), end, sink);
      }
      if (chain.trouble() == null) {
        return;
      }
      int resumed = resumption(raw, chain.offset(), end);
      int lost = isWhole(raw, chain.offset(), resumed) ? contentEnd(raw, chain.offset(), end) : 0;
      scan(raw, Math.max(lost, chain.offset()), resumed, end, sink);
      chain.resume(resumed);
    }
  }

  /** Looks at all of {@code [from, to)} of a block that ends at {@code end}. */
  void scan(byte[] raw, int from, int to, int end, Sink sink) {
    int at = behindZeros(raw, from + 3 & ~3, to);
    while (at + DirentForm.HEADER_BYTES < to) {
      if (isBelievable(raw, at, to, end)) {
        Dirent entry = dirent(raw, at);
        if (!entry.name().isDotOrDotDot()) {
          sink.found(at, entry);
        }
        at = behindZeros(raw, contentEnd(raw, at, end), to);
      } else {
        at = behindZeros(raw, at + 4, to);
      }
    }
  }

  /** Whether names may lie behind an entry of a chain, or in it where it is free. */
  boolean mayHide(DirentBlock entry, byte[] raw) {
    boolean isFree = entry.inode() == 0;
    int at = entry.offset();
    int to = entry.recordEnd();
    if (isFree && to - at == CHECKSUM_BYTES && raw[at + 7] == CHECKSUM_TYPE) {
      return false; // no name has this type
    }
    int first = behindZeros(raw, (isFree ? at : entry.contentEnd()) + 3 & ~3, to);
    return first + DirentForm.HEADER_BYTES < to;
  }

  /**
   * The next place at or behind {@code at} where an entry can be, four bytes apart: where nothing
   * is, neither is one, and a name has a length in the last of the first eight bytes.
   */
  private static int behindZeros(byte[] raw, int at, int to) {
    if (at >= to || raw[at] != 0) {
      return at;
    }
    int zeros = Arrays.mismatch(raw, at, to, NOTHING, 0, Math.min(to - at, NOTHING.length));
    int skipped = zeros < 0 ? to - at : zeros - (DirentForm.HEADER_BYTES - 1);
    return at + (Math.max(0, skipped) + 3 & ~3);
  }

  /**
   * Where a chain that broke at {@code from} goes on: at the next entry from which lengths lead to
   * the end of the block, as those of the living ones do; the end when there is none.
   */
  int resumption(byte[] raw, int from, int end) {
    BitSet leading = leadingToTheEnd(raw, from, end);
    int at = isWhole(raw, from, end) ? contentEnd(raw, from, end) : from + 4;
    for (; at + DirentForm.HEADER_BYTES < end; at += 4) {
      if (leading.get((at - from) / 4)
          && isWhole(raw, at, end)
          && isBelievable(raw, at, end, end)) {
        return at;
      }
    }
    return end;
  }

  /** The places, counted in fours from {@code from}, from which records lead to the end. */
  private BitSet leadingToTheEnd(byte[] raw, int from, int end) {
    BitSet leading = new BitSet((end - from) / 4 + 1);
    leading.set((end - from) / 4);
    for (int at = from + ((end - from) / 4 - 2) * 4; at > from; at -= 4) {
      int length = form.recordLength(raw, at);
      boolean isRecord = length >= DirentForm.HEADER_BYTES && length % 4 == 0 && length <= end - at;
      if (isRecord && leading.get((at - from + length) / 4)) {
        leading.set((at - from) / 4);
      }
    }
    return leading;
  }

  /** Whether all of an entry but its length can be believed, and it is in use. */
  boolean isWhole(byte[] raw, int at, int to) {
    return at + DirentForm.HEADER_BYTES < to
        && u32(raw, at) != 0
        && u32(raw, at) <= lastInode
        && isKnownType(form.type(raw, at))
        && isPossibleName(raw, at, to);
  }

  private boolean isBelievable(byte[] raw, int at, int to, int end) {
    if (u32(raw, at) > lastInode || !isKnownType(form.type(raw, at))) {
      return false;
    }
    int length = form.recordLength(raw, at);
    return length % 4 == 0
        && length <= end - at
        && isPossibleName(raw, at, to)
        && length >= contentEnd(raw, at, end) - at;
  }

  private boolean isKnownType(int stored) {
    return form.hasTypes() ? (stored & 0xf) != 0 && !form.isUnknownType(stored) : stored == 0;
  }

  private boolean isPossibleName(byte[] raw, int at, int to) {
    int length = form.nameLength(raw, at);
    int from = at + DirentForm.HEADER_BYTES;
    if (length == 0 || length > 255 || length > to - from || contentEnd(raw, at, to) > to) {
      return false;
    }
    return isEncrypted
        ? length >= SHORTEST_ENCRYPTED
        : !DirentBlock.isImpossibleName(raw, from, length);
  }

  private int contentEnd(byte[] raw, int at, int end) {
    return form.contentEnd(raw, at, end);
  }

  private Dirent dirent(byte[] raw, int at) {
    Name name = Name.of(raw, at + DirentForm.HEADER_BYTES, form.nameLength(raw, at));
    return new Dirent(name, u32(raw, at), DirentBlock.type(form.type(raw, at)));
  }
}
