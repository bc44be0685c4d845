package drydock.cli;

import drydock.cli.option.Progress;
import drydock.finding.FindingLog;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import drydock.fs.OrderedWork;
import drydock.report.FileRow;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Adds hashes to files that are shown; what cannot be read becomes a finding. Safe from many
 * threads.
 */
record Hashing(Set<HashAlgorithm> algorithms, Progress progress, FindingLog log) {

  /** The name of the column of a hash. */
  static String column(HashAlgorithm algorithm) {
    return algorithm.name().toLowerCase(Locale.ROOT);
  }

  /** The file with its hashes, if it has content. */
  FileRow hashed(FileRow file, OrderedWork.Running running) throws InterruptedIOException {
    if (!file.meta().isFile()) {
      return file;
    }
    Hashes.Meter meter =
        bytes -> {
          running.check();
          progress.add(bytes, 0, file.path());
        };
    try {
      Map<String, String> hashes = new HashMap<>();
      Hashes.of(file.node().content(), algorithms, meter)
          .forEach((algorithm, hash) -> hashes.put(column(algorithm), hash));
      progress.add(0, 1, file.path());
      return file.with(hashes);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      log.add(e, file.node().origin());
      return file;
    }
  }
}
