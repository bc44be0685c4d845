package drydock.timeline;

import java.util.Locale;

/** What happened. Names before the first hyphen are groups. */
public enum EventKind {
  /** A time of a file. */
  FILE,
  /** A piece of content was put into a store. */
  CONTENT_INGESTED,
  /** A piece of content began to be fetched and is not whole. */
  CONTENT_BEGUN,
  /** A name for an image was made: it was pulled, imported, built or tagged. */
  IMAGE_PULLED,
  /** The record of an image's name was written again. */
  IMAGE_UPDATED,
  /** A layer of an image was unpacked into a snapshot. */
  LAYER_UNPACKED,
  /** Any other snapshot was made, as a container's writable one. */
  SNAPSHOT_CREATED,
  CONTAINER_CREATED,
  CONTAINER_STARTED,
  /** A container was started that stands for one that had ended. */
  CONTAINER_RESTARTED,
  CONTAINER_EXITED,
  /** A container ended because it had used up its memory. */
  CONTAINER_KILLED,
  /** The record of a container was written, for the first or the last time. */
  CONTAINER_RECORDED,
  /** The sandbox of a pod was made. */
  SANDBOX_CREATED,
  LEASE_CREATED,
  /** The kubelet made the directory of a pod. */
  POD_DIRECTORY,
  /** The kubelet made the directory of a pod's volume. */
  VOLUME_DIRECTORY,
  /** A log was renamed and begun anew. */
  LOG_ROTATED,
  /** A program wrote a line. */
  LOG_LINE,
  /** The archive of a container's checkpoint was made. */
  CHECKPOINT_TAKEN;

  /** As it is written and typed: {@code container-exited}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether a word means it: its label or its group. */
  public boolean isCalled(String word) {
    String label = label();
    return label.equals(word) || label.startsWith(word + "-");
  }
}
