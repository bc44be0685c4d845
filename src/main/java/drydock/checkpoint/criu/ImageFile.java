package drydock.checkpoint.criu;

import drydock.bytes.ByteSource;
import drydock.bytes.CachedSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.LittleEndian;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;

/**
 * An image of CRIU: entries of a length, a message and, of some kinds, raw bytes behind it. Entries
 * are read one by one, raw bytes only when asked for. Safe from many threads.
 *
 * <p>Source: CRIU 4.2, criu/image.c and lib/pycriu/images/images.py.
 */
public final class ImageFile {
  /** The largest message that is read: an area of memory is some 50 bytes of one. */
  private static final int MAX_MESSAGE = 32 << 20;

  private static final int WORD = 4;

  private final String name;
  private final ImageKind kind;
  private final ByteSource bytes;
  private final long firstEntry;
  private final FindingLog log;

  private ImageFile(
      String name, ImageKind kind, ByteSource bytes, long firstEntry, FindingLog log) {
    this.name = name;
    this.kind = kind;
    this.bytes = bytes;
    this.firstEntry = firstEntry;
    this.log = log;
  }

  /** Is told the entries in their order. */
  @FunctionalInterface
  public interface Visitor {
    /** Gives whether to go on. */
    boolean entry(ImageEntry entry) throws IOException;
  }

  /**
   * Looks at the magic numbers of an image; at its name where it has none.
   *
   * @param name the file's, without directories
   * @param log takes what is wrong with it, now and when entries are read
   */
  public static ImageFile open(String name, ByteSource bytes, FindingLog log) throws IOException {
    ImageKind named = ImageKind.ofName(name);
    if (named != ImageKind.UNKNOWN && named.isRaw()) {
      return new ImageFile(name, named, bytes, bytes.size(), log);
    }
    int words = (int) Math.min(2, bytes.size() / WORD);
    byte[] head = bytes.bytes(0, words * WORD);
    int first = words == 0 ? 0 : LittleEndian.i32(head, 0);
    boolean prefixed = first == ImageKind.COMMON_MAGIC || first == ImageKind.SERVICE_MAGIC;
    int at = prefixed ? WORD : 0;
    boolean whole = head.length >= at + WORD;
    ImageKind told = whole ? ImageKind.ofMagic(LittleEndian.i32(head, at)) : ImageKind.UNKNOWN;
    if (told != named || !whole) {
      log.add(misnamed(bytes.origin(), at, told, named));
    }
    ImageKind kind = told != ImageKind.UNKNOWN ? told : prefixed ? named : ImageKind.UNKNOWN;
    boolean hasEntries = whole && (prefixed || told != ImageKind.UNKNOWN);
    return new ImageFile(name, kind, bytes, hasEntries ? at + WORD : bytes.size(), log);
  }

  private static Finding misnamed(Origin origin, long at, ImageKind told, ImageKind named) {
    if (told != ImageKind.UNKNOWN && named == ImageKind.UNKNOWN) {
      return Finding.note(origin, "an image of the kind " + told + " under a name that is none");
    }
    String found = told == ImageKind.UNKNOWN ? "none that is known" : told.toString();
    return Finding.damage(origin, at, "magic number of an image", found, named.toString());
  }

  public String name() {
    return name;
  }

  /** What its magic number says, or where that is damaged its name. */
  public ImageKind kind() {
    return kind;
  }

  /**
   * Whether it is of a kind that its name does not say, which was told when it was opened: to who
   * looks for what the name says it is as good as not there.
   */
  public boolean isMisnamed() {
    ImageKind named = ImageKind.ofName(name);
    return named != ImageKind.UNKNOWN && kind != ImageKind.UNKNOWN && kind != named;
  }

  /** The whole file. */
  public ByteSource bytes() {
    return bytes;
  }

  public Origin origin() {
    return bytes.origin();
  }

  /** Whether there are entries to be read; else all of it is data of another format. */
  public boolean hasEntries() {
    return firstEntry < bytes.size();
  }

  /**
   * Tells the entries. One that cannot be read is a finding, and so the end: where the next one
   * begins is then not known.
   */
  public void entries(Visitor visitor) throws IOException {
    // entries are small and many; raw bytes behind them go past the cache
    ByteSource near = new CachedSource(bytes, 1 << 14, 4);
    long at = firstEntry;
    int index = 0;
    while (at < bytes.size()) {
      ImageEntry entry;
      long end;
      try {
        byte[] message = message(near, at, index);
        Payloads payloads = new Payloads(this, at + WORD + message.length, near);
        entry = entry(at, index, message, payloads);
        end = payloads.end();
      } catch (CorruptDataException e) {
        log.add(Finding.of(e));
        return;
      }
      if (!visitor.entry(entry)) {
        return;
      }
      at = end;
      index++;
    }
  }

  private ImageEntry entry(long at, int index, byte[] message, Payloads payloads)
      throws IOException {
    Origin origin = ImageEntry.origin(origin(), index);
    return new ImageEntry(
        kind, index, at + WORD, message, payloads.of(kind, index, message, log), origin);
  }

  private byte[] message(ByteSource near, long at, int index) throws IOException {
    long left = bytes.size() - at - WORD;
    long size = left < 0 ? 0 : LittleEndian.u32(near.bytes(at, WORD), 0);
    if (left < 0 || size > left) {
      String found =
          left < 0 ? left + WORD + " bytes" : size + " bytes of which " + left + " are there";
      throw new CorruptDataException(origin(), at, "an entry that is cut short", found, null);
    }
    if (size > MAX_MESSAGE) {
      throw new CorruptDataException(
          origin(), at, "an entry too large", size + " bytes", "at most " + MAX_MESSAGE);
    }
    byte[] message = near.bytes(at + WORD, (int) size);
    MessageCost.check(MessageTypes.of(kind, index), message, origin(), at + WORD);
    return message;
  }
}
