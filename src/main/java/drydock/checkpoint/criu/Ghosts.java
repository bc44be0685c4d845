package drydock.checkpoint.criu;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.fs.Name;
import drydock.proto.criu.GhostFileEntry;
import drydock.proto.criu.Timeval;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads ghosts: {@code ghost-file-N.img}, N in hexadecimal digits.
 *
 * <p>Source: CRIU 4.2, criu/files-reg.c.
 */
final class Ghosts {
  private static final int MAX_CHUNKS = 250_000;
  private static final long MAX_SECONDS = Integer.MAX_VALUE * 16L;

  private final Images images;

  private Ghosts(Images images) {
    this.images = images;
  }

  /** The ghost of that number; empty when there is none. */
  static Optional<GhostFile> read(Images images, long id) throws IOException {
    String name = ImageKind.GHOST_FILE.file(Long.toHexString(id));
    if (!images.isThere(name)) {
      return Optional.empty();
    }
    Optional<ImageFile> image = images.fitting(name);
    return image.isEmpty() ? Optional.empty() : new Ghosts(images).ghost(id, image.get());
  }

  private Optional<GhostFile> ghost(long id, ImageFile image) throws IOException {
    List<GhostFileEntry> head = new ArrayList<>();
    List<ImageEntry.Payload> data = new ArrayList<>();
    image.entries(
        entry -> {
          if (entry.index() == 0) {
            head.add(Messages.parse(entry, GhostFileEntry.parser()));
          }
          data.addAll(entry.payloads());
          return data.size() < MAX_CHUNKS;
        });
    if (head.isEmpty()) {
      return Optional.empty();
    }
    GhostFileEntry file = head.get(0);
    Origin origin = image.origin();
    return Optional.of(
        new GhostFile(
            id,
            Integer.toUnsignedLong(file.getUid()),
            Integer.toUnsignedLong(file.getGid()),
            Integer.toUnsignedLong(file.getMode()),
            file.hasDev() ? device(file.getDev(), false) : null,
            file.hasIno() ? file.getIno() : null,
            file.hasRdev() ? device(file.getRdev(), true) : null,
            file.hasAtim() ? time(file.getAtim()) : null,
            file.hasMtim() ? time(file.getMtim()) : null,
            file.hasSymlnkTarget() ? Name.of(file.getSymlnkTarget().toByteArray()) : null,
            content(file, data, origin),
            origin));
  }

  private static DeviceNumber device(int number, boolean old) {
    return DeviceNumber.of(Integer.toUnsignedLong(number), old);
  }

  private static @Nullable Instant time(Timeval time) {
    long seconds = time.getTvSec();
    long micros = time.getTvUsec();
    return Math.abs(seconds) > MAX_SECONDS || micros < 0 || micros >= 1_000_000
        ? null
        : Instant.ofEpochSecond(seconds, micros * 1000);
  }

  private ByteSource content(GhostFileEntry file, List<ImageEntry.Payload> data, Origin origin)
      throws IOException {
    if (!file.getChunks()) {
      return data.isEmpty() ? new ArraySource(new byte[0], origin) : data.get(0).bytes();
    }
    NavigableMap<Long, ByteSource> chunks = new TreeMap<>();
    long size = file.hasSize() && file.getSize() >= 0 ? file.getSize() : Long.MAX_VALUE;
    long end = 0;
    for (ImageEntry.Payload each : data) {
      long last = each.at() + each.bytes().size();
      boolean fits = each.at() >= 0 && last >= 0 && last <= size && isFree(chunks, each.at(), last);
      if (fits) {
        chunks.put(each.at(), each.bytes());
        end = Math.max(end, last);
      } else {
        String what = "a piece of a deleted file that does not fit into it";
        images.log().add(Finding.damage(origin, each.offset(), what));
      }
    }
    return new ChunkSource(file.hasSize() && file.getSize() >= 0 ? size : end, chunks, origin);
  }

  private static boolean isFree(NavigableMap<Long, ByteSource> chunks, long from, long to) {
    Map.Entry<Long, ByteSource> before = chunks.floorEntry(from);
    Long next = chunks.ceilingKey(from);
    return (before == null || before.getKey() + before.getValue().size() <= from)
        && (next == null || next >= to);
  }
}
