package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.DeletedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a journal that is full of one inode costs. */
class PastInodesTest {
  private static final int MAGIC = 0xc03b3998;
  private static final int DESCRIPTOR = 1;
  private static final int COMMIT = 2;

  /** The only tag, and without a UUID of its own. */
  private static final int LAST_TAG = 0xa;

  private static final int SHOWN = 256;

  /** Fills the log with transactions, each with the block of an inode as another file's. */
  private static byte[] withVersions(int count) throws IOException {
    Surgery surgery = new Surgery(Surgery.Sound.of(Images.raw("ext4-no-sums")));
    int at = surgery.inodeAt(file(surgery));
    int from = at % surgery.blockBytes;
    int log = surgery.block(surgery.firstBlock(surgery.sound.inode(8))) + surgery.blockBytes;
    for (int i = 0; i < count; i++) {
      header(surgery, log, DESCRIPTOR, i);
      big(surgery, log + 12, at / surgery.blockBytes);
      big(surgery, log + 16, LAST_TAG);
      int copy = log + surgery.blockBytes;
      System.arraycopy(surgery.raw, at - from, surgery.raw, copy, surgery.blockBytes);
      surgery.put(copy + from + 0x64, 1000 + i);
      header(surgery, copy + surgery.blockBytes, COMMIT, i);
      log = copy + 2 * surgery.blockBytes;
    }
    return surgery.raw;
  }

  private static long file(Surgery surgery) throws IOException {
    return surgery.extentFile().orElseThrow().number();
  }

  private static void header(Surgery surgery, int at, int type, int sequence) {
    big(surgery, at, MAGIC);
    big(surgery, at + 4, type);
    big(surgery, at + 8, sequence);
  }

  private static void big(Surgery surgery, int at, int value) {
    surgery.put(at, Integer.reverseBytes(value));
  }

  private static List<DeletedFile> versions(byte[] raw, FindingLog log) throws IOException {
    long number = file(new Surgery(Surgery.Sound.of(Images.raw("ext4-no-sums"))));
    List<DeletedFile> found = new ArrayList<>();
    Images.tree("image", raw, log)
        .deletedFiles(
            each -> {
              if (each.node().meta().inode() == number) {
                found.add(each);
              }
            });
    return found;
  }

  @Test
  void eachVersionOfAnInodeIsShown() throws IOException {
    FindingLog log = new FindingLog();
    assertThat(versions(withVersions(SHOWN), log))
        .hasSize(SHOWN)
        .allMatch(file -> file.state() == DeletedFile.State.REPLACED);
    assertThat(log.list()).isEmpty();
  }

  @Test
  void ofMoreVersionsThanThereCanBeTheNewestAreShown() throws IOException {
    FindingLog log = new FindingLog();
    List<DeletedFile> found = versions(withVersions(SHOWN + 70), log);
    assertThat(found).hasSize(SHOWN);
    assertThat(found.get(0).source()).isEqualTo("journal transaction " + (SHOWN + 69));
    assertThat(log.list()).extracting(Finding::severity).containsExactly(Severity.NOTE);
    assertThat(log.list().get(0).what()).contains("more older copies");
  }
}
