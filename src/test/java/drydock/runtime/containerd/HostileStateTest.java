package drydock.runtime.containerd;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.runtime.Container;
import drydock.runtime.Image;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Databases with flipped bits and cut short: findings or the agreed exceptions, in bounded time.
 */
class HostileStateTest {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int FLIPPED_COPIES = 30;
  private static final int CUTS = 24;

  @Test
  void flippedBitsInMetaDbNeverEndInAnotherException() throws IOException {
    try (FixtureNode node = FixtureNode.open("gke-small")) {
      byte[] meta = ChangedNode.bytesOf(node.tree(), ChangedNode.META + "/meta.db");
      Assertions.assertTimeout(
          LIMIT,
          () -> {
            for (int seed = 0; seed < FLIPPED_COPIES; seed++) {
              useAll(new ChangedNode(node.tree()).withMetadata(flipped(meta, seed)));
            }
          });
    }
  }

  @Test
  void flippedBitsInASnapshottersDatabaseNeverEndInAnotherException() throws IOException {
    try (FixtureNode node = FixtureNode.open("gke-small")) {
      byte[] database = ChangedNode.bytesOf(node.tree(), ChangedNode.OVERLAYFS + "/metadata.db");
      Assertions.assertTimeout(
          LIMIT,
          () -> {
            for (int seed = 0; seed < FLIPPED_COPIES; seed++) {
              useAll(new ChangedNode(node.tree()).withSnapshotDatabase(flipped(database, seed)));
            }
          });
    }
  }

  @Test
  void databasesCutShortAreFindingsAndTheRestIsRead() throws IOException {
    try (FixtureNode node = FixtureNode.open("gke-small")) {
      byte[] meta = ChangedNode.bytesOf(node.tree(), ChangedNode.META + "/meta.db");
      byte[] snapshots = ChangedNode.bytesOf(node.tree(), ChangedNode.OVERLAYFS + "/metadata.db");
      Assertions.assertTimeout(
          LIMIT,
          () -> {
            for (int i = 0; i < CUTS; i++) {
              useAll(new ChangedNode(node.tree()).withMetadata(cut(meta, i)));
              useAll(new ChangedNode(node.tree()).withSnapshotDatabase(cut(snapshots, i)));
            }
          });
    }
  }

  /** A few pages of the file, each with some bits turned, the same for the same seed. */
  private static byte[] flipped(byte[] original, int seed) {
    Random random = new Random(seed);
    byte[] copy = original.clone();
    for (int i = 0; i < 1 + seed * 8; i++) {
      copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return copy;
  }

  private static byte[] cut(byte[] original, int part) {
    return Arrays.copyOf(original, (int) ((long) original.length * part / CUTS));
  }

  /** Asks for everything; what cannot be had may only be an {@link IOException}. */
  private static void useAll(ChangedNode node) throws IOException {
    Runtime engine = node.engine();
    engine.namespaces();
    engine.pods();
    engine.snapshots();
    engine.content();
    engine.leases();
    for (Image image : engine.images()) {
      tolerant(() -> engine.history(image));
    }
    for (Container container : engine.containers()) {
      tolerant(() -> engine.spec(container));
      tolerant(() -> engine.environment(container));
      tolerant(() -> engine.mounts(container));
      tolerant(() -> engine.documents(container));
      tolerant(() -> engine.chain(container));
      tolerant(() -> engine.history(container));
      tolerant(() -> engine.rootFs(container).root().list());
    }
    assertThat(node.log().list()).isNotNull();
  }

  /** Something that is asked for. */
  @FunctionalInterface
  private interface Question {
    Object ask() throws IOException;
  }

  private static void tolerant(Question question) {
    try {
      question.ask();
    } catch (IOException e) {
      assertThat(e).hasMessageNotContaining("\n");
    }
  }
}
