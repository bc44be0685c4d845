package drydock.fs.tar;

import drydock.fs.NodeType;

/** What an entry of an archive makes. */
public enum TarKind {
  FILE(NodeType.FILE),
  DIRECTORY(NodeType.DIRECTORY),
  SYMLINK(NodeType.SYMLINK),
  /** A further name of a file that stands earlier in the archive. */
  LINK(NodeType.UNKNOWN),
  CHARACTER(NodeType.CHARACTER),
  BLOCK(NodeType.BLOCK),
  FIFO(NodeType.FIFO),
  /** Settings for all entries behind it, which engines do not follow; no file. */
  GLOBAL(NodeType.UNKNOWN);

  private final NodeType type;

  TarKind(NodeType type) {
    this.type = type;
  }

  /** The type of the node; unknown where it is another's or none. */
  public NodeType type() {
    return type;
  }
}
