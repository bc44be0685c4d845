package drydock.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OrderedWorkTest {
  private static final OrderedWork.Size SIZE = new OrderedWork.Size(3, 10, 4);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void resultsComeInTheOrderOfTheItems(int threads) throws IOException {
    List<Integer> taken = new ArrayList<>();
    try (OrderedWork<Integer, List<Integer>> work =
        new OrderedWork<>(threads, SIZE, (batch, running) -> slow(batch), taken::addAll)) {
      for (int i = 0; i < 1000; i++) {
        work.add(i, 0);
      }
      work.drain();
    }
    assertThat(taken).containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
  }

  /** Some batches take far longer than others. */
  private static List<Integer> slow(List<Integer> batch) {
    long sum = 0;
    int rounds = batch.get(0) % 7 == 0 ? 1_000_000 : 10;
    for (int i = 0; i < rounds; i++) {
      sum += i ^ sum << 1;
    }
    return sum == 42 ? List.of() : batch;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void batchEndsWithItsItemsOrItsWeight(int threads) throws IOException {
    List<List<Integer>> batches = new ArrayList<>();
    try (OrderedWork<Integer, List<Integer>> work =
        new OrderedWork<>(threads, SIZE, (batch, running) -> batch, batches::add)) {
      for (int i = 0; i < 5; i++) {
        work.add(i, i == 3 ? 10 : 1);
      }
      work.drain();
    }
    assertThat(batches).containsExactly(List.of(0, 1, 2), List.of(3), List.of(4));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void errorComesInItsPlaceAndNothingBehindIt(int threads) {
    List<Integer> taken = new ArrayList<>();
    assertThatThrownBy(
            () -> {
              try (OrderedWork<Integer, List<Integer>> work =
                  new OrderedWork<>(threads, SIZE, OrderedWorkTest::failing, taken::addAll)) {
                for (int i = 0; i < 100; i++) {
                  work.add(i, 0);
                }
                work.drain();
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessage("30");
    assertThat(taken).containsExactlyElementsOf(IntStream.range(0, 30).boxed().toList());
  }

  private static List<Integer> failing(List<Integer> batch, OrderedWork.Running running)
      throws IOException {
    if (batch.get(0) >= 30) {
      throw new IOException("" + batch.get(0));
    }
    return batch;
  }

  @Test
  void unforeseenErrorsPassToo() {
    assertThatThrownBy(
            () -> {
              try (OrderedWork<Integer, Integer> work =
                  new OrderedWork<>(2, SIZE, (batch, running) -> batch.get(7), each -> {})) {
                work.add(1, 0);
                work.drain();
              }
            })
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** The first batch ends only when all behind it that may run have run. */
  @Test
  void slowItemDoesNotKeepOthersFromBeingDoneAndThoseAreBounded() throws IOException {
    CountDownLatch othersDone = new CountDownLatch(SIZE.ahead() - 1);
    AtomicInteger started = new AtomicInteger();
    List<Integer> taken = new ArrayList<>();
    try (OrderedWork<Integer, Integer> work =
        new OrderedWork<>(
            2,
            SIZE,
            (batch, running) -> {
              started.incrementAndGet();
              if (batch.get(0) == 0) {
                await(othersDone);
                assertThat(started).hasValue(SIZE.ahead());
              } else {
                othersDone.countDown();
              }
              return batch.get(0);
            },
            taken::add)) {
      for (int i = 0; i < 20; i++) {
        work.add(i, 10);
      }
      work.drain();
    }
    assertThat(taken).hasSize(20).isSorted();
  }

  @Test
  void closingStopsALongStepAndWaitsForIt() throws IOException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    OrderedWork<Integer, Integer> work =
        new OrderedWork<>(
            2,
            SIZE,
            (batch, running) -> {
              begun.countDown();
              try {
                while (true) {
                  running.check();
                }
              } catch (InterruptedIOException e) {
                ended.countDown();
                throw e;
              }
            },
            taken -> {});
    work.add(1, 10);
    await(begun);
    work.close();
    assertThat(ended.getCount()).isZero();
  }

  @Test
  void interruptionOfTheOneWhoWaitsIsPassedOn() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    try (OrderedWork<Integer, Integer> work =
        new OrderedWork<>(
            2,
            SIZE,
            (batch, running) -> {
              await(never);
              return 1;
            },
            taken -> {})) {
      work.add(1, 10);
      Thread.currentThread().interrupt();
      assertThatThrownBy(work::drain).isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
      never.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
