package drydock.checkpoint.criu;

import java.util.List;
import java.util.Map;

/** What stands in a field of a message, made readable; nothing of it is lost. Immutable. */
public sealed interface Rendered {
  /** A name or a text: usually UTF-8, and to be escaped by whoever shows it. */
  record Text(byte[] bytes) implements Rendered {}

  /** A word of ours: the name of a number, flags, an address. */
  record Word(String text) implements Rendered {}

  /** A number with a sign. */
  record Whole(long number) implements Rendered {}

  /** 64 bits without a sign. */
  record Count(long bits) implements Rendered {}

  record Flag(boolean set) implements Rendered {}

  /** Bytes that are no text. */
  record Blob(byte[] bytes) implements Rendered {}

  record Many(List<Rendered> items) implements Rendered {}

  /** A message: fields by name, in the order of their numbers; unknown ones behind. */
  record Fields(Map<String, Rendered> fields) implements Rendered {}
}
