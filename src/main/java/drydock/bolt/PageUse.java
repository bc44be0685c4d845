package drydock.bolt;

import org.jspecify.annotations.Nullable;

/**
 * A page as {@code debug bolt} shows it. Of a free or unreachable page the header is what is left
 * of an earlier transaction.
 *
 * @param type what the header calls the page: {@code branch}, {@code leaf}, {@code meta}, {@code
 *     freelist}, or a number
 * @param said the number that the header gives the page
 * @param count how many elements the header says it has
 * @param overflowPages how many further pages the header says belong to it
 * @param owner the bucket, as a path of names below {@code /}; null when no bucket has it
 */
public record PageUse(
    long number,
    PageState state,
    String type,
    long said,
    int count,
    long overflowPages,
    @Nullable String owner) {}
