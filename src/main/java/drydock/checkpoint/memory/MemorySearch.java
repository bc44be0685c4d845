package drydock.checkpoint.memory;

import drydock.checkpoint.memory.search.PatternScan;
import drydock.checkpoint.memory.search.PatternSet;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.OrderedWork;
import drydock.fs.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Looks for patterns in all that a dump has of memory, in one pass: what is private to a process,
 * what is shared, and what was under way in pipes, queues and the like.
 *
 * <p>Memory that several processes share is told once, with all who map it. A match may reach over
 * borders of pages and areas wherever addresses go on. Order: that in which pages lie in the
 * archive, whatever the number of threads. For one thread.
 */
public final class MemorySearch {
  private static final int SMALL_CHUNK = 1 << 18;
  private static final int LARGE_CHUNK = 1 << 20;

  /** Small chunks that are done at once. */
  private static final int BATCH = 16;

  /** Runs of a page map that is not kept with others. */
  private static final int LARGE_MAP = 100_000;

  private final Memory memory;
  private final PatternSet patterns;
  private final int context;
  private final int threads;
  private final FindingLog log;
  private final List<Files> files = new ArrayList<>();

  /**
   * Files that are searched as well.
   *
   * @param kind what hits in them are called
   * @param place the path of the tree's root
   */
  private record Files(String kind, FileTree tree, TreePath place) {}

  /**
   * @param context how many bytes before and after a match are given
   * @param threads how many read and search; what is found is the same
   */
  public MemorySearch(
      Memory memory, PatternSet patterns, int context, int threads, FindingLog log) {
    this.memory = memory;
    this.patterns = patterns;
    this.context = context;
    this.threads = threads;
    this.log = log;
  }

  /** Searches the files of a tree as well, whoever has them open. */
  public void add(String kind, FileTree tree, TreePath place) {
    files.add(new Files(kind, tree, place));
  }

  /**
   * Finds all.
   *
   * @param pids whose memory, with what they share; empty for all, and for what is no process's
   */
  public void run(Set<Integer> pids, Hit.Sink sink) throws IOException {
    MemoryVisit visit = new MemoryVisit(memory, log);
    // expressions see no further than a chunk, so theirs are larger
    int size = patterns.expressions().isEmpty() ? SMALL_CHUNK : LARGE_CHUNK;
    int overlap = patterns.overlap();
    ChunkSearch search =
        new ChunkSearch(
            new PatternScan(patterns),
            StretchChunks.BEFORE + size + 2 * overlap,
            log,
            (chunk, pattern, address, buffer, from, to) -> {
              byte[] bytes = Arrays.copyOfRange(buffer, from, to);
              sink.found(visit.hit(chunk.visited(), pattern, address, bytes, context));
            });
    try (OrderedWork<SearchChunk, List<ChunkSearch.Searched>> work = work(search)) {
      long[] stretches = new long[1];
      visit.run(
          pids,
          this::files,
          visited -> {
            StretchChunks chunks =
                new StretchChunks(
                    visited, size, overlap, stretches[0], chunk -> work.add(chunk, chunk.length()));
            visited.space().walk(overlap, chunks);
            stretches[0] = chunks.number();
            PageStore own = visited.space().own();
            if (own != null && own.map().size() > LARGE_MAP) {
              // not several of such maps at a time
              work.drain();
            }
          });
      work.drain();
    }
  }

  private void files(StoredData.Sink sink) throws IOException {
    for (Files each : files) {
      StoredData.files(each.kind(), each.tree(), each.place(), log, sink);
    }
  }

  private OrderedWork<SearchChunk, List<ChunkSearch.Searched>> work(ChunkSearch search) {
    return new OrderedWork<>(
        threads,
        new OrderedWork.Size(BATCH, LARGE_CHUNK, 2 * threads),
        (batch, running) -> {
          List<ChunkSearch.Searched> searched = new ArrayList<>(batch.size());
          for (SearchChunk chunk : batch) {
            running.check();
            searched.add(search.search(chunk));
          }
          return searched;
        },
        searched -> {
          for (ChunkSearch.Searched each : searched) {
            search.tell(each);
          }
        });
  }
}
