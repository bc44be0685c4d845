package drydock.bolt;

import java.util.Optional;

/** What a page holds, as its header says. */
public enum PageType {
  BRANCH(0x01),
  LEAF(0x02),
  META(0x04),
  FREELIST(0x10);

  private final int flags;

  PageType(int flags) {
    this.flags = flags;
  }

  /** The type that the flags of a header name; empty when they name none. */
  static Optional<PageType> of(int flags) {
    for (PageType type : values()) {
      if (type.flags == flags) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
