package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.disk.OpenDisk;
import drydock.disk.RawFormat;
import drydock.finding.FindingLog;
import drydock.fs.OpenOptions;
import drydock.fs.ext4.Ext4Format;
import drydock.fs.ext4.Ext4Tree;
import drydock.truth.KernelListing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code export --to NAME.ext4}: a file system that holds what the kernel showed. */
class ExportImageTest {
  private static final Path ROOTS = Cli.FIXTURES.resolve("gke-small/truth/rootfs");

  /** Numbers of inodes are new, names are counted anew, overlay's own listing moved the last. */
  private static final Set<String> EXCEPT = Set.of("ino", "nlink", "atime");

  @TempDir Path folder;

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  static Stream<Path> listings() throws IOException {
    try (Stream<Path> files = Files.list(ROOTS)) {
      return files.sorted().toList().stream();
    }
  }

  private static String id(Path listing) {
    return listing.getFileName().toString().replaceAll("k8s.io-|\\.jsonl\\.gz", "");
  }

  private Cli.Result export(Path listing, String to, String... more) {
    List<String> fixed =
        List.of("export", Cli.node("gke-small"), id(listing), "--no-volumes", "--to", to);
    return Cli.run(Stream.concat(fixed.stream(), Stream.of(more)).toList());
  }

  @ParameterizedTest
  @MethodSource("listings")
  void imageHasAllThatTheKernelShowed(Path listing) throws IOException {
    Cli.Result result = export(listing, at("x.ext4"));
    assertThat(result.exit()).as(result.err()).isZero();
    KernelListing kernel = KernelListing.read(listing);
    FindingLog log = new FindingLog();
    try (OpenDisk disk = new RawFormat().open(folder.resolve("x.ext4"), log)) {
      Ext4Tree tree = Ext4Format.openTree(disk.bytes(), OpenOptions.DEFAULT, log);
      assertThat(differences(KernelListing.of(tree, log), kernel)).isEmpty();
      tree.check();
    }
    assertThat(log.list()).isEmpty();
    List<String> manifest = Files.readAllLines(folder.resolve("x.ext4.manifest.jsonl"));
    JsonObject first = JsonParser.parseString(manifest.get(0)).getAsJsonObject();
    assertThat(first.get("format").getAsString()).isEqualTo("ext4");
    assertThat(manifest)
        .filteredOn(line -> line.contains("\"record\":\"file\""))
        .hasSize(kernel.size())
        .allMatch(line -> line.contains("\"not_kept\":[]"));
  }

  private static List<String> differences(KernelListing image, KernelListing kernel) {
    return image.differences(kernel, EXCEPT).stream()
        .filter(
            line ->
                !line.contains(": size is ")
                    || !"d".equals(kernel.row(line.replaceFirst(": size is .*", "")).get("type")))
        .toList();
  }

  @Test
  void imageIsTheSameForAnyNumberOfThreads() throws IOException {
    Path listing = listings().findFirst().orElseThrow();
    export(listing, at("one.ext4"), "--threads", "1");
    export(listing, at("two.ext4"), "--threads", "2");
    assertThat(folder.resolve("one.ext4")).hasSameBinaryContentAs(folder.resolve("two.ext4"));
  }

  @Test
  void imageOnStandardOutputIsAMatterOfUsage() throws IOException {
    Path listing = listings().findFirst().orElseThrow();
    Cli.Result result = export(listing, "-", "--format", "ext4", "--manifest", at("m"));
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("--format ext4 needs a file, not standard output");
    assertThat(folder).isEmptyDirectory();
  }
}
