package drydock.fs;

import drydock.bytes.ByteSource;
import java.util.List;

/**
 * The devices that belong to the same node as a file system's own: it may keep a part of itself
 * (its journal) on one of them. Safe from many threads.
 */
@FunctionalInterface
public interface Devices {
  /** When there are no others. */
  Devices NONE = List::of;

  /**
   * Partitions and whole disks alike, in a fixed order; the file system's own may be among them.
   */
  List<ByteSource> all();
}
