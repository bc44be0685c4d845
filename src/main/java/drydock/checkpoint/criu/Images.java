package drydock.checkpoint.criu;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.NodeType;
import drydock.proto.criu.InventoryEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The directory with the images of a dump. Safe from many threads. */
public final class Images {
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{1,15}");

  private final Node directory;
  private final FindingLog log;
  private @Nullable Boolean memoryAlone;

  private Images(Node directory, FindingLog log) {
    this.directory = directory;
    this.log = log;
  }

  /** {@code log} takes what is wrong with the images, when they are read. */
  public static Images of(Node directory, FindingLog log) {
    return new Images(directory, log);
  }

  public Origin origin() {
    return directory.origin();
  }

  /** The names of all images, sorted: {@code *.img}, and those of a service. */
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    for (Entry entry : directory.list()) {
      String name = entry.name().toString();
      boolean isImage =
          name.endsWith(ImageKind.SUFFIX) || ImageKind.ofName(name) != ImageKind.UNKNOWN;
      if (isImage && entry.type() != NodeType.DIRECTORY && entry.type() != NodeType.SYMLINK) {
        names.add(name);
      }
    }
    return names;
  }

  /** The bytes of a file; their origin names it: a place in an archive does not. */
  public Optional<ByteSource> content(String name) throws IOException {
    Optional<Entry> entry = directory.child(Name.of(name));
    if (entry.isEmpty() || entry.get().node().meta().type() != NodeType.FILE) {
      return Optional.empty();
    }
    ByteSource content = entry.get().node().content();
    return Optional.of(
        content.origin().label().endsWith(name) ? content : content.slice(name, 0, content.size()));
  }

  /** The image of that name. */
  public Optional<ImageFile> find(String name) throws IOException {
    Optional<ByteSource> content = content(name);
    return content.isEmpty()
        ? Optional.empty()
        : Optional.of(ImageFile.open(name, content.get(), log));
  }

  /** The same when it is of the kind that its name says; else who looks for that has none. */
  public Optional<ImageFile> fitting(String name) throws IOException {
    return find(name).filter(image -> !image.isMisnamed());
  }

  /** The numbers in the names of the images of a kind, as in {@code core-7.img}; ascending. */
  public SortedSet<Long> numbers(String prefix, int radix) throws IOException {
    SortedSet<Long> numbers = new TreeSet<>();
    for (Entry entry : directory.list()) {
      String name = entry.name().toString();
      boolean fits = name.startsWith(prefix) && name.endsWith(ImageKind.SUFFIX);
      String digits =
          fits && name.length() > prefix.length() + ImageKind.SUFFIX.length()
              ? name.substring(prefix.length(), name.length() - ImageKind.SUFFIX.length())
              : "";
      if (DIGITS.matcher(digits).matches()) {
        try {
          numbers.add(Long.parseLong(digits, radix));
        } catch (NumberFormatException e) {
          // a name with letters where the number is decimal is another kind's
          continue;
        }
      }
    }
    return numbers;
  }

  /** Whether there is a file of that name. */
  public boolean has(String name) throws IOException {
    return directory.child(Name.of(name)).isPresent();
  }

  /** Whether an image that is named elsewhere is there; a finding if not. */
  public boolean isThere(String name) throws IOException {
    boolean there = has(name);
    if (!there && hasMemoryAlone()) {
      String what =
          "memory alone, as pre-dumps and page servers write it: the dump that belongs to it tells"
              + " of processes, files and what areas were for";
      log.add(Finding.missing(origin(), what));
    } else if (!there) {
      log.add(Finding.missing(origin(), "the image " + name + " is not there"));
    }
    return there;
  }

  /**
   * Whether there are pages and nothing of what processes were: what was written before they were
   * frozen ({@code criu pre-dump}), whose inventory names no process to begin with, or what was
   * sent elsewhere meanwhile ({@code criu page-server}), without any (CRIU's {@code cr-dump.c},
   * {@code cr_pre_dump_finish}; {@code page-xfer.c}).
   */
  public synchronized boolean hasMemoryAlone() throws IOException {
    Boolean known = memoryAlone;
    if (known == null) {
      known = hasPagesAlone() && namesNoRoot();
      memoryAlone = known;
    }
    return known;
  }

  private boolean hasPagesAlone() throws IOException {
    return !has("pstree.img")
        && numbers("core-", 10).isEmpty()
        && numbers("mm-", 10).isEmpty()
        && !numbers("pagemap-", 10).isEmpty();
  }

  /** Whether there is memory of processes without the pages of it. */
  public boolean lacksPages() throws IOException {
    return !numbers("pagemap-", 10).containsAll(numbers("mm-", 10));
  }

  private boolean namesNoRoot() throws IOException {
    InventoryEntry entry = Messages.first(this, "inventory.img", InventoryEntry.parser());
    return entry == null || !entry.hasRootIds();
  }

  /** Takes what is wrong with the images. */
  public FindingLog log() {
    return log;
  }
}
