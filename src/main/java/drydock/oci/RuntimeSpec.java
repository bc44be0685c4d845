package drydock.oci;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a container was started with (runtime-spec, config.md). Null and empty are what the document
 * does not say: each part may be missing.
 *
 * @param raw the document as it is stored
 * @param rootPath of the root file system, as the runtime saw it
 * @param hooks the programs that the runtime runs beside the container, by stage
 * @param linux null when the spec has no such part
 * @param faults what in it was not as it should be
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record RuntimeSpec(
    byte[] raw,
    @Nullable String ociVersion,
    @Nullable ProcessSpec process,
    @Nullable String rootPath,
    boolean readonlyRoot,
    @Nullable String hostname,
    @Nullable String domainname,
    List<Mount> mounts,
    List<Hook> hooks,
    Map<String, String> annotations,
    @Nullable LinuxSpec linux,
    List<String> faults) {
  private static final List<String> STAGES =
      List.of(
          "prestart",
          "createRuntime",
          "createContainer",
          "startContainer",
          "poststart",
          "poststop");

  /** A mount, in the spec's words. */
  public record Mount(
      @Nullable String destination,
      @Nullable String type,
      @Nullable String source,
      List<String> options) {
    static Mount of(Fields fields) {
      return new Mount(
          fields.text("destination"),
          fields.text("type"),
          fields.text("source"),
          fields.texts("options"));
    }
  }

  /** A program of the host that is run when the container reaches a stage. */
  public record Hook(String stage, @Nullable String path, List<String> args, List<String> env) {}

  public static RuntimeSpec decode(byte[] raw, Origin origin) throws CorruptDataException {
    Fields fields = Fields.parse(raw, origin);
    ProcessSpec process = fields.object("process").map(ProcessSpec::of).orElse(null);
    Fields root = fields.object("root").orElse(null);
    List<Mount> mounts = fields.objects("mounts").stream().map(Mount::of).toList();
    LinuxSpec linux = fields.object("linux").map(LinuxSpec::of).orElse(null);
    List<Hook> hooks = fields.object("hooks").map(RuntimeSpec::hooks).orElse(List.of());
    return new RuntimeSpec(
        raw,
        fields.text("ociVersion"),
        process,
        root == null ? null : root.text("path"),
        root != null && Boolean.TRUE.equals(root.flag("readonly")),
        fields.text("hostname"),
        fields.text("domainname"),
        mounts,
        hooks,
        fields.map("annotations"),
        linux,
        fields.faults());
  }

  private static List<Hook> hooks(Fields fields) {
    return STAGES.stream()
        .flatMap(
            stage ->
                fields.objects(stage).stream()
                    .map(
                        hook ->
                            new Hook(
                                stage, hook.text("path"), hook.texts("args"), hook.texts("env"))))
        .toList();
  }

  /** The arguments of the process; empty when there is none. */
  public List<String> args() {
    return process == null ? List.of() : process.args();
  }

  /** The environment of the process, as {@code NAME=value}. */
  public List<String> env() {
    return process == null ? List.of() : process.env();
  }
}
