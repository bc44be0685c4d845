package drydock.bolt;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keys in order, each with a value or a nested bucket. Nothing is read before it is asked for. Safe
 * from many threads.
 */
public final class Bucket {
  private static final int MAX_DEPTH = 256;

  private final Pages pages;
  private final byte[] name;
  private final BucketHeader header;
  private final Origin origin;
  private final int depth;
  private final long referrer;
  private final @Nullable Page inline;

  private Bucket(
      Pages pages,
      byte[] name,
      BucketHeader header,
      Origin origin,
      int depth,
      long referrer,
      @Nullable Page inline) {
    this.pages = pages;
    this.name = name;
    this.header = header;
    this.origin = origin;
    this.depth = depth;
    this.referrer = referrer;
    this.inline = inline;
  }

  /** The bucket of a database that has no name and holds all others. */
  static Bucket root(Pages pages, MetaPage meta) {
    BucketHeader header = new BucketHeader(meta.rootPage(), meta.sequence());
    Origin origin = pages.origin(meta.rootPage());
    return new Bucket(
        pages, new byte[0], header, origin, 0, Claims.referrer(meta.number(), 0), null);
  }

  /** The name; empty for the root. */
  public byte[] name() {
    return name.clone();
  }

  /** The name as UTF-8 text. */
  public String nameText() {
    return new String(name, StandardCharsets.UTF_8);
  }

  /** The bucket's counter. */
  public long sequence() {
    return header.sequence();
  }

  /** The page in which the bucket's entries, or the first of them, lie. */
  public Origin origin() {
    return origin;
  }

  /** The page of the bucket's tree; 0 when it has none and lies in its parent's page. */
  public long rootPageNumber() {
    return header.rootPage();
  }

  public Optional<Bucket> bucket(String name) throws IOException {
    return bucket(name.getBytes(StandardCharsets.UTF_8));
  }

  /** The nested bucket of this name. */
  public Optional<Bucket> bucket(byte[] name) throws IOException {
    Cursor cursor = cursor();
    return cursor.moveTo(name) && cursor.isAt(name) ? cursor.bucket() : Optional.empty();
  }

  public Optional<byte[]> get(String key) throws IOException {
    return get(key.getBytes(StandardCharsets.UTF_8));
  }

  /** The value of a plain key. */
  public Optional<byte[]> get(byte[] key) throws IOException {
    Cursor cursor = cursor();
    return cursor.moveTo(key) && cursor.isAt(key) && !cursor.isBucket()
        ? Optional.of(cursor.page().value(cursor.index()))
        : Optional.empty();
  }

  /** A cursor that is nowhere yet. */
  public Cursor cursor() {
    return new Cursor(this, pages);
  }

  /** Shows all entries in the order of their keys. */
  public void forEach(EntryVisitor visitor) throws IOException {
    Cursor cursor = cursor();
    for (boolean more = cursor.moveToFirst(); more; more = cursor.moveToNext()) {
      if (!cursor.isBucket()) {
        visitor.value(cursor.page().key(cursor.index()), cursor.page().value(cursor.index()));
        continue;
      }
      Optional<Bucket> nested = cursor.bucket();
      if (nested.isPresent()) {
        visitor.bucket(nested.get());
      }
    }
  }

  /** The names of the nested buckets, in order. */
  public List<byte[]> bucketNames() throws IOException {
    List<byte[]> names = new ArrayList<>();
    for (Bucket nested : buckets()) {
      names.add(nested.name);
    }
    return names;
  }

  /** The nested buckets, in order. */
  public List<Bucket> buckets() throws IOException {
    List<Bucket> buckets = new ArrayList<>();
    Cursor cursor = cursor();
    for (boolean more = cursor.moveToFirst(); more; more = cursor.moveToNext()) {
      cursor.bucket().ifPresent(buckets::add);
    }
    return buckets;
  }

  /** Whether the bucket lies in its parent's page. */
  public boolean isInline() {
    return inline != null;
  }

  /** The place that refers to the bucket's root page. */
  long referrer() {
    return referrer;
  }

  /** The page that the bucket's tree begins with. */
  Page rootPage() throws IOException {
    return inline != null ? inline : pages.read(header.rootPage(), referrer);
  }

  /** The bucket that an element of one of this bucket's pages holds; empty when it is damaged. */
  Optional<Bucket> nested(Page page, int index) {
    byte[] key = page.key(index);
    byte[] value = page.value(index);
    try {
      if (inline != null) {
        throw new CorruptDataException(
            page.origin(), page.position(index), "a bucket inside an inline bucket");
      }
      if (depth >= MAX_DEPTH) {
        throw new CorruptDataException(
            page.origin(), page.position(index), "buckets nested more than " + MAX_DEPTH + " deep");
      }
      return Optional.of(nested(page, index, key, value));
    } catch (CorruptDataException e) {
      pages.log().add(Finding.of(e));
      return Optional.empty();
    }
  }

  private Bucket nested(Page page, int index, byte[] key, byte[] value)
      throws CorruptDataException {
    Origin entry = page.origin().child("bucket " + new String(key, StandardCharsets.UTF_8));
    BucketHeader nested =
        BucketHeader.decode(
            Arrays.copyOf(value, Math.min(value.length, BucketHeader.BYTES)), entry);
    long from = Claims.referrer(page.id(), page.position(index));
    if (!nested.isInline()) {
      return new Bucket(pages, key, nested, pages.origin(nested.rootPage()), depth + 1, from, null);
    }
    byte[] raw = Arrays.copyOfRange(value, BucketHeader.BYTES, value.length);
    PageHeader shape = PageHeader.decode(raw, entry);
    if (PageType.of(shape.flags()).orElse(PageType.META) != PageType.LEAF) {
      throw new CorruptDataException(
          entry,
          BucketHeader.BYTES + 8,
          "an inline bucket of the wrong type",
          shape.typeText(),
          "leaf");
    }
    Page content =
        Page.decode(page.id(), entry, new Elements(raw, true), shape.count(), pages.log());
    return new Bucket(pages, key, nested, entry, depth + 1, from, content);
  }
}
