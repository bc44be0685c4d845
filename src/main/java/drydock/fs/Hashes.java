package drydock.fs;

import drydock.bytes.ByteSource;
import drydock.bytes.LeftOutException;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The hashes of a file's content, several in one pass.
 *
 * <p>Reads {@value #BUFFER_BYTES} bytes at a time whatever the size; known holes are not read, but
 * hashed as the zeros that they are, unless that took minutes to hours: anybody can make a file of
 * terabytes that nothing is stored of.
 */
public final class Hashes {
  /** A file with more bytes of holes is not hashed. */
  public static final long MOST_HOLES = 16L << 30;

  private static final int BUFFER_BYTES = 256 << 10;

  /** Is told of each piece before it is read; what it throws ends the work. */
  @FunctionalInterface
  public interface Meter {
    void read(int bytes) throws IOException;
  }

  private Hashes() {}

  /** One hash, as lower-case hex. */
  public static String of(ByteSource content, HashAlgorithm algorithm) throws IOException {
    return String.valueOf(of(content, Set.of(algorithm)).get(algorithm));
  }

  /** Each of the hashes, as lower-case hex. */
  public static Map<HashAlgorithm, String> of(ByteSource content, Set<HashAlgorithm> algorithms)
      throws IOException {
    return of(content, algorithms, bytes -> {});
  }

  /**
   * The same, and tells how far it is.
   *
   * @throws LeftOutException when there are more holes than are hashed
   */
  public static Map<HashAlgorithm, String> of(
      ByteSource content, Set<HashAlgorithm> algorithms, Meter meter) throws IOException {
    refuseHoles(content);
    Map<HashAlgorithm, MessageDigest> digests = new EnumMap<>(HashAlgorithm.class);
    algorithms.forEach(algorithm -> digests.put(algorithm, algorithm.start()));
    feed(content, new ArrayList<>(digests.values()), meter);
    Map<HashAlgorithm, String> hashes = new EnumMap<>(HashAlgorithm.class);
    digests.forEach((a, digest) -> hashes.put(a, HexFormat.of().formatHex(digest.digest())));
    return Collections.unmodifiableMap(hashes);
  }

  private static void refuseHoles(ByteSource content) throws LeftOutException {
    long size = content.size();
    long holes = 0;
    long position = 0;
    while (size > MOST_HOLES && position < size) {
      long data = Math.min(size, Math.max(position, content.nextData(position)));
      holes += data - position;
      if (holes > MOST_HOLES) {
        throw new LeftOutException(notHashed(size));
      }
      position = data < size ? endOfData(content, data, size) : size;
    }
  }

  /** What is said of a file that is not hashed. */
  public static String notHashed(long size) {
    return "not hashed: of its "
        + size
        + " bytes more than "
        + (MOST_HOLES >> 30)
        + " GiB are holes; 'drydock cat' gives them to a program that hashes";
  }

  private static void feed(ByteSource content, List<MessageDigest> digests, Meter meter)
      throws IOException {
    long size = content.size();
    byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, size)];
    byte[] zeros = new byte[buffer.length];
    long position = 0;
    while (position < size) {
      long data = Math.min(size, Math.max(position, content.nextData(position)));
      while (position < data) {
        int count = (int) Math.min(zeros.length, data - position);
        meter.read(count);
        update(digests, zeros, count);
        position += count;
      }
      if (position < size) {
        long end = endOfData(content, position, size);
        int count = (int) Math.min(buffer.length, end - position);
        meter.read(count);
        content.read(position, buffer, 0, count);
        update(digests, buffer, count);
        position += count;
      }
    }
  }

  private static long endOfData(ByteSource content, long position, long size) {
    long hole = content.nextHole(position);
    return hole > position ? Math.min(hole, size) : size;
  }

  private static void update(List<MessageDigest> digests, byte[] bytes, int count) {
    for (MessageDigest digest : digests) {
      digest.update(bytes, 0, count);
    }
  }
}
