package drydock.provenance;

import java.util.Locale;

/** What a file of a node is a part of. */
public enum Kind {
  /** An image's layer, unpacked. */
  IMAGE_LAYER,
  /** What a container wrote. */
  CONTAINER_LAYER,
  /** A snapshot that neither an image nor a container is known for, or what belongs to one. */
  SNAPSHOT,
  /** The directory that overlayfs works in. */
  OVERLAY_WORK,
  /** A pod's volume, or a part of it. */
  VOLUME,
  /** What an image declares as a volume, kept by the engine. */
  IMAGE_VOLUME,
  /** The hosts file that the kubelet makes for a pod. */
  ETC_HOSTS,
  TERMINATION_LOG,
  /** What else the kubelet keeps of a pod. */
  POD,
  /** A container's log. */
  LOG,
  /** What the engine keeps of a container. */
  CONTAINER_STATE,
  /** What the engine keeps of a pod's sandbox: host name, resolver, shared memory. */
  SANDBOX_STATE,
  /** A blob that an image is made of. */
  CONTENT,
  /** Content that was being fetched. */
  INGEST,
  /** A database of the engine. */
  DATABASE,
  /** A checkpoint of a container. */
  CHECKPOINT,
  /** What else the engine keeps. */
  ENGINE,
  /** What else the kubelet keeps. */
  KUBELET,
  /** A file of the node that containers had mounted. */
  HOST_PATH,
  /** The node's own. */
  NODE;

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
