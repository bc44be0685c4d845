package drydock.fs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A file's name (one component of a path) or an attribute's: bytes, compared unsigned, decoded only
 * to be shown. Immutable.
 */
public final class Name implements Comparable<Name> {
  private final byte[] bytes;
  private int hash;

  private Name(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A name of bytes of which a copy is made. */
  public static Name of(byte[] bytes) {
    return new Name(bytes.clone());
  }

  /** A name of a part of an array, copied. */
  public static Name of(byte[] bytes, int from, int length) {
    return new Name(Arrays.copyOfRange(bytes, from, from + length));
  }

  /** A name of a text's UTF-8 bytes. */
  public static Name of(String text) {
    return new Name(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  public int length() {
    return bytes.length;
  }

  /** Puts the bytes into an array; gives where they end there. */
  public int copyTo(byte[] into, int at) {
    System.arraycopy(bytes, 0, into, at, bytes.length);
    return at + bytes.length;
  }

  /** Whether this is {@code .} or {@code ..}, which every directory has and no listing shows. */
  public boolean isDotOrDotDot() {
    return bytes.length > 0
        && bytes.length <= 2
        && bytes[0] == '.'
        && bytes[bytes.length - 1] == '.';
  }

  /** Whether these are the text's UTF-8 bytes. */
  public boolean is(String text) {
    return Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8));
  }

  public boolean startsWith(String prefix) {
    byte[] start = prefix.getBytes(StandardCharsets.UTF_8);
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  @Override
  public int compareTo(Name other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Name name && Arrays.equals(bytes, name.bytes);
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = Arrays.hashCode(bytes);
    }
    return hash;
  }

  /** The name as text: see {@link NameText}. */
  @Override
  public String toString() {
    return NameText.of(bytes);
  }
}
