package drydock.oci;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of a container's spec is Linux's own (runtime-spec, config-linux.md). Null is not said.
 *
 * @param hasSeccomp whether system calls are filtered
 */
public record LinuxSpec(
    List<Namespace> namespaces,
    List<IdMapping> uidMappings,
    List<IdMapping> gidMappings,
    @Nullable String cgroupsPath,
    Map<String, String> sysctl,
    List<Device> devices,
    List<String> maskedPaths,
    List<String> readonlyPaths,
    @Nullable String rootfsPropagation,
    @Nullable String mountLabel,
    boolean hasSeccomp) {
  /**
   * A namespace of the container's own, or of another process when it has a path.
   *
   * @param type {@code pid}, {@code network}, {@code mount}, {@code ipc}, {@code uts}, {@code
   *     user}, {@code cgroup} or {@code time}
   */
  public record Namespace(@Nullable String type, @Nullable String path) {
    static Namespace of(Fields fields) {
      return new Namespace(fields.text("type"), fields.text("path"));
    }
  }

  /** So many ids of the container and what they are on the host. */
  public record IdMapping(@Nullable Long containerId, @Nullable Long hostId, @Nullable Long size) {
    static IdMapping of(Fields fields) {
      return new IdMapping(
          fields.number("containerID"), fields.number("hostID"), fields.number("size"));
    }
  }

  /** A device node that the container has. */
  public record Device(
      @Nullable String path, @Nullable String type, @Nullable Long major, @Nullable Long minor) {
    static Device of(Fields fields) {
      return new Device(
          fields.text("path"), fields.text("type"), fields.number("major"), fields.number("minor"));
    }
  }

  static LinuxSpec of(Fields fields) {
    return new LinuxSpec(
        fields.objects("namespaces").stream().map(Namespace::of).toList(),
        fields.objects("uidMappings").stream().map(IdMapping::of).toList(),
        fields.objects("gidMappings").stream().map(IdMapping::of).toList(),
        fields.text("cgroupsPath"),
        fields.map("sysctl"),
        fields.objects("devices").stream().map(Device::of).toList(),
        fields.texts("maskedPaths"),
        fields.texts("readonlyPaths"),
        fields.text("rootfsPropagation"),
        fields.text("mountLabel"),
        fields.has("seccomp"));
  }

  /** The namespace of a type; empty when the container shares the host's. */
  public Optional<Namespace> namespace(String type) {
    return namespaces.stream().filter(n -> type.equals(n.type())).findFirst();
  }
}
