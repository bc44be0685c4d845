package drydock.checkpoint.network;

import drydock.bytes.LittleEndian;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The attributes of a message by their types; of a type that is there twice the last. */
final class Attributes {
  private static final int HEAD = 4;
  private static final int TYPE_BITS = 0x3fff;

  private final Map<Integer, byte[]> values = new TreeMap<>();

  private Attributes() {}

  /** Those from a place on, as far as they go: one that leads beyond the end ends them. */
  static Attributes of(byte[] raw, int from) {
    Attributes all = new Attributes();
    int at = from;
    while (raw.length - at >= HEAD) {
      int length = LittleEndian.u16(raw, at);
      if (length < HEAD || length > raw.length - at) {
        break;
      }
      int type = LittleEndian.u16(raw, at + 2) & TYPE_BITS;
      all.values.put(type, Arrays.copyOfRange(raw, at + HEAD, at + length));
      at += length + 3 & ~3;
    }
    return all;
  }

  boolean has(int type) {
    return values.containsKey(type);
  }

  byte @Nullable [] bytes(int type) {
    return values.get(type);
  }

  /** Those within an attribute. */
  Attributes nested(int type) {
    byte[] raw = values.get(type);
    return raw == null ? new Attributes() : of(raw, 0);
  }

  /** A number of 32 bits; null when it is not there. */
  @Nullable Long u32(int type) {
    byte[] raw = values.get(type);
    return raw == null || raw.length < Integer.BYTES ? null : LittleEndian.u32(raw, 0);
  }

  /** A number of up to eight bytes in the order of the network; null when it is not there. */
  @Nullable Long big(int type) {
    byte[] raw = values.get(type);
    if (raw == null || raw.length == 0 || raw.length > Long.BYTES) {
      return null;
    }
    long number = 0;
    for (byte each : raw) {
      number = number << Byte.SIZE | each & 0xff;
    }
    return number;
  }

  /** A text without the 0 at its end; null when it is not there. */
  byte @Nullable [] text(int type) {
    byte[] raw = values.get(type);
    if (raw == null) {
      return null;
    }
    int end = 0;
    while (end < raw.length && raw[end] != 0) {
      end++;
    }
    return Arrays.copyOf(raw, end);
  }

  /** The types that are none of these. */
  List<Integer> others(List<Integer> known) {
    List<Integer> others = new ArrayList<>(values.keySet());
    others.removeAll(known);
    return others;
  }
}
