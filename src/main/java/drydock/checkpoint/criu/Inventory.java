package drydock.checkpoint.criu;

import drydock.bytes.Origin;
import drydock.fs.NameText;
import drydock.proto.criu.InventoryEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the dump says of itself.
 *
 * @param version of the images: 1, or 2 since each begins with two magic numbers
 * @param uptime of the machine when a pre-dump was made, in microseconds; null of others
 * @param securityModule {@code apparmor}, {@code selinux}; null when there was none
 * @param plugins null when the version did not tell
 * @param runId of CRIU's run; null when the version did not tell
 */
public record Inventory(
    long version,
    @Nullable Long uptime,
    @Nullable String securityModule,
    boolean tcpClosed,
    @Nullable List<String> plugins,
    @Nullable String runId,
    Rendered.Fields details,
    Origin origin) {
  static Inventory of(InventoryEntry entry, Origin origin) {
    return new Inventory(
        Integer.toUnsignedLong(entry.getImgVersion()),
        entry.hasDumpUptime() ? entry.getDumpUptime() : null,
        switch (entry.getLsmtype()) {
          case NO_LSM -> null;
          case SELINUX -> "selinux";
          case APPARMOR -> "apparmor";
        },
        entry.getTcpClose(),
        entry.hasPluginsEntry()
            ? entry.getPluginsEntry().getPluginsList().stream()
                .map(each -> NameText.of(each.toByteArray()))
                .toList()
            : null,
        entry.hasDumpCriuRunId() ? NameText.of(entry.getDumpCriuRunId().toByteArray()) : null,
        Rendering.of(entry),
        origin);
  }
}
