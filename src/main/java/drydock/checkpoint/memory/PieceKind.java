package drydock.checkpoint.memory;

/** What is known of a piece of a process's memory. */
public enum PieceKind {
  /** Its bytes are in this dump's pages. */
  DUMPED(true),
  /** Its bytes are in a parent dump's pages. */
  PARENT(true),
  /** Its bytes are in the pages of the shared memory that is mapped there. */
  SHARED(true),
  /** Never touched, or all zeros: nothing was stored, and it reads as zeros. */
  ZERO(true),
  /** A page of a mapped file that was not changed: the images do not have it. */
  FILE(false),
  /** The same where the file was found: its bytes are read from there. */
  FILE_FOUND(true),
  /** Left to a page server when the dump was made: the images do not have it. */
  LAZY(false),
  /** The images say that they have it, and it is not there. */
  MISSING(false),
  /** The kernel's own (vvar, vsyscall and the like), which is never dumped. */
  KERNEL(false),
  /** No area is there. */
  UNMAPPED(false);

  private final boolean known;

  PieceKind(boolean known) {
    this.known = known;
  }

  /** Whether the bytes of it are known. */
  public boolean isKnown() {
    return known;
  }
}
