package drydock.partition;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.shape.Shape;
import java.nio.charset.StandardCharsets;

/**
 * One entry of a GPT.
 *
 * @param first sector
 * @param last sector, which is part of the partition
 */
record GptEntry(String type, String id, long first, long last, long attributes, String name) {
  static final int BYTES = 128;

  static GptEntry decode(byte[] raw, Origin origin) throws CorruptDataException {
    drydock.ksy.GptEntry shape = Shape.decode(raw, origin, "gpt entry", drydock.ksy.GptEntry::new);
    String name = new String(shape.partitionName(), StandardCharsets.UTF_16LE);
    int end = name.indexOf('\0');
    return new GptEntry(
        Guid.of(shape.partitionTypeGuid()),
        Guid.of(shape.uniquePartitionGuid()),
        shape.startingLba(),
        shape.endingLba(),
        shape.attributes(),
        end < 0 ? name : name.substring(0, end));
  }

  boolean isUsed() {
    return !type.equals(Guid.ZERO);
  }
}
