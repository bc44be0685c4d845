package drydock.checkpoint.memory;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.checkpoint.criu.ImageFile;
import drydock.checkpoint.criu.ImageKind;
import drydock.checkpoint.criu.Images;
import drydock.checkpoint.criu.Messages;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The images of one dump by name. Safe from many threads. */
final class DumpImages {
  private final Node directory;
  private final Images images;
  private final FindingLog log;

  /** Takes an entry, and where it lies in its image; gives whether to go on. */
  interface Sink<T> {
    boolean take(T entry, long offset) throws IOException;
  }

  DumpImages(Node directory, FindingLog log) {
    this.directory = directory;
    this.images = Images.of(directory, log);
    this.log = log;
  }

  Node directory() {
    return directory;
  }

  /** {@link Images#hasMemoryAlone}. */
  boolean haveMemoryAlone() throws IOException {
    return images.hasMemoryAlone();
  }

  Optional<ByteSource> content(String name) throws IOException {
    return images.content(name);
  }

  /** The image of a name; none where it is of another kind than the name says. */
  Optional<ImageFile> image(String name) throws IOException {
    return images.fitting(name);
  }

  /** Everything that is called an image, by name, of whatever kind. */
  List<ImageFile> all() throws IOException {
    List<ImageFile> all = new ArrayList<>();
    for (Entry entry : directory.list()) {
      String name = entry.name().toString();
      if (name.endsWith(ImageKind.SUFFIX)) {
        images.find(name).ifPresent(all::add);
      }
    }
    return all;
  }

  /** The numbers in the names of images of a kind, as in {@code mm-7.img}. */
  SortedSet<Long> numbers(String prefix) throws IOException {
    Pattern pattern = Pattern.compile(Pattern.quote(prefix) + "([0-9]{1,18})\\.img");
    SortedSet<Long> found = new TreeSet<>();
    for (Entry entry : directory.list()) {
      Matcher matcher = pattern.matcher(entry.name().toString());
      if (matcher.matches()) {
        found.add(Long.parseLong(matcher.group(1)));
      }
    }
    return found;
  }

  /** Tells the entries behind the first {@code skipped} ones; damage ends them with a finding. */
  <T extends Message> void entries(ImageFile image, int skipped, Parser<T> parser, Sink<T> sink)
      throws IOException {
    image.entries(
        entry -> {
          if (entry.index() < skipped) {
            return true;
          }
          T message;
          try {
            message = Messages.parse(entry, parser);
          } catch (CorruptDataException e) {
            // what comes after it is not to be trusted
            log.add(Finding.of(e));
            return false;
          }
          return sink.take(message, entry.offset());
        });
  }

  /** All entries of an image that is not long; none when it is not there. */
  <T extends Message> List<T> list(String name, Parser<T> parser) throws IOException {
    List<T> found = new ArrayList<>();
    Optional<ImageFile> image = image(name);
    if (image.isPresent()) {
      entries(image.get(), 0, parser, (entry, offset) -> found.add(entry));
    }
    return found;
  }

  /** The first entry of an image, if there is one. */
  <T extends Message> Optional<T> first(String name, Parser<T> parser) throws IOException {
    List<T> found = new ArrayList<>();
    Optional<ImageFile> image = image(name);
    if (image.isPresent()) {
      entries(
          image.get(),
          0,
          parser,
          (entry, offset) -> {
            found.add(entry);
            return false;
          });
    }
    return found.stream().findFirst();
  }
}
