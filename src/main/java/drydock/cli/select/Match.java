package drydock.cli.select;

import java.util.List;

/**
 * What a selector means.
 *
 * @param found all that it fits; one is an answer
 * @param nearest names that it may have been meant to be, when it fits nothing
 */
public record Match<T>(List<T> found, List<String> nearest) {
  public static <T> Match<T> of(List<T> found) {
    return new Match<>(List.copyOf(found), List.of());
  }
}
