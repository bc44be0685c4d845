package drydock.cli;

import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.evidence.frozen.FrozenRuntime;
import drydock.finding.FindingLog;
import drydock.runtime.Container;
import drydock.runtime.Pod;
import drydock.runtime.Runtime;
import drydock.timeline.BodyFileWriter;
import drydock.timeline.CheckpointEvents;
import drydock.timeline.EventFilter;
import drydock.timeline.EventKind;
import drydock.timeline.Gathering;
import drydock.timeline.KubeletEvents;
import drydock.timeline.LogEvents;
import drydock.timeline.RuntimeEvents;
import drydock.timeline.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gathers the events of a node, or of some of its containers. */
final class EventTimeline {
  private final EventFilter filter;
  private final Gathering timeline;
  private final FindingLog log;

  EventTimeline(EventFilter filter, Gathering timeline, FindingLog log) {
    this.filter = filter;
    this.timeline = timeline;
    this.log = log;
  }

  /** All that the engines and the kubelet of a node tell. */
  void addAll(Evidence evidence) throws IOException {
    if (!wantsRecords()) {
      return;
    }
    List<Container> containers = new ArrayList<>();
    List<Pod> pods = new ArrayList<>();
    for (Runtime runtime : evidence.runtimes()) {
      containers.addAll(runtime.containers());
      pods.addAll(runtime.pods());
      timeline.add(new RuntimeEvents(runtime));
    }
    if (evidence.frozen().isEmpty()) {
      timeline.add(new KubeletEvents(evidence.node(), containers, pods, true, log));
    }
    addCheckpoints(evidence, containers);
  }

  /** What they tell of some containers. */
  void add(Evidence evidence, List<Owned<Container>> owned) throws IOException {
    if (!wantsRecords()) {
      return;
    }
    for (Runtime runtime : evidence.runtimes()) {
      List<Container> own =
          owned.stream().filter(o -> o.runtime() == runtime).map(Owned::thing).toList();
      if (!own.isEmpty()) {
        timeline.add(new RuntimeEvents(runtime, own, log));
      }
    }
    List<Container> all = owned.stream().map(Owned::thing).toList();
    if (evidence.frozen().isEmpty()) {
      timeline.add(new KubeletEvents(evidence.node(), all, List.of(), false, log));
    }
    addCheckpoints(evidence, all);
  }

  /** That they were frozen, if they were. */
  private void addCheckpoints(Evidence evidence, List<Container> containers) throws IOException {
    Optional<FrozenRuntime> frozen = evidence.frozen();
    if (frozen.isPresent()) {
      for (Container each : containers) {
        timeline.add(new CheckpointEvents(frozen.get().checkpoint(each), each));
      }
    }
  }

  /** The lines of logs: of some containers and all their attempts, or of all. */
  void addLogs(Evidence evidence, List<Owned<Container>> owned) throws IOException {
    if (filter.kinds().contains(EventKind.LOG_LINE) && evidence.frozen().isEmpty()) {
      timeline.add(new LogEvents(new LogSources(evidence, log).lines(owned), log));
    }
  }

  private boolean wantsRecords() {
    Set<EventKind> others = EnumSet.complementOf(EnumSet.of(EventKind.FILE, EventKind.LOG_LINE));
    return filter.kinds().stream().anyMatch(others::contains);
  }

  /** The files of the node. */
  void addNodeFiles(Evidence evidence, boolean deleted, BodyFileWriter.Progress progress)
      throws IOException {
    timeline.add(View.ofNode(evidence.node()), deleted, progress);
  }

  /** Whether files are asked for. */
  boolean wantsFiles() {
    return filter.kinds().contains(EventKind.FILE);
  }

  /** The files of a tree of a container; an error when none can be read. */
  void addFiles(View view, boolean deleted, BodyFileWriter.Progress progress) throws IOException {
    timeline.add(view, deleted, progress);
  }
}
