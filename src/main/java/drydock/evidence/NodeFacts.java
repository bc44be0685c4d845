package drydock.evidence;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the disk tells of the node; each null where it does not.
 *
 * @param osRelease all fields of os-release, as they are there
 * @param osName in words, e.g. {@code Ubuntu 24.04.3 LTS}
 * @param kernel versions of the kernels that are installed
 */
public record NodeFacts(
    SortedMap<String, String> osRelease,
    @Nullable Fact osName,
    @Nullable Fact hostName,
    @Nullable Fact machineId,
    @Nullable Fact kernel,
    @Nullable Fact kubelet,
    @Nullable Fact containerd) {

  /**
   * A value with the file that it was read from.
   *
   * @param source a path on the node
   */
  public record Fact(String value, String source) {}
}
