package drydock.disk;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.shape.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An internal snapshot of a qcow2 file: an earlier state of the disk that the file also holds.
 *
 * @param vmStateBytes how many bytes of the machine's memory are kept with it
 */
public record Qcow2Snapshot(
    String id, String name, Instant created, long vmStateBytes, long l1Offset, long l1Entries) {
  private static final int HEAD_BYTES = 40;
  private static final int MAX_EXTRA_BYTES = 1024;
  private static final int MAX_TABLE_BYTES = 8 << 20;
  private static final int MAX_NANOSECONDS = 999_999_999;

  /** The snapshots in the order of the file's table. */
  static List<Qcow2Snapshot> read(ByteSource file, Qcow2Header header) throws IOException {
    FieldCheck check = new FieldCheck(file.origin(), "qcow2 snapshot");
    List<Qcow2Snapshot> snapshots = new ArrayList<>();
    long at = header.snapshotsOffset();
    for (int i = 0; i < header.snapshots(); i++) {
      drydock.ksy.Qcow2Snapshot head =
          Shape.decode(
              piece(file, at, HEAD_BYTES),
              file.origin(),
              "qcow2 snapshot",
              drydock.ksy.Qcow2Snapshot::new);
      check.range("extra data", at + 36, head.extraDataSize(), 0, MAX_EXTRA_BYTES);
      check.range("nanoseconds", at + 20, head.dateNsec(), 0, MAX_NANOSECONDS);
      int extra = (int) head.extraDataSize();
      byte[] rest = piece(file, at + HEAD_BYTES, extra + head.idStrSize() + head.nameSize());
      long stateBytes = extra >= 8 ? BigEndian.i64(rest, 0) : head.vmStateSize();
      snapshots.add(
          new Qcow2Snapshot(
              new String(rest, extra, head.idStrSize(), StandardCharsets.UTF_8),
              new String(rest, extra + head.idStrSize(), head.nameSize(), StandardCharsets.UTF_8),
              Instant.ofEpochSecond(head.dateSec(), head.dateNsec()),
              stateBytes,
              head.l1TableOffset(),
              head.l1Size()));
      at = (at + HEAD_BYTES + rest.length + 7) / 8 * 8;
      check.range("table length", at, at - header.snapshotsOffset(), 0, MAX_TABLE_BYTES);
    }
    return List.copyOf(snapshots);
  }

  private static byte[] piece(ByteSource file, long at, int length) throws IOException {
    if (at > file.size() - length) {
      throw new CorruptDataException(
          file.origin(), at, "the snapshot table is cut off", "end at " + file.size(), null);
    }
    return file.bytes(at, length);
  }
}
