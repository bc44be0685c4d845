package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.fs.NameText;
import drydock.ksy.Ext4Mmp;
import drydock.shape.Shape;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the block against mounting twice (feature {@code mmp}) says of who used the file system
 * last, or still did when it was copied (kernel {@code fs/ext4/mmp.c}).
 *
 * @param time when it was written last; null when that is no time
 * @param node the machine
 * @param device as which it had the file system
 */
record MountGuard(Use use, @Nullable Instant time, String node, String device) {
  private static final int BYTES = 1024;
  private static final int CHECKSUM_AT = 1020;
  private static final long SEQUENCE_CLEAN = 0xff4d4d50L;
  private static final long SEQUENCE_CHECK = 0xe24d4d50L;

  /** What was done with the file system when the block was written. */
  enum Use {
    NONE,
    MOUNTED,
    CHECKED
  }

  /** Reads and verifies it; damage is told. */
  static @Nullable MountGuard read(Volume volume) throws IOException {
    long block = volume.superblock().bookkeeping().guardBlock();
    Origin origin = volume.origin().child("block " + block);
    try {
      byte[] raw = Arrays.copyOf(volume.blocks().metadata(block), BYTES);
      Ext4Mmp shape = Shape.decode(raw, origin, "ext4 mmp", Ext4Mmp::new);
      boolean fits =
          !volume.checksums().verified()
              || Checksums.crc32c(volume.checksums().seed(), raw, 0, CHECKSUM_AT)
                  == (int) shape.mmpChecksum();
      if (!fits) {
        String what = "the checksum of the block against mounting twice does not fit";
        volume.log().add(Finding.damage(origin, CHECKSUM_AT, what));
      }
      return of(shape);
    } catch (CorruptDataException e) {
      volume.log().add(Finding.of(e));
      return null;
    }
  }

  private static MountGuard of(Ext4Mmp shape) {
    long sequence = shape.mmpSeq();
    Use use =
        sequence == SEQUENCE_CLEAN
            ? Use.NONE
            : sequence == SEQUENCE_CHECK ? Use.CHECKED : Use.MOUNTED;
    return new MountGuard(
        use, time(shape.mmpTime()), text(shape.mmpNodename()), text(shape.mmpBdevname()));
  }

  private static @Nullable Instant time(long seconds) {
    try {
      return seconds == 0 ? null : Instant.ofEpochSecond(seconds);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static String text(byte[] field) {
    int length = 0;
    while (length < field.length && field[length] != 0) {
      length++;
    }
    return NameText.of(Arrays.copyOf(field, length));
  }

  /** In one line: {@code "in use by node-7 (sdb1), last written 2026-05-04T10:11:12Z"}. */
  String summary() {
    String what =
        switch (use) {
          case NONE -> "not in use";
          case MOUNTED -> "in use";
          case CHECKED -> "being checked";
        };
    String by = node.isEmpty() ? "" : (use == Use.NONE ? ", last by " : " by ") + node;
    String as = device.isEmpty() ? "" : " (" + device + ")";
    return what + by + as + (time == null ? "" : ", last written " + time);
  }
}
