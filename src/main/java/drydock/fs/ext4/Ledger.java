package drydock.fs.ext4;

import drydock.fs.NodeType;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of each inode: its type and links as its slot says, the names and the parents as
 * the directories say. Five bytes for each inode of a touched run of 65,536, and eight more where
 * directories are; at most {@value #MAX_PAGES} runs, beyond which nothing is known.
 */
final class Ledger {
  private static final int PAGE = 1 << 16;
  private static final int MAX_PAGES = 512;
  private static final int MOST = 0xffff;

  /** Of a run of inodes. */
  private static final class Page {
    private final byte[] types = new byte[PAGE];
    private final char[] links = new char[PAGE];
    private final char[] names = new char[PAGE];
    private int @Nullable [] above;
    private int @Nullable [] namedBy;
  }

  private final @Nullable Page[] pages;
  private int kept;
  private boolean whole = true;

  Ledger(long inodes) {
    pages = new @Nullable Page[(int) Math.min(inodes / PAGE + 1, 1 << 16)];
  }

  /** Whether all that was seen could be kept. */
  boolean isWhole() {
    return whole;
  }

  /** An inode in use. */
  void use(long inode, NodeType type, int links) {
    Page page = page(inode);
    if (page != null) {
      page.types[at(inode)] = (byte) (type.ordinal() + 1);
      page.links[at(inode)] = (char) links;
    }
  }

  boolean isUsed(long inode) {
    Page page = known(inode);
    return page != null && page.types[at(inode)] != 0;
  }

  @Nullable NodeType type(long inode) {
    Page page = known(inode);
    int type = page == null ? 0 : page.types[at(inode)];
    return type == 0 ? null : NodeType.values()[type - 1];
  }

  int links(long inode) {
    Page page = known(inode);
    return page == null ? 0 : page.links[at(inode)];
  }

  /** How many names, dots included, stand for it; never more than 65,535. */
  int names(long inode) {
    Page page = known(inode);
    return page == null ? 0 : page.names[at(inode)];
  }

  void name(long inode) {
    Page page = page(inode);
    if (page != null) {
      page.names[at(inode)] = (char) Math.min(page.names[at(inode)] + 1, MOST);
    }
  }

  /** What a directory's {@code ..} says; 0 when nothing does. */
  long above(long directory) {
    Page page = known(directory);
    int[] above = page == null ? null : page.above;
    return above == null ? 0 : Integer.toUnsignedLong(above[at(directory)]);
  }

  void putAbove(long directory, long parent) {
    Page page = page(directory);
    if (page != null) {
      int[] above = page.above == null ? new int[PAGE] : page.above;
      page.above = above;
      above[at(directory)] = (int) parent;
    }
  }

  /** The directory in which a name stands for this one; 0 when none does. */
  long namedBy(long directory) {
    Page page = known(directory);
    int[] namedBy = page == null ? null : page.namedBy;
    return namedBy == null ? 0 : Integer.toUnsignedLong(namedBy[at(directory)]);
  }

  void putNamedBy(long directory, long parent) {
    Page page = page(directory);
    if (page != null) {
      int[] namedBy = page.namedBy == null ? new int[PAGE] : page.namedBy;
      page.namedBy = namedBy;
      namedBy[at(directory)] = (int) parent;
    }
  }

  private static int at(long inode) {
    return (int) (inode % PAGE);
  }

  private @Nullable Page known(long inode) {
    long index = inode / PAGE;
    return inode >= 0 && index < pages.length ? pages[(int) index] : null;
  }

  private @Nullable Page page(long inode) {
    Page known = known(inode);
    if (known != null) {
      return known;
    }
    if (inode < 0 || inode / PAGE >= pages.length || kept >= MAX_PAGES) {
      whole = false;
      return null;
    }
    kept++;
    Page fresh = new Page();
    pages[(int) (inode / PAGE)] = fresh;
    return fresh;
  }
}
