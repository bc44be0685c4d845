package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.OpenOptions;
import drydock.truth.KernelListing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Images whose last changes are in fast commits only, against the kernel's own recovery of them.
 */
class FastCommitsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("fixtures", "fixtures"), "ext4-journal");

  /** Not in the listing, or set to the moment of recovery when names in a directory change. */
  private static final Set<String> NOT_COMPARED = Set.of("atime", "btime");

  @ParameterizedTest
  @ValueSource(strings = {"fast-commits", "fast-commits-plain", "fast-commits-inline"})
  void filesAreAsTheKernelRecoversThem(String name) throws IOException {
    FindingLog log = new FindingLog();
    KernelListing ours = KernelListing.of(open(name, OpenOptions.DEFAULT, log), log);
    KernelListing kernels = KernelListing.read(FOLDER.resolve(name + ".jsonl"));
    assertThat(ours.size()).isGreaterThan(60);
    assertThat(differencesButOfDirectories(ours, kernels)).isEmpty();
    assertThat(log.list()).isEmpty();
  }

  @Test
  void withoutThemTheLastChangesAreMissing() throws IOException {
    FindingLog log = new FindingLog();
    FileTree tree = open("fast-commits", new OpenOptions(false), log);
    KernelListing ours = KernelListing.of(tree, log);
    KernelListing kernels = KernelListing.read(FOLDER.resolve("fast-commits.jsonl"));
    assertThat(ours.differences(kernels, NOT_COMPARED)).hasSizeGreaterThan(50);
  }

  private static List<String> differencesButOfDirectories(
      KernelListing ours, KernelListing kernels) {
    return ours.differences(kernels, NOT_COMPARED).stream()
        .filter(line -> !isMovedByRecovery(kernels, line))
        .toList();
  }

  /** Times and sizes of directories: the kernel sets them when it changes names again. */
  private static boolean isMovedByRecovery(KernelListing kernels, String line) {
    String path = line.substring(0, line.indexOf(": "));
    boolean isDirectory = "d".equals(kernels.row(path).get("type"));
    return isDirectory
        && (line.startsWith(": mtime", path.length())
            || line.startsWith(": ctime", path.length())
            || line.startsWith(": size", path.length()));
  }

  private static FileTree open(String name, OpenOptions options, FindingLog log)
      throws IOException {
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(FOLDER.resolve(name + ".img.gz")))) {
      ArraySource image = new ArraySource(in.readAllBytes(), Origin.of(name));
      return new Ext4Format().open(image, options, log);
    }
  }
}
