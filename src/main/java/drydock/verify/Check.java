package drydock.verify;

import drydock.bytes.Origin;
import drydock.fs.Hashes;
import java.io.IOException;
import java.util.List;

/** One thing to verify. Safe to run on any thread, once. */
public interface Check {
  Difference.Kind kind();

  /** How much it reads, in bytes; for the order of work and no more. */
  long bytes();

  /** What it is, for progress and findings. */
  String what();

  Origin origin();

  /**
   * What is not as it should be; empty where all is well.
   *
   * @param meter is told of what is read
   */
  List<Difference> run(Hashes.Meter meter) throws IOException;
}
