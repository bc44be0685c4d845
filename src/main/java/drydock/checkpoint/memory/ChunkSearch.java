package drydock.checkpoint.memory;

import drydock.checkpoint.memory.search.Matches;
import drydock.checkpoint.memory.search.PatternRun;
import drydock.checkpoint.memory.search.PatternScan;
import drydock.checkpoint.memory.search.RegexTooSlowException;
import drydock.checkpoint.memory.search.SearchText;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Searches chunks on any thread, and tells what was found in their order on one.
 *
 * <p>Where a chunk begins it is not known whether a match of an expression in the chunk before
 * reaches into it: the search goes on as if there was none, and is done again if there was.
 */
final class ChunkSearch {
  /** More matches than this wait in no chunk: the rest is found when they were told. */
  private static final int MANY = 1 << 15;

  /**
   * So many chunks are searched one by one: until this is compiled, a second thread would only take
   * the processor from the compiler.
   */
  private static final int ALONE = 64;

  private final PatternScan scan;
  private final FindingLog log;
  private final Sink sink;
  private final int room;

  /** The last one that was given back comes first: it is still near the processor. */
  private final Deque<byte[]> spare = new ConcurrentLinkedDeque<>();

  private final AtomicInteger begun = new AtomicInteger();
  private final long[] resume;
  private long stretch = -1;

  /** Takes a match with its bytes, until it returns. */
  @FunctionalInterface
  interface Sink {
    void found(SearchChunk chunk, int pattern, long address, byte[] buffer, int from, int to)
        throws IOException;
  }

  /**
   * A chunk that was read and searched.
   *
   * @param buffer null when nothing is in it that is wanted
   * @param texts with what was found in each
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Searched(SearchChunk chunk, byte @Nullable [] buffer, List<Text> texts) {}

  /**
   * What was found in a text, and how it goes on.
   *
   * @param isGivenUp whether an expression took too long: perhaps not, when it begins elsewhere
   */
  private record Text(PatternRun run, Matches matches, boolean isGivenUp) {
    boolean isEmpty() {
      return matches.size() == 0 && !run.hasMore() && !isGivenUp;
    }
  }

  /**
   * @param room bytes of the largest chunk
   */
  ChunkSearch(PatternScan scan, int room, FindingLog log, Sink sink) {
    this.scan = scan;
    this.room = room;
    this.log = log;
    this.sink = sink;
    this.resume = new long[scan.resumes()];
  }

  /** Safe from many threads. */
  Searched search(SearchChunk chunk) {
    if (begun.get() >= ALONE) {
      return searched(chunk);
    }
    synchronized (begun) {
      begun.incrementAndGet();
      return searched(chunk);
    }
  }

  private Searched searched(SearchChunk chunk) {
    byte[] pooled = spare.poll();
    byte[] buffer = pooled != null ? pooled : new byte[room];
    List<Text> texts = new ArrayList<>();
    int[] nowhere = new int[scan.resumes()];
    for (SearchText text : ChunkReader.read(chunk, buffer, log)) {
      PatternRun run = run(chunk, text, nowhere);
      Matches matches = new Matches();
      boolean isGivenUp = false;
      try {
        while (run.hasMore() && matches.size() < MANY) {
          run.next(matches);
        }
      } catch (RegexTooSlowException e) {
        isGivenUp = true;
      }
      texts.add(new Text(run, matches, isGivenUp));
    }
    if (scan.resumes() == 0 && texts.stream().allMatch(Text::isEmpty)) {
      spare.push(buffer);
      return new Searched(chunk, null, List.of());
    }
    return new Searched(chunk, buffer, texts);
  }

  private PatternRun run(SearchChunk chunk, SearchText text, int[] from) {
    int begin = Math.max(text.begin(), chunk.before());
    int end = Math.min(text.end(), chunk.before() + chunk.own());
    return scan.run(text, begin, end, from);
  }

  /** For one thread, in the order of the chunks. */
  void tell(Searched searched) throws IOException {
    SearchChunk chunk = searched.chunk();
    if (chunk.stretch() != stretch) {
      stretch = chunk.stretch();
      Arrays.fill(resume, 0);
    }
    for (Text text : searched.texts()) {
      tell(chunk, text);
    }
    if (searched.buffer() != null) {
      spare.push(searched.buffer());
    }
  }

  private void tell(SearchChunk chunk, Text text) throws IOException {
    int begin = Math.max(text.run().text().begin(), chunk.before());
    int[] from = new int[resume.length];
    boolean isLater = text.isGivenUp();
    for (int i = 0; i < from.length; i++) {
      from[i] = (int) Math.max(0, resume[i] - chunk.offset());
      isLater |= from[i] > begin;
    }
    PatternRun run = isLater ? run(chunk, text.run().text(), from) : text.run();
    Matches matches = isLater ? new Matches() : text.matches();
    tell(chunk, run.text(), matches);
    while (run.hasMore()) {
      matches.clear();
      run.next(matches);
      tell(chunk, run.text(), matches);
    }
    int[] reached = run.resume();
    for (int i = 0; i < from.length; i++) {
      resume[i] = reached[i] + chunk.offset();
    }
  }

  private void tell(SearchChunk chunk, SearchText text, Matches matches) throws IOException {
    for (int i = 0; i < matches.size(); i++) {
      int start = matches.start(i);
      int end = matches.end(i);
      long address = text.base() + start;
      if (chunk.isOwn(address, end - start)) {
        sink.found(chunk, matches.pattern(i), address, text.bytes(), start, end);
      }
    }
  }
}
