package drydock.timeline.plot;

import drydock.timeline.Subject;
import java.util.Comparator;
import java.util.Objects;

/** Whose a lane is, in the order of the picture: the node, pods with their containers, others. */
record LaneKey(int rank, String namespace, String pod, String name, String label)
    implements Comparable<LaneKey> {
  static final LaneKey NODE = new LaneKey(0, "", "", "", "node");
  static final LaneKey OTHERS = new LaneKey(3, "", "", "", "");

  private static final Comparator<LaneKey> ORDER =
      Comparator.comparingInt(LaneKey::rank)
          .thenComparing(LaneKey::namespace)
          .thenComparing(LaneKey::pod)
          .thenComparing(LaneKey::name);

  private static final int SHORT_ID = 12;

  /** All attempts of a container of a pod share a lane. */
  static LaneKey of(Subject subject) {
    String pod = subject.pod();
    String name = subject.container();
    String id = subject.containerId();
    if (pod != null) {
      String namespace = Objects.toString(subject.podNamespace(), "");
      String label = name == null ? namespace + "/" + pod : name;
      return new LaneKey(1, namespace, pod, name == null ? "" : name, label);
    }
    if (id == null) {
      return NODE;
    }
    String brief = id.matches("[0-9a-f]{64}") ? id.substring(0, SHORT_ID) : id;
    return new LaneKey(2, "", "", id, name == null || name.equals(id) ? brief : name + " " + brief);
  }

  boolean isPod() {
    return rank == 1 && name.isEmpty();
  }

  boolean isOfPod() {
    return rank == 1 && !name.isEmpty();
  }

  /** That of the pod around it. */
  LaneKey ofPod() {
    return new LaneKey(1, namespace, pod, "", namespace + "/" + pod);
  }

  @Override
  public int compareTo(LaneKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LaneKey key && compareTo(key) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(rank, namespace, pod, name);
  }
}
