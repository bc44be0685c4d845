package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.FileMeta;
import drydock.fs.Node;
import drydock.fs.OpenOptions;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A walk shows and tells the same whether or not anything is read ahead of it, and so does who
 * looks for deleted files behind it.
 */
@Isolated("looks at all threads there are")
class ReadAheadTest {
  /** No fixture is deeper; a walk whose depth is bounded reads nothing ahead. */
  private static final int BOUNDED = 1000;

  private static final int DAMAGED_COPIES = 25;

  static List<String> names() throws IOException {
    return Images.names();
  }

  private static List<String> walk(ByteSource source, int depth) throws IOException {
    return walk(source, depth, true);
  }

  private static List<String> walk(ByteSource source, int depth, boolean thenDeleted)
      throws IOException {
    FindingLog log = new FindingLog();
    List<String> told = new ArrayList<>();
    try {
      Ext4Tree tree = Ext4Format.openTree(source, OpenOptions.DEFAULT, log);
      walk(tree, depth, log, told);
      if (thenDeleted) {
        tree.deletedFiles(
            file -> told.add(file.state() + " " + file.node().meta() + " " + file.source()));
      }
    } catch (IOException e) {
      told.add(e.toString());
    }
    log.list().forEach(finding -> told.add(finding.toString()));
    return told;
  }

  private static void walk(Ext4Tree tree, int depth, FindingLog log, List<String> told)
      throws IOException {
    new TreeWalk(log)
        .walk(
            TreePath.ROOT,
            tree.root(),
            depth,
            (path, node, meta) -> told.add(path + " " + meta + " " + node.origin()));
  }

  private static ByteSource image(byte[] raw) {
    return new ArraySource(raw, Origin.of("image"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aSoundImageIsWalkedTheSame(String name) throws IOException {
    byte[] raw = Images.raw(name);
    assertThat(walk(image(raw), Integer.MAX_VALUE))
        .hasSizeGreaterThan(5)
        .isEqualTo(walk(image(raw), BOUNDED));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aDamagedImageIsWalkedTheSameAndTheSameIsTold(String name) throws IOException {
    byte[] sound = Images.raw(name);
    int[] metadata = metadata(sound);
    for (int copy = 0; copy < DAMAGED_COPIES; copy++) {
      byte[] raw = damaged(sound, metadata, new Random(copy));
      List<String> plain = walk(image(raw), BOUNDED);
      assertThat(walk(image(raw), Integer.MAX_VALUE)).as("copy %d", copy).isEqualTo(plain);
    }
  }

  /** Positions of what a walk reads: damage elsewhere shows nothing. */
  private static int[] metadata(byte[] raw) throws IOException {
    Set<Integer> pages = new HashSet<>();
    ByteSource watched = new Watched(raw, new AtomicInteger(), pages);
    walk(watched, BOUNDED);
    return pages.stream().sorted().mapToInt(page -> page).toArray();
  }

  private static byte[] damaged(byte[] sound, int[] metadata, Random random) {
    byte[] raw = sound.clone();
    for (int i = 0; i <= random.nextInt(12); i++) {
      int page = metadata[random.nextInt(metadata.length)];
      int at = Math.min(raw.length - 1, page + random.nextInt(Watched.PAGE));
      raw[at] = (byte) (random.nextBoolean() ? random.nextInt() : raw[at] ^ 1 << random.nextInt(8));
    }
    return raw;
  }

  /** Counts the reads and keeps where they were. */
  private record Watched(byte[] raw, AtomicInteger reads, Set<Integer> pages)
      implements ByteSource {
    static final int PAGE = 256;

    @Override
    public long size() {
      return raw.length;
    }

    @Override
    public Origin origin() {
      return Origin.of("image");
    }

    @Override
    public synchronized void read(long position, byte[] into, int offset, int length)
        throws IOException {
      checkRange(position, length);
      reads.incrementAndGet();
      for (int at = (int) position / PAGE; at <= (position + length - 1) / PAGE; at++) {
        pages.add(at * PAGE);
      }
      System.arraycopy(raw, (int) position, into, offset, length);
    }
  }

  @Test
  void whatLiesTogetherIsReadTogether() throws IOException {
    byte[] raw = Images.raw("ext4-large-dir");
    AtomicInteger plain = new AtomicInteger();
    AtomicInteger ahead = new AtomicInteger();
    walk(new Watched(raw, plain, new HashSet<>()), BOUNDED, false);
    walk(new Watched(raw, ahead, new HashSet<>()), Integer.MAX_VALUE, false);
    assertThat(ahead.get()).isLessThan(plain.get() / 2);
  }

  @Test
  void tablesThatAWalkWasThroughAreNotReadAgainForDeletedFiles() throws IOException {
    Watched image = new Watched(Images.raw("ext2-1k"), new AtomicInteger(), new HashSet<>());
    FindingLog log = new FindingLog();
    Ext4Tree tree = Ext4Format.openTree(image, OpenOptions.DEFAULT, log);
    Superblock superblock = tree.superblock();
    long table = tree.group(0).inodeTable() * superblock.blockBytes();
    long first = superblock.firstInode() + 4;
    int inTable = (int) (table + first * superblock.inodeBytes()) / Watched.PAGE * Watched.PAGE;
    image.pages().clear();
    tree.deletedFiles(file -> {});
    assertThat(image.pages()).contains(inTable);
    walk(tree, Integer.MAX_VALUE, log, new ArrayList<>());
    image.pages().clear();
    tree.deletedFiles(file -> {});
    assertThat(image.pages()).doesNotContain(inTable);
  }

  @Test
  void severalWalksAtATimeDoNotDisturbEachOther() throws Exception {
    byte[] raw = Images.raw("ext4-4k");
    List<String> alone = new ArrayList<>();
    FindingLog log = new FindingLog();
    Ext4Tree tree = Ext4Format.openTree(image(raw), OpenOptions.DEFAULT, log);
    walk(tree, BOUNDED, log, alone);
    Callable<List<String>> walk =
        () -> {
          List<String> told = new ArrayList<>();
          walk(tree, Integer.MAX_VALUE, log, told);
          return told;
        };
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<List<String>> each : threads.invokeAll(List.of(walk, walk, walk, walk))) {
        assertThat(each.get().equals(alone)).isTrue();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(log.list()).isEmpty();
  }

  @Test
  void aWalkThatIsGivenUpReadsNoMore() throws IOException {
    AtomicInteger reads = new AtomicInteger();
    ByteSource source = new Watched(Images.raw("ext4-large-dir"), reads, new HashSet<>());
    FindingLog log = new FindingLog();
    Ext4Tree tree = Ext4Format.openTree(source, OpenOptions.DEFAULT, log);
    TreeWalk.Visitor leaving =
        new TreeWalk.Visitor() {
          private int left = 10;

          @Override
          public void visit(TreePath path, Node node, FileMeta meta) throws IOException {
            if (--left == 0) {
              throw new IOException("enough");
            }
          }
        };
    assertThatThrownBy(() -> new TreeWalk(log).walk(TreePath.ROOT, tree.root(), leaving))
        .hasMessage("enough");
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals(ReadAhead.THREAD));
  }
}
