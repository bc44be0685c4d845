package drydock.bolt;

import drydock.bytes.CorruptDataException;
import drydock.finding.Finding;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Every page of a database and who has it. Reads all of the trees, then the header of each page;
 * the pages themselves are handed out one by one, so that a large file needs little memory.
 */
public final class PageMap {
  /** Is shown one page after the other. */
  @FunctionalInterface
  public interface Visitor {
    void visit(PageUse page) throws IOException;
  }

  private final Pages pages;
  private final MetaPage meta;
  private final TreeMap<Long, String> owners = new TreeMap<>();
  private final Set<Long> free;

  private PageMap(Pages pages, MetaPage meta, Set<Long> free) {
    this.pages = pages;
    this.meta = meta;
    this.free = free;
  }

  public static PageMap of(BoltFile file) throws IOException {
    Pages pages = file.pages();
    Set<Long> free = Set.of();
    try {
      free = Freelist.read(pages, file.meta()).pages();
    } catch (CorruptDataException e) {
      pages.log().add(Finding.of(e));
    }
    PageMap map = new PageMap(pages, file.meta(), free);
    map.findOwners(file.root());
    return map;
  }

  /** Shows the pages by number; those that a page goes on in are part of it and not shown. */
  public void forEach(Visitor visitor) throws IOException {
    for (long number = 0; number < pages.count(); number++) {
      PageHeader header;
      try {
        header = pages.header(number);
      } catch (CorruptDataException e) {
        pages.log().add(Finding.of(e));
        continue;
      }
      PageState state = state(number);
      visitor.visit(
          new PageUse(
              number,
              state,
              header.typeText(),
              header.id(),
              header.count(),
              header.overflowPages(),
              owners.get(number)));
      if (state == PageState.USED || state == PageState.FREELIST) {
        number = Math.max(number, Math.min(number + header.overflowPages(), nextOwned(number) - 1));
      }
    }
  }

  /**
   * The first page after {@code number} that has an owner of its own, for headers that say too
   * much.
   */
  private long nextOwned(long number) {
    Long next = owners.higherKey(number);
    return next == null ? pages.count() : next;
  }

  private PageState state(long number) {
    if (number < 2) {
      return PageState.META;
    }
    if (owners.containsKey(number)) {
      return PageState.USED;
    }
    if (number == meta.freelistPage()) {
      return PageState.FREELIST;
    }
    return free.contains(number) ? PageState.FREE : PageState.UNREACHABLE;
  }

  /** A page that is still to be looked at, and the bucket it belongs to. */
  private record Step(Bucket bucket, String path, long page, long referrer) {}

  private void findOwners(Bucket root) throws IOException {
    Deque<Step> steps = new ArrayDeque<>();
    enter(root, "/", steps);
    while (!steps.isEmpty()) {
      Step step = steps.pop();
      try {
        Page page = pages.read(step.page, step.referrer);
        owners.put(step.page, step.path);
        for (int i = 0; i < page.count(); i++) {
          enterElement(step, page, i, steps);
        }
      } catch (CorruptDataException e) {
        pages.log().add(Finding.of(e));
      }
    }
  }

  private static void enterElement(Step step, Page page, int index, Deque<Step> steps) {
    if (!page.isLeaf()) {
      long referrer = Claims.referrer(page.id(), page.position(index));
      steps.push(new Step(step.bucket, step.path, page.child(index), referrer));
    } else if (page.isBucket(index)) {
      Optional<Bucket> nested = step.bucket.nested(page, index);
      String parent = step.path.equals("/") ? "" : step.path;
      nested.ifPresent(bucket -> enter(bucket, parent + "/" + bucket.nameText(), steps));
    }
  }

  private static void enter(Bucket bucket, String path, Deque<Step> steps) {
    if (!bucket.isInline()) {
      steps.push(new Step(bucket, path, bucket.rootPageNumber(), bucket.referrer()));
    }
  }
}
