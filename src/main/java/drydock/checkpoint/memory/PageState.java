package drydock.checkpoint.memory;

/** What a page map says of pages (CRIU's {@code include/pagemap.h}, {@code PE_...}). */
enum PageState {
  /** They are in the pages image of this dump. */
  DUMPED,
  /** They did not change since the parent dump, and are there. */
  PARENT,
  /** They were left to a page server, and are in no image. */
  LAZY
}
