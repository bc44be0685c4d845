package drydock.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.checkpoint.CheckpointFixture;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import drydock.fs.tar.TarBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/**
 * An image of two layers, as a layout and as Docker's archive.
 *
 * @param base packed in the layout
 * @param top plain in both
 */
record SavedImage(byte[] base, byte[] top, byte[] config) {
  /** The image that the counter was made from. */
  private static final String COUNTER =
      "37c899fa8c3bb4e30e41d5b702b4b408f8ad273360196cbd03ae3c84e7b87496";

  static SavedImage of(byte[] base, byte[] top) throws IOException {
    JsonArray ids = new JsonArray();
    ids.add("sha256:" + hex(base));
    ids.add("sha256:" + hex(top));
    JsonObject root = new JsonObject();
    root.addProperty("type", "layers");
    root.add("diff_ids", ids);
    JsonObject config = new JsonObject();
    config.addProperty("created", "2021-11-24T00:53:42Z");
    config.add("rootfs", root);
    return new SavedImage(base, top, json(config));
  }

  static String hex(byte[] bytes) throws IOException {
    return Hashes.of(new ArraySource(bytes, Origin.of("bytes")), HashAlgorithm.SHA256);
  }

  /** What a container that was made from it is said to be made from. */
  String id() throws IOException {
    return hex(config);
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] json(JsonObject object) {
    return object.toString().getBytes(UTF_8);
  }

  private static JsonObject blob(Path folder, byte[] content, String type) throws IOException {
    return blobIn(folder.resolve("blobs/sha256"), content, type);
  }

  private static JsonObject blobIn(Path directory, byte[] content, String type) throws IOException {
    String hex = hex(content);
    Path blobs = Files.createDirectories(directory);
    Files.write(blobs.resolve(hex), content);
    JsonObject descriptor = new JsonObject();
    descriptor.addProperty("mediaType", "application/vnd.oci.image." + type);
    descriptor.addProperty("digest", "sha256:" + hex);
    descriptor.addProperty("size", content.length);
    return descriptor;
  }

  /** A checkpoint of a container that was made from it. */
  Path counter(Path folder) throws IOException {
    Path archive = CheckpointFixture.archive("counter-podman");
    try (InputStream raw = Files.newInputStream(archive);
        InputStream tar = new ZstdCompressorInputStream(raw)) {
      String all = new String(tar.readAllBytes(), ISO_8859_1).replace(COUNTER, id());
      return Files.write(folder.resolve("counter.tar"), all.getBytes(ISO_8859_1));
    }
  }

  /** As skopeo's transport {@code dir:} writes it. */
  Path flat(Path folder) throws IOException {
    JsonArray layers = new JsonArray();
    layers.add(blobIn(folder, gzip(base), "layer.v1.tar+gzip"));
    layers.add(blobIn(folder, top, "layer.v1.tar"));
    JsonObject manifest = new JsonObject();
    manifest.addProperty("schemaVersion", 2);
    manifest.add("config", blobIn(folder, config, "config.v1+json"));
    manifest.add("layers", layers);
    Files.write(folder.resolve("manifest.json"), json(manifest));
    Files.writeString(folder.resolve("version"), "Directory Transport Version: 1.1\n");
    return folder;
  }

  /** As a layout of that name. */
  Path layout(Path folder, String name) throws IOException {
    JsonArray layers = new JsonArray();
    layers.add(blob(folder, gzip(base), "layer.v1.tar+gzip"));
    layers.add(blob(folder, top, "layer.v1.tar"));
    JsonObject manifest = new JsonObject();
    manifest.add("config", blob(folder, config, "config.v1+json"));
    manifest.add("layers", layers);
    JsonObject named = blob(folder, json(manifest), "manifest.v1+json");
    JsonObject annotations = new JsonObject();
    annotations.addProperty("org.opencontainers.image.ref.name", name);
    named.add("annotations", annotations);
    JsonArray manifests = new JsonArray();
    manifests.add(named);
    JsonObject index = new JsonObject();
    index.add("manifests", manifests);
    Files.write(folder.resolve("index.json"), json(index));
    return folder;
  }

  /** As {@code docker save} writes it. */
  Path docker(Path file) throws IOException {
    JsonObject image = new JsonObject();
    image.addProperty("Config", id() + ".json");
    image.add("RepoTags", texts(List.of("x:1")));
    image.add("Layers", texts(List.of("a/layer.tar", "b/layer.tar")));
    JsonArray images = new JsonArray();
    images.add(image);
    return Files.write(
        file,
        new TarBytes()
            .entry('0', "b/layer.tar", "", top)
            .file("manifest.json", images.toString())
            .entry('0', id() + ".json", "", config)
            .entry('0', "a/layer.tar", "", base)
            .done());
  }

  private static JsonArray texts(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
