package drydock.checkpoint.criu;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import drydock.bytes.CorruptDataException;
import drydock.finding.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries of images as messages of their types. Safe from many threads.
 *
 * <p>An image of another kind than its name says counts as not there.
 */
public final class Messages {
  /** More open files, mounts or processes are not taken: each stays on the heap. */
  private static final int MAX_ENTRIES = 250_000;

  private Messages() {}

  /** Is told a message and the entry that it is. */
  @FunctionalInterface
  public interface Sink<M> {
    void take(M message, ImageEntry entry) throws IOException;
  }

  /**
   * The first message of an image; null when there is no image or nothing in it, or when it cannot
   * be read, which is a finding.
   */
  public static <M extends Message> @Nullable M first(Images images, String name, Parser<M> parser)
      throws IOException {
    List<M> found = new ArrayList<>();
    read(
        images,
        name,
        entry -> {
          found.add(parse(entry, parser));
          return false;
        });
    return found.isEmpty() ? null : found.get(0);
  }

  /** Tells all messages of an image, if it is there; what cannot be read is a finding. */
  public static <M extends Message> void each(
      Images images, String name, Parser<M> parser, Sink<M> sink) throws IOException {
    read(
        images,
        name,
        entry -> {
          if (entry.index() >= MAX_ENTRIES) {
            String what = "more than " + MAX_ENTRIES + " entries: the rest is not read";
            images.log().add(Finding.damage(entry.origin(), entry.offset(), what));
            return false;
          }
          sink.take(parse(entry, parser), entry);
          return true;
        });
  }

  /** One image that is lost must not hide what the others tell. */
  private static void read(Images images, String name, ImageFile.Visitor visitor) {
    try {
      Optional<ImageFile> image = images.fitting(name);
      if (image.isPresent()) {
        image.get().entries(visitor);
      }
    } catch (IOException e) {
      images.log().add(e, images.origin().child(name));
    }
  }

  /**
   * The message that an entry is.
   *
   * @throws CorruptDataException when it is none
   */
  public static <M extends Message> M parse(ImageEntry entry, Parser<M> parser)
      throws CorruptDataException {
    try {
      return parser.parseFrom(entry.message());
    } catch (InvalidProtocolBufferException e) {
      throw new CorruptDataException(
          entry.origin(), entry.offset(), "a message that is none (" + e.getMessage() + ")");
    }
  }
}
