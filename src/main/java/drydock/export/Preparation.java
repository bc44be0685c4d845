package drydock.export;

import drydock.fs.HashAlgorithm;
import drydock.fs.Name;
import drydock.fs.OrderedWork;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is to be written, on any thread: all of a small file, of a large one where its data
 * are.
 *
 * @param hash whether contents are hashed
 * @param mostData no file may have more bytes
 * @param rooms where small files are read to
 */
record Preparation(boolean hash, long mostData, Rooms rooms) {
  /** What a file that is read whole may have. */
  static final int SMALL_BYTES = 2 << 20;

  private static final long SMALL_SIZE = 32 << 20;
  private static final byte[] ZEROS = new byte[1 << 16];

  /**
   * What was read together.
   *
   * @param room where the bytes of small files are, to be given back when they are written
   */
  record Batch(List<Prepared> files, byte[] room) {}

  Batch all(List<Prepared.Item> items, OrderedWork.Running running) throws IOException {
    List<Content> contents = new ArrayList<>(items.size());
    int bytes = 0;
    for (Prepared.Item item : items) {
      running.check();
      Content content = content(item);
      contents.add(content);
      bytes += isSmall(content) ? (int) content.bytes() : 0;
    }
    byte[] room = rooms.take(bytes);
    List<Prepared> prepared = new ArrayList<>(items.size());
    int from = 0;
    for (int i = 0; i < items.size(); i++) {
      running.check();
      Content content = contents.get(i);
      prepared.add(one(items.get(i), content, room, from));
      from += isSmall(content) ? (int) content.bytes() : 0;
    }
    return new Batch(prepared, room);
  }

  private Content content(Prepared.Item item) throws IOException {
    return item.meta().isFile() && item.linkOf() == null
        ? Content.of(item.node(), item.meta(), mostData, item.log())
        : Content.none(item.log());
  }

  /** The files of a batch are together never larger than two of these. */
  private static boolean isSmall(Content content) {
    return content.bytes() <= SMALL_BYTES && content.size() <= SMALL_SIZE;
  }

  private Prepared one(Prepared.Item item, Content content, byte[] room, int from)
      throws IOException {
    SortedMap<Name, byte[]> attributes = attributes(item);
    byte[] target = target(item);
    boolean isFile = item.meta().isFile() && item.linkOf() == null;
    if (!isFile || !isSmall(content)) {
      return new Prepared(item, attributes, target, content, null, 0, null);
    }
    String sha256 = read(content, room, from);
    return new Prepared(item, attributes, target, content, room, from, sha256);
  }

  private @Nullable String read(Content content, byte[] room, int from)
      throws InterruptedIOException {
    MessageDigest digest = hash ? HashAlgorithm.SHA256.start() : null;
    long position = 0;
    int filled = from;
    for (TreeSink.Data stretch : content.data()) {
      int length = (int) stretch.length();
      content.read(stretch.position(), room, filled, length);
      if (digest != null) {
        zeros(digest, stretch.position() - position);
        digest.update(room, filled, length);
      }
      position = stretch.end();
      filled += length;
    }
    if (digest == null) {
      return null;
    }
    zeros(digest, content.size() - position);
    return HexFormat.of().formatHex(digest.digest());
  }

  static void zeros(MessageDigest digest, long count) {
    for (long left = count; left > 0; left -= ZEROS.length) {
      digest.update(ZEROS, 0, (int) Math.min(left, ZEROS.length));
    }
  }

  private static @Nullable SortedMap<Name, byte[]> attributes(Prepared.Item item)
      throws InterruptedIOException {
    try {
      SortedMap<Name, byte[]> attributes = item.node().attributes();
      return attributes.isEmpty()
          ? Collections.emptySortedMap()
          : Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      item.log().add(e, item.node().origin());
      return null;
    }
  }

  /** A symlink's target; one with a zero byte in it is none that any system has. */
  private static byte @Nullable [] target(Prepared.Item item) throws InterruptedIOException {
    if (!item.meta().isSymlink()) {
      return new byte[0];
    }
    try {
      byte[] target = item.node().linkTarget();
      int zero = 0;
      while (zero < target.length && target[zero] != 0) {
        zero++;
      }
      return zero == 0 ? null : Arrays.copyOf(target, zero);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      item.log().add(e, item.node().origin());
      return null;
    }
  }
}
