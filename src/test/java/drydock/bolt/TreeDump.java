package drydock.bolt;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/** All buckets and keys of a database with the sizes of the values, a bucket's entries after it. */
public final class TreeDump {
  private TreeDump() {}

  public static void of(BoltFile file, Consumer<TreeRow> sink) throws IOException {
    Deque<Cursor> path = new ArrayDeque<>();
    Cursor root = file.root().cursor();
    boolean more = root.moveToFirst();
    path.push(root);
    while (!path.isEmpty()) {
      Cursor at = path.element();
      if (!more) {
        path.pop();
        more = !path.isEmpty() && path.element().moveToNext();
        continue;
      }
      Optional<Bucket> nested = at.bucket();
      sink.accept(row(at, path.size() - 1, nested));
      if (nested.isPresent()) {
        Cursor inside = nested.get().cursor();
        path.push(inside);
        more = inside.moveToFirst();
      } else {
        more = at.moveToNext();
      }
    }
  }

  private static TreeRow row(Cursor at, int depth, Optional<Bucket> nested) {
    Page page = at.page();
    return new TreeRow(
        depth,
        page.key(at.index()),
        at.isBucket(),
        page.id(),
        page.valueBytes(at.index()),
        nested.map(Bucket::rootPageNumber).orElse(0L),
        nested.map(Bucket::sequence).orElse(0L));
  }
}
