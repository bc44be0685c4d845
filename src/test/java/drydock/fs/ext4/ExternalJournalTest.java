package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.OpenOptions;
import drydock.truth.KernelListing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * File systems whose journal lies on another device, both copied while mounted, compared with what
 * the kernel shows after it recovered them ({@code make-ext4-external-journal-fixture.sh}).
 */
class ExternalJournalTest {
  private static final Path FOLDER = Images.FIXTURES.resolve("ext4-external-journal");

  private final FindingLog log = new FindingLog();

  private static byte[] raw(String file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(FOLDER.resolve(file + ".gz")))) {
      return in.readAllBytes();
    }
  }

  private static ByteSource source(String file) throws IOException {
    return new ArraySource(raw(file), Origin.of(file));
  }

  private Ext4Tree open(String name, ByteSource... devices) throws IOException {
    OpenOptions options = new OpenOptions(true, () -> List.of(devices));
    return Ext4Format.openTree(source(name + ".img"), options, log);
  }

  @ParameterizedTest
  @ValueSource(strings = {"external-4k", "external-1k", "external-data"})
  void treeIsWhatTheKernelShowsAfterRecovery(String name) throws IOException {
    ByteSource other = source("external-4k".equals(name) ? "external-1k.img" : "external-4k.img");
    Ext4Tree tree = open(name, other, source(name + ".img"), source(name + ".journal"));
    KernelListing kernel = KernelListing.read(FOLDER.resolve(name + ".jsonl.gz"));
    assertThat(kernel.size()).isGreaterThan(30);
    assertThat(KernelListing.of(tree, log).differences(kernel, Set.of())).isEmpty();
    assertThat(tree.info().state()).contains("journal applied: ");
    assertThat(log.list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"external-1k", "external-data"})
  void journalOfAnotherFileSystemIsNotTaken(String name) throws IOException {
    ByteSource wrong = source("external-4k.journal");
    Ext4Tree tree = open(name, wrong);
    KernelListing kernel = KernelListing.read(FOLDER.resolve(name + ".jsonl.gz"));
    Finding told = log.list().get(0);
    assertThat(told.severity()).isEqualTo(Severity.MISSING);
    assertThat(told.what())
        .contains("--disk")
        .contains(Superblock.uuidText(tree.superblock().journalUuid()));
    assertThat(tree.info().state()).contains("journal not applied");
    assertThat(KernelListing.of(tree, log).differences(kernel, Set.of())).isNotEmpty();
  }

  @Test
  void deviceWithAJournalIsNoFileSystemAndSaysWhoseItIs() throws IOException {
    ByteSource journal = source("external-1k.journal");
    String uuid = Superblock.uuidText(open("external-1k", journal).superblock().journalUuid());
    assertThat(new Ext4Format().recognises(journal)).isTrue();
    assertThatThrownBy(() -> Ext4Format.openTree(journal, OpenOptions.DEFAULT, log))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("journal of an ext4 file system on another device")
        .hasMessageContaining(uuid);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1000, 2047, 4096, 8192, 9000, 100_000})
  void journalThatIsCutOffIsToldAndTheDiskShown(int bytes) throws IOException {
    byte[] cut = Arrays.copyOf(raw("external-4k.journal"), bytes);
    Ext4Tree tree = open("external-4k", new ArraySource(cut, Origin.of("cut")));
    assertThat(tree.superblock().features().has(Feature.NEEDS_RECOVERY)).isTrue();
    assertThat(log.list()).isNotEmpty();
  }
}
