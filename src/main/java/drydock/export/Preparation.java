package drydock.export;

import drydock.fs.FileMeta;
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
 */
record Preparation(boolean hash, long mostData) {
  /** What a file that is read whole may have. */
  static final int SMALL_BYTES = 2 << 20;

  /** Holes are hashed as zeros: beyond this it would take a minute and more, and is left. */
  static final long MOST_HOLES_HASHED = 16L << 30;

  private static final long SMALL_SIZE = 32 << 20;
  private static final byte[] ZEROS = new byte[1 << 16];

  List<Prepared> all(List<Prepared.Item> batch, OrderedWork.Running running) throws IOException {
    List<Prepared> prepared = new ArrayList<>(batch.size());
    for (Prepared.Item item : batch) {
      running.check();
      prepared.add(one(item));
    }
    return prepared;
  }

  private Prepared one(Prepared.Item item) throws IOException {
    FileMeta meta = item.meta();
    SortedMap<Name, byte[]> attributes = attributes(item);
    byte[] target = target(item);
    if (!meta.isFile() || item.linkOf() != null) {
      return new Prepared(item, attributes, target, Content.none(item.log()), null, null);
    }
    Content content = Content.of(item.node(), meta, mostData, item.log());
    if (content.bytes() > SMALL_BYTES || content.size() > SMALL_SIZE) {
      return new Prepared(item, attributes, target, content, null, null);
    }
    byte[] bytes = new byte[(int) content.bytes()];
    String sha256 = read(content, bytes);
    return new Prepared(item, attributes, target, content, bytes, sha256);
  }

  private @Nullable String read(Content content, byte[] bytes) throws InterruptedIOException {
    MessageDigest digest = hash ? HashAlgorithm.SHA256.start() : null;
    long position = 0;
    int filled = 0;
    for (TreeSink.Data stretch : content.data()) {
      int length = (int) stretch.length();
      content.read(stretch.position(), bytes, filled, length);
      if (digest != null) {
        zeros(digest, stretch.position() - position);
        digest.update(bytes, filled, length);
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
      return Collections.unmodifiableSortedMap(new TreeMap<>(item.node().attributes()));
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
