package drydock.cli;

import drydock.cli.select.Owned;
import drydock.evidence.ContainerMount;
import drydock.evidence.Evidence;
import drydock.evidence.PlacedVolume;
import drydock.report.MountRow;
import drydock.report.Report;
import drydock.report.VolumeRow;
import drydock.runtime.Container;
import drydock.runtime.Orders;
import drydock.runtime.PodRef;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of {@code list mounts} and {@code list volumes}. */
record MountList(Evidence evidence) {

  /** The mounts of containers, those of each in their order. */
  void mounts(List<Owned<Container>> containers, Report.Rows<MountRow> rows) throws IOException {
    List<Owned<Container>> sorted = new ArrayList<>(containers);
    sorted.sort((a, b) -> Orders.CONTAINERS.compare(a.thing(), b.thing()));
    for (Owned<Container> each : sorted) {
      try {
        for (ContainerMount mount : evidence.mounts().of(each.runtime(), each.thing())) {
          rows.add(new MountRow(each.thing(), mount));
        }
      } catch (IOException e) {
        evidence.log().add(e, each.thing().origin());
      }
    }
  }

  /** The volumes of all pods, by pod and name. */
  List<VolumeRow> volumes() throws IOException {
    Map<String, PodRef> pods = new HashMap<>();
    for (Owned<Container> each : Owned.all(evidence, Runtime::containers)) {
      PodRef pod = each.thing().pod();
      if (pod != null && pod.uid() != null) {
        pods.put(pod.uid(), pod);
      }
    }
    List<VolumeRow> rows = new ArrayList<>();
    for (PlacedVolume each : evidence.mounts().volumes()) {
      String uid = each.volume().podUid();
      rows.add(new VolumeRow(each, uid == null ? null : pods.get(uid)));
    }
    rows.sort(BY_POD);
    return rows;
  }

  private static final Comparator<VolumeRow> BY_POD =
      (a, b) -> {
        int order = Orders.TEXT.compare(podName(a, true), podName(b, true));
        if (order == 0) {
          order = Orders.TEXT.compare(podName(a, false), podName(b, false));
        }
        if (order == 0) {
          order = Orders.TEXT.compare(a.placed().volume().podUid(), b.placed().volume().podUid());
        }
        return order != 0
            ? order
            : Orders.TEXT.compare(a.placed().volume().name(), b.placed().volume().name());
      };

  private static @Nullable String podName(VolumeRow row, boolean space) {
    PodRef pod = row.pod();
    return pod == null ? null : space ? pod.namespace() : pod.name();
  }
}
