package drydock.checkpoint.criu;

import drydock.proto.criu.RlimitEntry;
import java.util.ArrayList;
import java.util.List;

/** Resource limits: names by their order, from the kernel's asm-generic/resource.h. */
final class Limits {
  private static final List<String> NAMES =
      List.of(
          "cpu",
          "fsize",
          "data",
          "stack",
          "core",
          "rss",
          "nproc",
          "nofile",
          "memlock",
          "as",
          "locks",
          "sigpending",
          "msgqueue",
          "nice",
          "rtprio",
          "rttime");

  private Limits() {}

  static List<Process.Limit> of(List<RlimitEntry> entries) {
    List<Process.Limit> limits = new ArrayList<>();
    for (RlimitEntry each : entries) {
      int index = limits.size();
      String name = index < NAMES.size() ? NAMES.get(index) : "limit " + index;
      limits.add(new Process.Limit(name, each.getCur(), each.getMax()));
    }
    return limits;
  }
}
