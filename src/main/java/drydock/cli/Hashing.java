package drydock.cli;

import drydock.cli.option.Progress;
import drydock.finding.FindingLog;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import drydock.report.FileRow;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Adds hashes to files that are shown; what cannot be read becomes a finding. */
record Hashing(Set<HashAlgorithm> algorithms, Progress progress, FindingLog log) {

  /** The name of the column of a hash. */
  static String column(HashAlgorithm algorithm) {
    return algorithm.name().toLowerCase(Locale.ROOT);
  }

  /** The file with its hashes, if it has content. */
  FileRow hashed(FileRow file) {
    if (!file.meta().isFile()) {
      return file;
    }
    try {
      Map<String, String> hashes = new HashMap<>();
      Hashes.of(file.node().content(), algorithms)
          .forEach((algorithm, hash) -> hashes.put(column(algorithm), hash));
      progress.add(file.meta().size(), 1, file.path().toString());
      return file.with(hashes);
    } catch (IOException e) {
      log.add(e, file.node().origin());
      return file;
    }
  }
}
