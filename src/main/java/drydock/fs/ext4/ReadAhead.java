package drydock.fs.ext4;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a walk will ask for before it does, in a thread of its own: the directories that come
 * next are listed, and the parts of the inode tables where their names lead to are read, many of
 * them together and in the order of the disk (see {@link AheadReader}).
 *
 * <p>Nothing but time depends on it. What is damaged is passed over here and told when the walk
 * comes to it. At most {@value #NAMES_AHEAD} names are read before the walk has used them, but for
 * one batch and what a walk waits for. Safe from many threads; several walks at a time share it, to
 * their loss.
 */
final class ReadAhead {
  static final int NAMES_AHEAD = 3000;

  static final String THREAD = "ext4 read-ahead";

  /** How much of the walk's way is looked at for the directory where it is. */
  private static final int LOOKED_AT = 4096;

  /** So often a walk may come to a directory that was not expected. */
  private static final int STRAYS = 1000;

  private static final int NOTICE_EVERY = 512;
  private static final long NOWHERE = 0;

  private final Volume volume;

  // All of these are guarded by this object's lock, but for "used", which one walk counts.
  private final AheadPath path = new AheadPath();
  private final Map<Long, Listing> ready = new HashMap<>();
  private final Set<Long> inWork = new HashSet<>();
  private @Nullable Thread worker;
  private int walks;
  private int strays;
  private long awaited = NOWHERE;
  private long read;
  private long usedNoticed;
  private volatile boolean active;
  private int used;

  ReadAhead(Volume volume) {
    this.volume = volume;
  }

  /** Says that a walk begins; it has ended when what is given is closed. */
  synchronized Closeable begin() {
    walks++;
    strays = walks == 1 ? 0 : strays;
    active = strays <= STRAYS;
    return new Walk();
  }

  private final class Walk implements Closeable {
    private boolean closed;

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        end();
      }
    }
  }

  private void end() {
    Thread last;
    synchronized (this) {
      walks--;
      if (walks > 0) {
        return;
      }
      active = false;
      last = worker;
      worker = null;
      notifyAll();
    }
    // The evidence may be closed next: nobody must read it any more.
    if (last != null) {
      joined(last);
    }
    synchronized (this) {
      if (walks == 0) {
        path.clear();
        ready.clear();
        inWork.clear();
      }
    }
  }

  private static void joined(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The inode of a name in a listing that came from here, as it lies in its table; null when it is
   * to be read without this.
   */
  byte @Nullable [] inode(Listing listing, int index) {
    used();
    if (listing.isBeingRead(index)) {
      await(listing, index);
    }
    return listing.take(index);
  }

  private synchronized void await(Listing listing, int index) {
    try {
      while (worker != null && listing.isBeingRead(index)) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void used() {
    if (active && ++used >= NOTICE_EVERY) {
      used = 0;
      synchronized (this) {
        usedNoticed += NOTICE_EVERY;
        notifyAll();
      }
    }
  }

  /**
   * The listing of a directory to which a walk has come; null when it is to be read without this.
   */
  @Nullable Listing take(long directory) {
    if (!active) {
      return null;
    }
    synchronized (this) {
      if (!ready.containsKey(directory) && !inWork.contains(directory)) {
        if (!path.goTo(directory, LOOKED_AT) && ++strays > STRAYS) {
          active = false; // no walk like this one was thought of: it is quicker alone
          return null;
        }
        awaited = directory;
        start();
        notifyAll();
      }
      try {
        while (worker != null && (awaited == directory || inWork.contains(directory))) {
          wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return ready.remove(directory);
    }
  }

  private void start() {
    if (worker == null && walks > 0) {
      Thread thread = new Thread(this::work, THREAD);
      thread.setDaemon(true);
      worker = thread;
      thread.start();
    }
  }

  private void work() {
    try {
      AheadReader reader = new AheadReader(volume);
      List<AheadPath.Step> steps = next();
      while (!steps.isEmpty()) {
        done(reader.read(steps));
        steps = next();
      }
    } finally {
      ended();
    }
  }

  /** Whoever waits must not wait for a thread that is no more. */
  private synchronized void ended() {
    if (worker == Thread.currentThread()) {
      worker = null;
    }
    inWork.clear();
    awaited = NOWHERE;
    notifyAll();
  }

  /** What to read now; empty when the walk is over. */
  private synchronized List<AheadPath.Step> next() {
    while (worker == Thread.currentThread()) {
      if (awaited != NOWHERE || read - usedNoticed < NAMES_AHEAD) {
        List<AheadPath.Step> steps = path.next();
        if (!steps.isEmpty()) {
          claim(steps);
          return steps;
        }
        awaited = NOWHERE;
        notifyAll();
      }
      try {
        wait();
      } catch (InterruptedException e) {
        return List.of();
      }
    }
    return List.of();
  }

  private void claim(List<AheadPath.Step> steps) {
    if (awaited != NOWHERE && read - usedNoticed >= NAMES_AHEAD) {
      read = usedNoticed; // the walk left out what was read for it
    }
    for (AheadPath.Step step : steps) {
      if (step.listing() == null) {
        inWork.add(step.directory());
      }
    }
    if (inWork.contains(awaited)) {
      awaited = NOWHERE;
    }
  }

  private synchronized void done(List<AheadReader.Part> parts) {
    if (ready.size() > NAMES_AHEAD) {
      ready.clear(); // a walk that leaves out so much comes to none of them
    }
    List<Listing> listed = new ArrayList<>();
    for (AheadReader.Part part : parts) {
      if (part.listing == null) {
        continue;
      }
      part.listing.settle();
      read += part.end - part.from;
      if (!part.isPiece()) {
        ready.put(part.step.directory(), part.listing);
        listed.add(part.listing);
      }
    }
    path.push(listed);
    inWork.clear();
    notifyAll();
  }
}
