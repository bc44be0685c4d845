package drydock.bolt;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A BoltDB database, opened for reading. Safe from many threads. Damage that leaves something to
 * read goes to the log it was opened with, at the time when it is met.
 */
public final class BoltFile {
  /** How many buckets of the first level are looked at before a meta page is trusted. */
  private static final int PROBED_BUCKETS = 16;

  private final ByteSource file;
  private final MetaPages metas;
  private final MetaPage meta;
  private final Pages pages;
  private final Bucket root;

  private BoltFile(ByteSource file, MetaPages metas, MetaPage meta, FindingLog log) {
    this.file = file;
    this.metas = metas;
    this.meta = meta;
    this.pages = new Pages(file, meta, log);
    this.root = Bucket.root(pages, meta);
  }

  /**
   * Opens a database under the meta page of the newest transaction; under the other one when that
   * page is not sound or its tree is damaged at the top. Which one it was is said in a finding.
   *
   * @throws CorruptDataException when it is no Bolt database, or nothing of it can be read
   */
  public static BoltFile open(ByteSource file, FindingLog log) throws IOException {
    MetaPages metas = MetaPages.read(file);
    List<MetaPage> candidates = metas.byPreference();
    BoltFile newest = new BoltFile(file, metas, candidates.get(0), log);
    Optional<CorruptDataException> damage = newest.damageAtTop();
    if (damage.isPresent() && candidates.size() > 1) {
      BoltFile other = new BoltFile(file, metas, candidates.get(1), log);
      if (other.damageAtTop().isEmpty() && other.topEntries() >= Math.max(1, newest.topEntries())) {
        newest.reportFallback(damage.get(), other.meta, log);
        newest.reportSize(log);
        return other.reported(log);
      }
    }
    if (damage.isPresent() && !newest.meta.isSound()) {
      throw new CorruptDataException(
          file.origin(), 0, "no meta page is sound", String.join(", ", newest.meta.faults()), null);
    }
    return newest.reported(log);
  }

  /** Opens a database under one of its meta pages, 0 or 1, sound or not. */
  public static BoltFile open(ByteSource file, int metaPage, FindingLog log) throws IOException {
    MetaPages metas = MetaPages.read(file);
    for (MetaPage candidate : metas.byPreference()) {
      if (candidate.number() == metaPage) {
        return new BoltFile(file, metas, candidate, log).reported(log);
      }
    }
    throw new CorruptDataException(
        file.origin().child("page " + metaPage), 0, "meta page " + metaPage + " cannot be used");
  }

  /** The bucket that holds all others. */
  public Bucket root() {
    return root;
  }

  public Origin origin() {
    return file.origin();
  }

  public int pageBytes() {
    return (int) meta.pageBytes();
  }

  /** The meta page that the database is read under. */
  public MetaPage meta() {
    return meta;
  }

  /** Both meta pages, or the one that there is, sound or not. */
  public List<MetaPage> metaPages() {
    return metas.all();
  }

  /** The file's size, which may be more or less than the pages need. */
  public long size() {
    return file.size();
  }

  Pages pages() {
    return pages;
  }

  private BoltFile reported(FindingLog log) {
    metas.report(file, meta, log);
    reportSize(log);
    return this;
  }

  private void reportSize(FindingLog log) {
    long said = meta.pageCount();
    if (said < 2 || said > file.size() / meta.pageBytes()) {
      log.add(
          Finding.damage(
              file.origin(),
              file.size(),
              "the database is cut off, or its meta page is wrong",
              file.size() + " bytes",
              Long.toUnsignedString(said) + " pages of " + meta.pageBytes() + " bytes"));
    }
  }

  private void reportFallback(CorruptDataException damage, MetaPage other, FindingLog log) {
    log.add(Finding.of(damage));
    log.add(
        Finding.damage(
            file.origin(),
            meta.offset(),
            "the tree under meta page "
                + meta.number()
                + " (transaction "
                + meta.transaction()
                + ") is damaged; read under meta page "
                + other.number()
                + " (transaction "
                + other.transaction()
                + "), so the last change is not shown"));
  }

  /** How many elements the root page has; 0 when it cannot be read. */
  private int topEntries() throws IOException {
    try {
      return root.rootPage().count();
    } catch (CorruptDataException | EOFException e) {
      return 0;
    }
  }

  /** What is wrong with the root page, or with the first pages of the buckets in it. */
  private Optional<CorruptDataException> damageAtTop() throws IOException {
    try {
      Page top = root.rootPage();
      for (int i = 0; top.isLeaf() && i < Math.min(top.count(), PROBED_BUCKETS); i++) {
        Optional<Bucket> nested = top.isBucket(i) ? root.nested(top, i) : Optional.empty();
        if (nested.isPresent()) {
          nested.get().rootPage();
        }
      }
      return Optional.empty();
    } catch (CorruptDataException e) {
      return Optional.of(e);
    } catch (EOFException e) {
      return Optional.of(
          new CorruptDataException(file.origin(), 0, String.valueOf(e.getMessage())));
    }
  }
}
