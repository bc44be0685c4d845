package drydock.checkpoint.memory;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import drydock.bytes.ByteSource;
import drydock.bytes.LittleEndian;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.Name;
import drydock.fs.Node;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The images of one dump by name, and the entries of those that this package reads. */
final class DumpImages {
  private static final int COMMON_MAGIC = 0x54564319;
  private static final int SERVICE_MAGIC = 0x55105940;
  private static final int WINDOW = 1 << 18;

  /** The largest entry: an {@code mm} image of the most areas that a kernel allows has 3 MiB. */
  private static final int MAX_ENTRY = 16 << 20;

  private final Node directory;
  private final FindingLog log;

  /** Takes an entry, and where it lies in its image. */
  interface Sink<T> {
    void take(T entry, long offset);
  }

  DumpImages(Node directory, FindingLog log) {
    this.directory = directory;
    this.log = log;
  }

  Node directory() {
    return directory;
  }

  Optional<ByteSource> content(String name) throws IOException {
    Optional<Entry> entry = directory.child(Name.of(name));
    if (entry.isEmpty() || !entry.get().node().meta().isFile()) {
      return Optional.empty();
    }
    return Optional.of(entry.get().node().content());
  }

  /** The numbers in the names of images of a kind, as in {@code mm-7.img}. */
  SortedSet<Long> numbers(String prefix) throws IOException {
    Pattern pattern = Pattern.compile(Pattern.quote(prefix) + "([0-9]{1,10})\\.img");
    SortedSet<Long> found = new TreeSet<>();
    for (Entry entry : directory.list()) {
      Matcher matcher = pattern.matcher(entry.name().toString());
      if (matcher.matches()) {
        found.add(Long.parseLong(matcher.group(1)));
      }
    }
    return found;
  }

  /** Where the entries of an image begin: behind one magic number or two. */
  static long begin(ByteSource image) throws IOException {
    if (image.size() < Integer.BYTES) {
      return image.size();
    }
    int magic = LittleEndian.i32(image.bytes(0, Integer.BYTES), 0);
    return magic == COMMON_MAGIC || magic == SERVICE_MAGIC ? 2L * Integer.BYTES : Integer.BYTES;
  }

  /** Tells the entries behind the first {@code skipped} ones; damage ends them with a finding. */
  <T extends MessageLite> void entries(
      ByteSource image, int skipped, Parser<T> parser, Sink<T> sink) throws IOException {
    long at = begin(image);
    byte[] window = {};
    long from = at;
    for (int index = 0; at < image.size(); index++) {
      if (at + Integer.BYTES > image.size()) {
        log.add(Finding.damage(image.origin(), at, "an image ends inside of an entry's length"));
        return;
      }
      if (at + Integer.BYTES > from + window.length) {
        window = image.bytes(at, (int) Math.min(WINDOW, image.size() - at));
        from = at;
      }
      long length = LittleEndian.u32(window, (int) (at - from));
      long end = at + Integer.BYTES + length;
      if (length > MAX_ENTRY || end > image.size()) {
        String most = "at most " + Math.min(MAX_ENTRY, image.size() - at - Integer.BYTES);
        log.add(
            Finding.damage(
                image.origin(), at, "an entry longer than its image", length + " bytes", most));
        return;
      }
      if (end > from + window.length) {
        window = image.bytes(at, (int) Math.max(end - at, Math.min(WINDOW, image.size() - at)));
        from = at;
      }
      if (index >= skipped) {
        int start = (int) (at - from) + Integer.BYTES;
        if (!take(image, parser, window, start, (int) length, at, sink)) {
          return;
        }
      }
      at = end;
    }
  }

  /** Tells the first entry, if there is one. */
  <T extends MessageLite> void first(ByteSource image, Parser<T> parser, Consumer<T> sink)
      throws IOException {
    long at = begin(image);
    if (image.size() - at < Integer.BYTES) {
      return;
    }
    long length = LittleEndian.u32(image.bytes(at, Integer.BYTES), 0);
    if (length <= MAX_ENTRY && length <= image.size() - at - Integer.BYTES) {
      byte[] raw = image.bytes(at + Integer.BYTES, (int) length);
      take(image, parser, raw, 0, raw.length, at, (entry, offset) -> sink.accept(entry));
    }
  }

  private <T extends MessageLite> boolean take(
      ByteSource image,
      Parser<T> parser,
      byte[] raw,
      int start,
      int length,
      long at,
      Sink<T> sink) {
    try {
      sink.take(parser.parseFrom(raw, start, length), at);
      return true;
    } catch (InvalidProtocolBufferException e) {
      log.add(
          Finding.damage(image.origin(), at, "an entry that is no message: none after it is read"));
      return false;
    }
  }
}
