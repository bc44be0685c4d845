package drydock.bolt;

/**
 * An entry as {@code debug bolt} shows it.
 *
 * @param depth 0 for what is in the root bucket
 * @param page the page that the entry lies in
 * @param valueBytes the size of the value; of a bucket, its header and its inline page
 * @param rootPage of a bucket, the page of its tree; 0 when it is inline
 * @param sequence of a bucket
 */
@SuppressWarnings("ArrayRecordComponent") // handed out once, compared by nobody
public record TreeRow(
    int depth,
    byte[] key,
    boolean isBucket,
    long page,
    int valueBytes,
    long rootPage,
    long sequence) {}
