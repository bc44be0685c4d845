package drydock.runtime.containerd;

import drydock.bytes.Origin;
import java.io.IOException;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the CRI plugin keeps of a container when it makes it (containerd {@code
 * internal/cri/store/container/metadata.go}): JSON in the extension {@value #EXTENSION}.
 *
 * @param name in its pod
 * @param userImage the image as the pod's author wrote it
 * @param imageRef the digest of the image's config
 */
record CriContainer(
    @Nullable String name,
    int attempt,
    @Nullable String sandboxId,
    @Nullable String userImage,
    @Nullable String imageRef,
    @Nullable String logPath,
    SortedMap<String, String> annotations) {
  static final String EXTENSION = "io.cri-containerd.container.metadata";

  static CriContainer decode(byte[] json, Origin origin) throws IOException {
    JsonFields fields =
        JsonFields.pick(
            json,
            origin,
            "Metadata.SandboxID",
            "Metadata.ImageRef",
            "Metadata.LogPath",
            "Metadata.Config.metadata",
            "Metadata.Config.image",
            "Metadata.Config.annotations");
    String name = null;
    Long attempt = null;
    for (var metadata : fields.objects("Metadata.Config.metadata")) {
      name = JsonFields.string(metadata.get("name"));
      attempt = JsonFields.integer(metadata.get("attempt"));
    }
    String userImage = null;
    for (var image : fields.objects("Metadata.Config.image")) {
      userImage = JsonFields.string(image.get("user_specified_image"));
    }
    return new CriContainer(
        name,
        attempt == null ? 0 : attempt.intValue(),
        fields.text("Metadata.SandboxID"),
        userImage,
        fields.text("Metadata.ImageRef"),
        fields.text("Metadata.LogPath"),
        fields.map("Metadata.Config.annotations"));
  }
}
