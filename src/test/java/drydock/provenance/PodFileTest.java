package drydock.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.fs.TreePath;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodFileTest {
  private static final String UID = "c31ab849-7f26-4927-8c34-c222012fbe58";
  private static final String ID =
      "9379546a9ba4c72d9fb910d51f6a157ee92b9a7096853c2667a3153100014651";

  private static String said(String path) {
    PodFile file = PodFile.of(TreePath.of(path.replace("UID", UID).replace("ID", ID)));
    return file == null
        ? "null"
        : String.join(
                " ",
                file.kind().label(),
                String.valueOf(file.podUid()),
                file.podNamespace() + "/" + file.podName(),
                file.plugin() + "/" + file.volume(),
                file.container() + "/" + file.attempt())
            .replace(UID, "UID")
            .replace(ID, "ID");
  }

  @ParameterizedTest
  @CsvSource({
    "/k/pods/UID/volumes/kubernetes.io~empty-dir/v/a/b, volume UID null/null"
        + " kubernetes.io~empty-dir/v null/null",
    "/k/pods/UID/volume-subpaths/v/web/1, volume UID null/null null/v web/null",
    "/k/pods/UID/plugins/kubernetes.io~empty-dir/v/ready, pod UID null/null"
        + " kubernetes.io~empty-dir/v null/null",
    "/k/pods/UID/etc-hosts, etc-hosts UID null/null null/null null/null",
    "/k/pods/UID/containers/web/0a1b, termination-log UID null/null null/null web/null",
    "/k/pods/UID/containers/web, pod UID null/null null/null web/null",
    "/k/pods/UID, pod UID null/null null/null null/null",
    "/k/pods/0123456789abcdef0123456789abcdef/etc-hosts,"
        + " etc-hosts 0123456789abcdef0123456789abcdef null/null null/null null/null",
    "/var/log/pods/shop_web-0_UID, log UID shop/web-0 null/null null/null",
    "/var/log/pods/shop_web-0_UID/web/12.log, log UID shop/web-0 null/null web/12",
    "/var/log/pods/shop_web-0_UID/web/0.log.20261122-010054.gz, log UID shop/web-0 null/null web/0",
    "/var/log/containers/web-0_shop_the-web-ID.log, log null shop/web-0 null/null ID/null",
    "/k/checkpoints/checkpoint-shop-7d9c_default-shop-2026-11-22T01:37:55Z.tar,"
        + " checkpoint null null/shop-7d9c null/null default-shop/null"
  })
  void aPathTellsWhatItIsOfWhichPod(String path, String expected) {
    assertThat(said(path)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/pods",
        "/home/pods/mine",
        "/var/log/pods",
        "/var/log/pods/shop_web-0",
        "/var/log/pods/a_b_c/d",
        "/var/log/containers/readme",
        "/k/checkpoints/checkpoint.tar",
        "/k/checkpoints/a/checkpoint-a_b-c-2026-11-22T01:37:55Z.tar"
      })
  void anythingElseIsNone(String path) {
    assertThat(said(path)).isEqualTo("null");
  }
}
