package drydock.report.checkpoint;

import drydock.checkpoint.kernel.CgroupDirectory;
import drydock.report.Column;
import drydock.report.Report;
import drydock.report.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The record {@code cgroup}: a control group of a checkpoint, with what was set of it. */
public final class CgroupReport {
  public static final Report<CgroupDirectory> REPORT =
      new Report<>(
          List.of(
              Column.of("controllers", each -> Value.of(each.controllers())),
              Column.of("path", each -> RenderedValue.text(each.path())),
              Column.of(
                  "mode",
                  each ->
                      each.mode() == null
                          ? null
                          : new Value.Text(Long.toOctalString(each.mode() & 07777))),
              Column.of("uid", each -> Value.of(each.owner())),
              Column.of("gid", each -> Value.of(each.group())),
              Column.of("properties", CgroupReport::properties)),
          List.of("controllers", "path", "mode", "uid", "gid", "properties"));

  private CgroupReport() {}

  private static Value properties(CgroupDirectory directory) {
    Map<String, @Nullable Value> values = new LinkedHashMap<>();
    directory
        .properties()
        .forEach(each -> values.put(each.name().toString(), RenderedValue.text(each.value())));
    return new Value.Pairs(values);
  }
}
