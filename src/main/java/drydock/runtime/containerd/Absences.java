package drydock.runtime.containerd;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.runtime.Blob;
import drydock.runtime.Snapshot;
import java.io.IOException;
import java.util.List;

/** Says of what a list has and the disk has not that it is missing. */
final class Absences {
  private final FindingLog log;

  Absences(FindingLog log) {
    this.log = log;
  }

  List<Snapshot> ofSnapshots(Snapshots all) throws IOException {
    List<Snapshot> snapshots = all.list();
    for (Snapshot snapshot : snapshots) {
      if (!snapshot.present() && snapshot.path() != null) {
        String why = all.absence(snapshot).orElse("it is not on the disk");
        String what = "snapshot " + snapshot.key() + " (" + snapshot.snapshotter() + "): " + why;
        String where = why.contains(snapshot.path()) ? "" : ", " + snapshot.path();
        log.add(Finding.missing(snapshot.origin(), what + where));
      }
    }
    return snapshots;
  }

  /** An ingest is not whole by its nature: only what is recorded as whole can be missing. */
  List<Blob> ofContent(List<Blob> content) {
    for (Blob blob : content) {
      if (!blob.present() && blob.ref() == null) {
        String what = "content " + blob.digest() + ": no file of " + blob.size() + " bytes";
        log.add(Finding.missing(blob.origin(), what + " in the store"));
      }
    }
    return content;
  }
}
