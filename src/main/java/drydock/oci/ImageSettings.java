package drydock.oci;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a container of an image is started with by default (OCI image-spec, config.md, "config", and
 * the fields that Docker adds). Null and empty are not said.
 *
 * @param user user, or user and group, by name or number
 * @param exposedPorts as {@code 80/tcp}
 * @param volumes paths
 * @param healthCheck Docker's: {@code CMD}, {@code CMD-SHELL} or {@code NONE}, then the command
 */
public record ImageSettings(
    @Nullable String user,
    List<String> exposedPorts,
    List<String> env,
    List<String> entrypoint,
    List<String> cmd,
    List<String> volumes,
    @Nullable String workingDir,
    Map<String, String> labels,
    @Nullable String stopSignal,
    List<String> shell,
    List<String> onBuild,
    List<String> healthCheck) {
  static ImageSettings of(Fields fields) {
    return new ImageSettings(
        fields.text("User"),
        fields.names("ExposedPorts"),
        fields.texts("Env"),
        fields.texts("Entrypoint"),
        fields.texts("Cmd"),
        fields.names("Volumes"),
        fields.text("WorkingDir"),
        fields.map("Labels"),
        fields.text("StopSignal"),
        fields.texts("Shell"),
        fields.texts("OnBuild"),
        fields.object("Healthcheck").map(check -> check.texts("Test")).orElse(List.of()));
  }
}
