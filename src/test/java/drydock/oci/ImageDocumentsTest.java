package drydock.oci;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDocumentsTest {
  private static final Origin ORIGIN = Origin.of("blob");
  private static final String A = "sha256:" + "a".repeat(64);
  private static final String B = "sha256:" + "b".repeat(64);

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aConfigTellsAllOfItsParts() throws CorruptDataException {
    byte[] raw =
        bytes(
            "{'created':'2024-02-03T04:05:06.000000007+01:00','author':'me','os':'linux','architecture':'arm64',"
                + "'variant':'v8','config':{'User':'33:33','Env':['A=1','B='],'Entrypoint':['/e'],'Cmd':['c','d'],"
                + "'ExposedPorts':{'443/tcp':{},'80/tcp':{}},'Volumes':{'/data':{}},'WorkingDir':'/w','Labels':{'k':'v'},"
                + "'StopSignal':'SIGQUIT','Healthcheck':{'Test':['CMD','true']}},'rootfs':{'type':'layers','diff_ids':['"
                + A
                + "','"
                + B
                + "']},'history':[{'created_by':'ADD x','comment':'buildkit'},{'empty_layer':true}]}");
    ImageConfig config = ImageConfig.decode(raw, ORIGIN);
    ImageSettings settings = config.settings();
    assertThat(config.raw()).isEqualTo(raw);
    assertThat(config.created()).isEqualTo(Instant.parse("2024-02-03T03:05:06.000000007Z"));
    assertThat(config.platform()).hasToString("linux/arm64/v8");
    assertThat(settings.user()).isEqualTo("33:33");
    assertThat(settings.env()).containsExactly("A=1", "B=");
    assertThat(settings.entrypoint()).containsExactly("/e");
    assertThat(settings.cmd()).containsExactly("c", "d");
    assertThat(settings.exposedPorts()).containsExactly("443/tcp", "80/tcp");
    assertThat(settings.volumes()).containsExactly("/data");
    assertThat(settings.workingDir()).isEqualTo("/w");
    assertThat(settings.labels()).containsEntry("k", "v");
    assertThat(settings.stopSignal()).isEqualTo("SIGQUIT");
    assertThat(settings.healthCheck()).containsExactly("CMD", "true");
    assertThat(config.diffIds()).extracting(Digest::toString).containsExactly(A, B);
    assertThat(config.history())
        .containsExactly(
            new HistoryStep(null, "ADD x", null, "buildkit", false),
            new HistoryStep(null, null, null, null, true));
    assertThat(config.faults()).isEmpty();
  }

  @Test
  void diffIdsEndBeforeTheFirstThatIsNone() throws CorruptDataException {
    ImageConfig config =
        ImageConfig.decode(
            bytes("{'rootfs':{'diff_ids':['" + A + "','nonsense','" + B + "']}}"), ORIGIN);
    assertThat(config.diffIds()).hasSize(1);
    assertThat(config.faults()).containsExactly("rootfs.diff_ids[1] is not a digest");
  }

  @Test
  void anIndexNamesManifestsWithTheirPlatforms() throws CorruptDataException {
    ImageIndex index =
        ImageIndex.decode(
            bytes(
                "{'schemaVersion':2,'manifests':[{'mediaType':'application/vnd.oci.image.manifest.v1+json','digest':'"
                    + A
                    + "','size':7,'platform':{'os':'linux','architecture':'amd64'}},{'digest':'"
                    + B
                    + "','platform':{'os':'unknown','architecture':'unknown'},'annotations':"
                    + "{'vnd.docker.reference.type':'attestation-manifest'}},{'mediaType':'x/y','digest':'bad'}]}"),
            ORIGIN);
    assertThat(index.manifests()).hasSize(3);
    assertThat(index.manifests().get(0).kind()).isEqualTo(ContentKind.MANIFEST);
    assertThat(index.manifests().get(0).platform()).hasToString("linux/amd64");
    assertThat(index.manifests().get(0).size()).isEqualTo(7);
    assertThat(index.manifests().get(1).isAttestation()).isTrue();
    assertThat(index.manifests().get(2).digest()).isNull();
    assertThat(index.manifests().get(2).mediaType()).isEqualTo("x/y");
    assertThat(index.faults()).containsExactly("manifests[2].digest is not a digest");
  }

  @Test
  void aDocumentIsKnownByItsMediaTypeOrItsFields() throws CorruptDataException {
    assertThat(ContentKind.ofDocument(bytes("{'manifests':[]}"), ORIGIN))
        .isEqualTo(ContentKind.INDEX);
    assertThat(ContentKind.ofDocument(bytes("{'config':{},'layers':[]}"), ORIGIN))
        .isEqualTo(ContentKind.MANIFEST);
    assertThat(ContentKind.ofDocument(bytes("{'rootfs':{},'config':{}}"), ORIGIN))
        .isEqualTo(ContentKind.CONFIG);
    assertThat(ContentKind.ofDocument(bytes("{'a':1}"), ORIGIN)).isEqualTo(ContentKind.OTHER);
    assertThat(
            ContentKind.ofDocument(
                bytes("{'mediaType':'application/vnd.docker.distribution.manifest.v2+json'}"),
                ORIGIN))
        .isEqualTo(ContentKind.MANIFEST);
    assertThat(ContentKind.of("application/vnd.docker.image.rootfs.diff.tar.gzip"))
        .isEqualTo(ContentKind.LAYER);
    assertThat(ContentKind.of("application/vnd.oci.image.layer.v1.tar+zstd"))
        .isEqualTo(ContentKind.LAYER);
    assertThat(ContentKind.of("application/vnd.docker.distribution.manifest.list.v2+json"))
        .isEqualTo(ContentKind.INDEX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gke-wp", "gke-small", "gke-ckpt", "k3s"})
  void theChainIdOfEveryLayerIsASnapshotOfTheLiveSystem(String node) throws IOException {
    Path truth = Path.of(System.getProperty("fixtures", "fixtures"), node, "truth");
    Set<String> snapshots =
        json(truth.resolve("live/k8s.io/snapshots-overlayfs.json")).getAsJsonObject().keySet();
    for (JsonElement image : json(truth.resolve("images.json")).getAsJsonArray()) {
      List<Digest> diffIds = new ArrayList<>();
      for (JsonElement diffId : image.getAsJsonObject().get("diff_ids").getAsJsonArray()) {
        diffIds.add(Digest.parse(diffId.getAsString()).orElseThrow());
      }
      assertThat(ChainIds.of(diffIds))
          .isNotEmpty()
          .allMatch(id -> snapshots.contains(id.toString()));
    }
  }

  private static JsonElement json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file));
  }
}
