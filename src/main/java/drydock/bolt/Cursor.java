package drydock.bolt;

import drydock.bytes.CorruptDataException;
import drydock.finding.Finding;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A position in a bucket, moved in the order of keys. Pages that cannot be read become findings and
 * are stepped over. For one thread. Off both ends, and before the first move, it is nowhere, and
 * {@link #next} and {@link #previous} answer nothing.
 */
public final class Cursor {
  /** A sound tree of 64 levels would have more pages than a file can. */
  private static final int MAX_LEVELS = 64;

  private final Bucket bucket;
  private final Pages pages;
  private final Deque<Frame> path = new ArrayDeque<>();

  /** A page on the way down, and the element that the way goes through. */
  private static final class Frame {
    final Page page;
    final Bound bound;
    int index;

    Frame(Page page, Bound bound, int index) {
      this.page = page;
      this.bound = bound;
      this.index = index;
    }
  }

  /** The key of a branch element that all keys of a page are below; of no page: no bound. */
  private record Bound(Optional<Page> page, int index) {
    static final Bound NONE = new Bound(Optional.empty(), 0);

    boolean holds(Page of, int element) {
      return page.isEmpty() || of.compareKey(element, page.get(), index) < 0;
    }
  }

  Cursor(Bucket bucket, Pages pages) {
    this.bucket = bucket;
    this.pages = pages;
  }

  /** The entry with the lowest key. */
  public Optional<BoltEntry> first() throws IOException {
    return moveToFirst() ? Optional.of(entry()) : Optional.empty();
  }

  /** The entry with the highest key. */
  public Optional<BoltEntry> last() throws IOException {
    enterRoot();
    if (!path.isEmpty()) {
      path.element().index = path.element().page.count() - 1;
    }
    return settleBackward() ? Optional.of(entry()) : Optional.empty();
  }

  public Optional<BoltEntry> next() throws IOException {
    return moveToNext() ? Optional.of(entry()) : Optional.empty();
  }

  public Optional<BoltEntry> previous() throws IOException {
    if (path.isEmpty()) {
      return Optional.empty();
    }
    path.element().index--;
    return settleBackward() ? Optional.of(entry()) : Optional.empty();
  }

  /** The entry with this key, or with the next higher one. */
  public Optional<BoltEntry> seek(byte[] key) throws IOException {
    return moveTo(key) ? Optional.of(entry()) : Optional.empty();
  }

  /** The nested bucket at the position; empty when a plain key is there, or a damaged bucket. */
  public Optional<Bucket> bucket() {
    if (path.isEmpty() || !isBucket()) {
      return Optional.empty();
    }
    return bucket.nested(page(), index());
  }

  boolean moveToFirst() throws IOException {
    enterRoot();
    return settleForward();
  }

  boolean moveToNext() throws IOException {
    if (path.isEmpty()) {
      return false;
    }
    path.element().index++;
    return settleForward();
  }

  boolean moveTo(byte[] key) throws IOException {
    enterRoot();
    while (!path.isEmpty() && !path.element().page.isLeaf()) {
      Frame top = path.element();
      top.index = top.page.childFor(key);
      if (top.index >= top.page.count() || !enterChild(top)) {
        top.index++;
        return settleForward();
      }
    }
    if (!path.isEmpty()) {
      path.element().index = path.element().page.ceiling(key);
    }
    return settleForward();
  }

  boolean isAt(byte[] key) {
    return page().compareKey(index(), key) == 0;
  }

  boolean isBucket() {
    return page().isBucket(index());
  }

  Page page() {
    return path.element().page;
  }

  int index() {
    return path.element().index;
  }

  private BoltEntry entry() {
    boolean nested = isBucket();
    return new BoltEntry(page().key(index()), nested ? null : page().value(index()), nested);
  }

  private void enterRoot() throws IOException {
    path.clear();
    try {
      path.push(new Frame(bucket.rootPage(), Bound.NONE, 0));
    } catch (CorruptDataException e) {
      pages.log().add(Finding.of(e));
    } catch (EOFException e) {
      pages.log().add(e, bucket.origin());
    }
  }

  /** Goes down and forward to the next leaf element at or after the position. */
  private boolean settleForward() throws IOException {
    while (!path.isEmpty()) {
      Frame top = path.element();
      if (top.index >= top.page.count()) {
        path.pop();
        if (!path.isEmpty()) {
          path.element().index++;
        }
      } else if (top.page.isLeaf()) {
        return true;
      } else if (!enterChild(top)) {
        top.index++;
      }
    }
    return false;
  }

  private boolean settleBackward() throws IOException {
    while (!path.isEmpty()) {
      Frame top = path.element();
      if (top.index < 0) {
        path.pop();
        if (!path.isEmpty()) {
          path.element().index--;
        }
      } else if (top.page.isLeaf()) {
        return true;
      } else if (enterChild(top)) {
        path.element().index = path.element().page.count() - 1;
      } else {
        top.index--;
      }
    }
    return false;
  }

  private boolean enterChild(Frame top) throws IOException {
    long id = top.page.child(top.index);
    try {
      if (path.size() >= MAX_LEVELS) {
        throw new CorruptDataException(
            top.page.origin(), 0, "a tree of more than " + MAX_LEVELS + " levels");
      }
      Page child = pages.read(id, Claims.referrer(top.page.id(), top.page.position(top.index)));
      Bound bound =
          top.index + 1 < top.page.count()
              ? new Bound(Optional.of(top.page), top.index + 1)
              : top.bound;
      checkKeys(child, top, bound);
      path.push(new Frame(child, bound, 0));
      return true;
    } catch (CorruptDataException e) {
      pages.log().add(Finding.of(e));
    } catch (EOFException e) {
      pages.log().add(e, pages.origin(id));
    }
    return false;
  }

  private void checkKeys(Page child, Frame parent, Bound bound) {
    int count = child.count();
    if (count > 0
        && (child.compareKey(0, parent.page, parent.index) < 0 || !bound.holds(child, count - 1))) {
      pages
          .log()
          .add(
              Finding.damage(
                  child.origin(),
                  0,
                  "the keys of the page are not those that page " + parent.page.id() + " says"));
    }
  }
}
