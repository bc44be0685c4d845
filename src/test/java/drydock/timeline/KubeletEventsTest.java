package drydock.timeline;

import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.file;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.FindingLog;
import drydock.fs.PictureTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KubeletEventsTest {
  /** On a file system without births; a name without a time, or with no such one, tells none. */
  @Test
  void aCheckpointIsFromTheSecondInItsNameWhereNothingElseTells() throws IOException {
    PictureTree node =
        PictureTree.of(
            dir(
                "var",
                dir(
                    "lib",
                    dir(
                        "kubelet",
                        dir(
                            "checkpoints",
                            file("checkpoint-p-0_ns-web-2026-11-22T01:37:55Z.tar"),
                            file("checkpoint-p-0_ns-web-2026-11-22T03:37:56+02:00.tar"),
                            file("checkpoint-p-0_ns-web-2026-13-22T01:37:55Z.tar"),
                            file("checkpoint-mine.tar"))))));
    List<String> told = new ArrayList<>();
    new KubeletEvents(node, List.of(), List.of(), true, new FindingLog())
        .emit(event -> told.add(event.time() + " " + event.kind().label()));
    assertThat(told)
        .containsExactly(
            "2026-11-22T01:37:55Z checkpoint-taken", "2026-11-22T01:37:56Z checkpoint-taken");
  }
}
