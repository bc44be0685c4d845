package drydock.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import drydock.checkpoint.CheckpointFixture;
import drydock.fs.tar.TarBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints with the layers of images that were saved to files. */
class SavedImagesTest {
  private static final String NAME = "localhost/counter:blog";
  private static final String COUNTER = CheckpointFixture.archive("counter-podman").toString();

  @TempDir Path folder;

  /** An image of two layers that a counter may have been made from. */
  private static SavedImage image() throws IOException {
    byte[] base =
        new TarBytes()
            .dir("etc/")
            .file("etc/deleteme", "was here")
            .file("etc/passwd", "root")
            .dir("data/")
            .dir("data/old/")
            .file("data/old/was", "gone with the directory")
            .as(01777, 3, 4, 1_400_000_000)
            .dir("bin/")
            .file("gone", "")
            .done();
    return SavedImage.of(base, new TarBytes().file("etc/top", "t").file(".wh.gone", "").done());
  }

  private String counter(SavedImage image) throws IOException {
    return image.counter(folder).toString();
  }

  private Path layout(SavedImage image) throws IOException {
    return image.layout(folder.resolve("image"), NAME);
  }

  private static Cli.Result find(String counter, Path image) {
    return Cli.run("find", counter, "/", "--no-volumes", "-o", "jsonl", "--disk", image.toString());
  }

  private static List<String> paths(Cli.Result result) {
    return result.records().stream().map(each -> each.get("path").getAsString()).toList();
  }

  @Test
  void podmansListOfDeletedFilesHidesWhatASavedImageHas() throws IOException {
    Path image = layout(image());
    String counter = counter(image());
    Cli.Result result = find(counter, image);

    assertThat(losses(result)).isEmpty();
    assertThat(result.exit()).isZero();
    assertThat(paths(result))
        .containsExactly(
            "/",
            "/bin",
            "/bin/evil",
            "/data",
            "/data/old",
            "/data/old/n",
            "/etc",
            "/etc/passwd",
            "/etc/top",
            "/test-file",
            "/var",
            "/var/log",
            "/var/log/counter.log");
    assertThat(result.records().get(0).get("mode").getAsString()).isEqualTo("0555");
    JsonObject bin = result.records().get(1);
    assertThat(bin.get("mode").getAsString()).isEqualTo("1777");
    assertThat(bin.get("uid").getAsInt()).isEqualTo(3);
    assertThat(bin.get("modified").getAsString()).isEqualTo("2014-05-13T16:53:20Z");
    assertThat(
            Cli.run("drift", counter, "--disk", image.toString(), "--columns", "change,path").out())
        .contains("deleted", "/etc/deleteme", "/data/old")
        .doesNotContain("/bin\n");
  }

  @Test
  void imageOfTheSameNameWithAnotherDigestIsAGuess() throws IOException {
    Cli.Result result = Cli.run("ls", COUNTER, "/etc", "--disk", layout(image()).toString());

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.out()).contains("/etc/passwd");
    assertThat(result.err()).contains("are a guess", "the same name and another digest");
  }

  @Test
  void dockersArchiveAndBareBlobsAreImagesToo() throws IOException {
    SavedImage image = image();
    Path docker = image.docker(folder.resolve("saved.tar"));
    Path blobs = layout(image);
    Files.delete(blobs.resolve("index.json"));
    List<String> whole = paths(find(counter(image), docker));

    assertThat(losses(find(counter(image), docker))).isEmpty();
    assertThat(whole).contains("/etc/top", "/etc/passwd").doesNotContain("/gone");
    assertThat(paths(find(counter(image), blobs))).isEqualTo(whole);
    assertThat(losses(find(counter(image), blobs))).isEmpty();
    Path flat = image.flat(folder.resolve("flat"));
    assertThat(paths(find(counter(image), flat))).isEqualTo(whole);
    assertThat(losses(find(counter(image), flat))).isEmpty();
  }

  /** One byte of a file's content: nothing but the digest tells it. */
  @ParameterizedTest
  @ValueSource(strings = {"base", "top"})
  void layerOfDockersArchiveThatIsNotWhatTheConfigurationSaysIsAFinding(String layer)
      throws IOException {
    SavedImage image = image();
    boolean isBase = layer.equals("base");
    SavedImage forged =
        isBase
            ? new SavedImage(forged(image.base(), "root", "toor"), image.top(), image.config())
            : new SavedImage(image.base(), forged(image.top(), "t\0", "u\0"), image.config());
    Cli.Result result = find(counter(image), forged.docker(folder.resolve("forged.tar")));

    assertThat(result.exit()).isEqualTo(3);
    assertThat(losses(result)).hasSize(1);
    assertThat(result.err())
        .contains("what the layer unpacks to does not fit its digest")
        .contains("found sha256:" + SavedImage.hex(isBase ? forged.base() : forged.top()))
        .contains("sha256:" + SavedImage.hex(isBase ? image.base() : image.top()));
    assertThat(paths(result)).contains("/etc/passwd", "/etc/top");
  }

  @Test
  void manifestThatNamesOtherLayersThanTheConfigurationIsFoundOut() throws IOException {
    SavedImage image = image();
    byte[] other = forged(image.base(), "root", "toor");
    Path layout = layout(new SavedImage(other, image.top(), image.config()));
    Cli.Result result = find(counter(image), layout);

    assertThat(result.exit()).isEqualTo(3);
    assertThat(losses(result)).hasSize(1);
    assertThat(result.err()).contains("what the layer unpacks to", SavedImage.hex(other));
  }

  @Test
  void documentsAndLayersThatWereChangedInPlaceAreFindings() throws IOException {
    SavedImage image = image();
    Path layout = layout(image);
    Path blobs = layout.resolve("blobs/sha256");
    Files.write(blobs.resolve(image.id()), "{}".getBytes(ISO_8859_1));
    Path base = blobs.resolve(SavedImage.hex(SavedImage.gzip(image.base())));
    Files.write(base, SavedImage.gzip(forged(image.base(), "root", "toor")));
    List<String> lines = losses(find(counter(image), layout));

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("the document of an image", "sha256:" + image.id());
    assertThat(lines.get(1))
        .contains("the layer does not fit its digest")
        .contains("sha256/" + last(base));
  }

  @Test
  void layerOfWhichNoDigestIsKnownIsSaidToBeNotVerified() throws IOException {
    SavedImage image = image();
    SavedImage bare = new SavedImage(image.base(), image.top(), "{}".getBytes(ISO_8859_1));
    Cli.Result result = find(counter(bare), bare.docker(folder.resolve("bare.tar")));

    assertThat(result.exit()).isEqualTo(3);
    assertThat(losses(result))
        .hasSize(2)
        .allMatch(each -> each.contains("no digest of the layer: it was not verified"));
  }

  /** A layer in a packed archive: what is digested is read on the way, and all of it. */
  @Test
  void packedArchivesAreVerifiedToTheLastByte() throws IOException {
    SavedImage image = image();
    byte[] padded = Arrays.copyOf(image.base(), image.base().length + 3_000_000);
    SavedImage whole = SavedImage.of(padded, image.top());
    byte[] forged = padded.clone();
    forged[forged.length - 1] = 1;
    Path good = whole.docker(folder.resolve("good.tar"));
    Path bad =
        new SavedImage(forged, image.top(), whole.config()).docker(folder.resolve("bad.tar"));
    for (Path each : Stream.of(good, bad).toList()) {
      Files.write(each, SavedImage.gzip(Files.readAllBytes(each)));
    }

    assertThat(losses(find(counter(whole), good))).isEmpty();
    assertThat(find(counter(whole), bad).err()).contains("what the layer unpacks to");
  }

  private static List<String> losses(Cli.Result result) {
    return result.err().lines().filter(each -> !each.contains("notes on the evidence")).toList();
  }

  private static String last(Path path) {
    return String.valueOf(path.getFileName());
  }

  /** The same archive with another word in a file. */
  private static byte[] forged(byte[] archive, String word, String other) {
    String text = new String(archive, ISO_8859_1);
    int at = text.lastIndexOf(word);
    assertThat(at).isPositive();
    return (text.substring(0, at) + other + text.substring(at + word.length()))
        .getBytes(ISO_8859_1);
  }
}
