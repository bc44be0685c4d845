package drydock.verify;

import drydock.fs.Device;
import drydock.fs.FileMeta;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.NodeType;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file as unpacking would have made it; one object for all its hard links. For one thread, and
 * changed by {@link Unpacking} alone.
 */
final class Made {
  static final byte[] NO_TARGET = new byte[0];
  static final SortedMap<Name, byte[]> NO_ATTRIBUTES = Collections.emptySortedMap();

  final NodeType type;
  final Device device;
  final byte[] target;
  int permissions;
  long uid;
  long gid;
  long size;

  /** Null where it is the moment of unpacking, or of anything later. */
  @Nullable Instant modified;

  /** SHA-256 of the content; null of what has none, or where it is {@link #copied}'s. */
  byte @Nullable [] sha256;

  SortedMap<Name, byte[]> attributes = NO_ATTRIBUTES;

  /** Whether an entry of the archive is for it; else it was made for what lies in it. */
  boolean named;

  /** What the snapshot below has there, where that was copied. */
  final @Nullable Node copied;

  private SortedMap<Name, Made> below = Collections.emptySortedMap();

  /** Names of {@link #copied} that are not shown through: taken away, or in {@link #below}. */
  private Set<Name> hidden = Set.of();

  private boolean hidesAll;

  Made(NodeType type, Device device, byte[] target) {
    this(type, device, target, null);
  }

  private Made(NodeType type, Device device, byte[] target, @Nullable Node copied) {
    this.type = type;
    this.device = device;
    this.target = target;
    this.copied = copied;
  }

  static Made directory(int permissions) {
    Made made = new Made(NodeType.DIRECTORY, Device.ZERO, NO_TARGET);
    made.permissions = permissions;
    return made;
  }

  /** A copy of what the snapshot below has. */
  static Made copyOf(Node node) throws IOException {
    FileMeta meta = node.meta();
    Device device = meta.device() == null ? Device.ZERO : meta.device();
    Made made = new Made(meta.type(), device, node.linkTarget(), node);
    made.permissions = meta.permissions();
    made.uid = meta.uid();
    made.gid = meta.gid();
    made.size = meta.size();
    made.modified = meta.isDirectory() ? null : meta.times().modified();
    made.attributes = node.attributes();
    return made;
  }

  boolean isDirectory() {
    return type == NodeType.DIRECTORY;
  }

  Optional<Made> child(Name name) throws IOException {
    Made known = below.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    if (copied == null || !isDirectory() || hidesAll || hidden.contains(name)) {
      return Optional.empty();
    }
    var entry = copied.child(name);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    Made copy = copyOf(entry.get().node());
    put(name, copy);
    return Optional.of(copy);
  }

  void put(Name name, Made child) {
    if (below.isEmpty()) {
      below = new TreeMap<>();
    }
    below.put(name, child);
  }

  void remove(Name name) {
    if (!below.isEmpty()) {
      below.remove(name);
    }
    if (copied != null) {
      hidden = hidden.isEmpty() ? new HashSet<>() : hidden;
      hidden.add(name);
    }
  }

  /** Takes away all that no entry of this archive has made, in this and all directories below. */
  void keepNamed() {
    hidesAll = true;
    if (below.isEmpty()) {
      return;
    }
    below.values().removeIf(child -> !child.named);
    for (Made child : below.values()) {
      if (child.isDirectory()) {
        child.keepNamed();
      }
    }
  }

  /** All names, sorted; what is copied among them. */
  SortedMap<Name, Made> children() throws IOException {
    if (copied != null && isDirectory() && !hidesAll) {
      for (var entry : copied.list()) {
        if (!below.containsKey(entry.name()) && !hidden.contains(entry.name())) {
          put(entry.name(), copyOf(entry.node()));
        }
      }
    }
    return below;
  }
}
