package drydock.fs.ext4;

import org.jspecify.annotations.Nullable;

/** What becomes of a step while it is read. For one thread at a time. */
final class AheadPart {
  final AheadPath.Step step;

  /** Null where the directory cannot be listed, or has anything to be told of. */
  @Nullable Listing listing;

  /** The first name whose inode is read with this part. */
  int from;

  /** Behind the last one. */
  int end;

  AheadPart(AheadPath.Step step) {
    this.step = step;
    this.listing = step.listing();
    this.from = step.from();
    this.end = step.end();
  }

  /** Whether its names were listed with another part. */
  boolean isPiece() {
    return step.listing() != null;
  }
}
