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
 * Reads what a walk will ask for before it does, in two threads of its own: one lists the
 * directories that come next (see {@link AheadLister}), and behind it another reads the parts of
 * the inode tables where their names lead to (see {@link AheadInodes}).
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
  private final List<Thread> threads = new ArrayList<>();
  private @Nullable Crew crew;
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
    List<Thread> last;
    synchronized (this) {
      walks--;
      if (walks > 0) {
        return;
      }
      active = false;
      crew = null;
      forget(); // what its threads still read is not taken any more
      last = List.copyOf(threads);
      notifyAll();
    }
    // The evidence may be closed next: nobody must read it any more.
    last.forEach(ReadAhead::joined);
    synchronized (this) {
      threads.removeAll(last);
    }
  }

  private void forget() {
    path.clear();
    ready.clear();
    inWork.clear();
    awaited = NOWHERE;
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
    if (!listing.isSettled(index)) {
      await(listing, index);
    }
    return listing.take(index);
  }

  private synchronized void await(Listing listing, int index) {
    try {
      while (listing.isBeingRead(index, crew)) {
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
        while (crew != null && (awaited == directory || inWork.contains(directory))) {
          wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return ready.remove(directory);
    }
  }

  private void start() {
    if (crew == null && walks > 0) {
      Crew fresh = new Crew();
      crew = fresh;
      read = usedNoticed;
      threads.removeIf(thread -> !thread.isAlive());
      started(fresh::list);
      started(fresh::readInodes);
    }
  }

  private void started(Runnable work) {
    Thread thread = new Thread(work, THREAD);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** Two threads that work until the walk is over; if one of them fails, neither goes on. */
  private final class Crew {
    /** What is listed, and of which the inodes are to be read next. */
    private @Nullable List<AheadPart> listed;

    void list() {
      try {
        AheadLister lister = new AheadLister(volume);
        List<AheadPath.Step> steps = next(this);
        while (!steps.isEmpty()) {
          handOver(lister.list(steps));
          steps = next(this);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // it ends, as it is asked to
      } finally {
        ended(this);
      }
    }

    void readInodes() {
      try {
        AheadInodes inodes = new AheadInodes(volume);
        List<AheadPart> parts = takeOver();
        while (!parts.isEmpty()) {
          inodes.read(parts);
          done(this, parts);
          parts = takeOver();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // it ends, as it is asked to
      } finally {
        ended(this);
      }
    }

    private void handOver(List<AheadPart> parts) throws InterruptedException {
      synchronized (ReadAhead.this) {
        while (crew == this && listed != null) {
          ReadAhead.this.wait();
        }
        if (crew == this) {
          listed = parts;
          push(this, parts);
          ReadAhead.this.notifyAll();
        }
      }
    }

    /** Empty when the walk is over. */
    private List<AheadPart> takeOver() throws InterruptedException {
      synchronized (ReadAhead.this) {
        while (crew == this && listed == null) {
          ReadAhead.this.wait();
        }
        List<AheadPart> parts = listed;
        if (crew != this || parts == null) {
          return List.of();
        }
        listed = null;
        ReadAhead.this.notifyAll();
        return parts;
      }
    }
  }

  /** Whoever waits must not wait for threads that are no more. */
  private synchronized void ended(Crew by) {
    if (crew == by) {
      crew = null;
      inWork.clear();
      awaited = NOWHERE;
      notifyAll();
    }
  }

  /** What to list now; empty when the walk is over. */
  private synchronized List<AheadPath.Step> next(Crew by) throws InterruptedException {
    while (crew == by) {
      if (awaited != NOWHERE || read - usedNoticed < NAMES_AHEAD) {
        List<AheadPath.Step> steps = path.next();
        if (!steps.isEmpty()) {
          claim(by, steps);
          return steps;
        }
        awaited = NOWHERE;
        notifyAll();
      }
      wait();
    }
    return List.of();
  }

  private void claim(Crew by, List<AheadPath.Step> steps) {
    if (awaited != NOWHERE && read - usedNoticed >= NAMES_AHEAD) {
      read = usedNoticed; // the walk left out what was read for it
    }
    for (AheadPath.Step step : steps) {
      Listing listing = step.listing();
      if (listing == null) {
        inWork.add(step.directory());
      } else {
        listing.readBy(by);
      }
    }
    if (inWork.contains(awaited)) {
      awaited = NOWHERE;
    }
  }

  /** What is listed comes before everything else on the walk's way. */
  private void push(Crew by, List<AheadPart> parts) {
    List<Listing> fresh = new ArrayList<>();
    for (AheadPart part : parts) {
      if (part.listing != null) {
        read += part.end - part.from;
        if (!part.isPiece()) {
          part.listing.readBy(by);
          fresh.add(part.listing);
        }
      }
    }
    path.push(fresh);
  }

  private synchronized void done(Crew by, List<AheadPart> parts) {
    if (crew != by) {
      return;
    }
    if (ready.size() > NAMES_AHEAD) {
      ready.clear(); // a walk that leaves out so much comes to none of them
    }
    for (AheadPart part : parts) {
      if (part.listing != null) {
        part.listing.settle(part.end);
      }
      if (!part.isPiece()) {
        if (part.listing != null) {
          ready.put(part.step.directory(), part.listing);
        }
        inWork.remove(part.step.directory());
      }
    }
    notifyAll();
  }
}
