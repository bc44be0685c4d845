package drydock.bolt;

/** What a database does with a page. */
public enum PageState {
  META,
  FREELIST,
  /** Part of a bucket's tree. */
  USED,
  /** On the free list: what it holds is left over from an earlier transaction. */
  FREE,
  /**
   * Neither in a tree nor on a free list; where no free list is kept, this is what free pages are.
   */
  UNREACHABLE
}
