package drydock.fs.ext4;

import drydock.fs.Name;
import drydock.fs.NodeType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way that a walk has before it, as far as it is known: listed directories whose names come
 * next, the innermost first. Not safe from many threads.
 */
final class AheadPath {
  /** So many directories are read together. */
  private static final int DIRECTORIES = 64;

  /** So many nodes of one directory. */
  static final int PIECE = 2048;

  /**
   * Something to be read next: a directory, or more nodes of one that is listed already.
   *
   * @param directory the inode to be listed; 0 for a piece
   * @param listing whose names from {@code from} to {@code end} are to be read; null for a
   *     directory
   */
  record Step(long directory, @Nullable Listing listing, int from, int end) {}

  /** Names that come next, from {@code at} on. */
  private static final class Frame {
    final Listing listing;
    final @Nullable Frame behind;
    int at;

    Frame(Listing listing, @Nullable Frame behind) {
      this.listing = listing;
      this.behind = behind;
    }
  }

  private @Nullable Frame top;

  void clear() {
    top = null;
  }

  /** Puts listed directories before everything else. */
  void push(List<Listing> listings) {
    for (int i = listings.size() - 1; i >= 0; i--) {
      top = new Frame(listings.get(i), top);
    }
  }

  /**
   * Goes on to a directory, over all that comes before it. One that is not among the next {@code
   * limit} names is put before them.
   *
   * @return whether it was among them
   */
  boolean goTo(long directory, int limit) {
    int left = limit;
    for (Frame frame = top; frame != null && left > 0; frame = frame.behind) {
      Listing listing = frame.listing;
      int size = listing.names().size();
      for (int i = frame.at; i < size && left > 0; i++, left--) {
        if (listing.inode(i) == directory && listing.mayBeDirectory(i)) {
          frame.at = i;
          top = frame;
          return true;
        }
      }
    }
    DirentList.Packer one = new DirentList.Packer();
    one.add(new Dirent(Name.of("."), directory, NodeType.DIRECTORY));
    Listing alone = new Listing(0, one.sorted(twin -> {}));
    alone.claim(1);
    top = new Frame(alone, top);
    return false;
  }

  /** The steps that come next, in their order, and passes them; none when nothing is known. */
  List<Step> next() {
    List<Step> steps = new ArrayList<>();
    int pieces = 0;
    Frame frame = top;
    while (frame != null && steps.size() < DIRECTORIES && pieces < 2) {
      Listing listing = frame.listing;
      if (frame.at == listing.names().size()) {
        frame = frame.behind;
        continue;
      }
      if (frame.at >= listing.claimed()) {
        steps.add(piece(listing, frame.at));
        pieces++;
      }
      int at = frame.at++;
      if (listing.mayBeDirectory(at)) {
        steps.add(new Step(listing.inode(at), null, 0, 0));
      }
    }
    top = frame;
    return steps;
  }

  /** What the walk has asked for already is left out. */
  private static Step piece(Listing listing, int at) {
    int size = listing.names().size();
    int from = Math.min(size, Math.max(at, listing.passed()));
    int end = Math.min(size, from + PIECE);
    listing.claim(end);
    return new Step(0, listing, from, end);
  }
}
