package drydock.checkpoint;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import drydock.bytes.CorruptDataException;
import drydock.checkpoint.criu.ImageEntry;
import drydock.checkpoint.criu.ImageFile;
import drydock.checkpoint.criu.Images;
import drydock.proto.criu.DumpStatsEntry;
import drydock.proto.criu.StatsEntry;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What CRIU counted and measured when it dumped: fields of {@code stats-dump} by their names, times
 * in microseconds.
 */
public record Statistics(Map<String, Long> dump) {
  static @Nullable Statistics read(Images images) throws IOException {
    Map<String, Long> dump = new LinkedHashMap<>();
    Optional<ImageFile> image = images.fitting("stats-dump");
    if (image.isPresent()) {
      image.get().entries(entry -> decode(entry, dump));
    }
    return dump.isEmpty() ? null : new Statistics(Collections.unmodifiableMap(dump));
  }

  private static boolean decode(ImageEntry entry, Map<String, Long> into) throws IOException {
    try {
      DumpStatsEntry dump = StatsEntry.parseFrom(entry.message()).getDump();
      for (Map.Entry<FieldDescriptor, Object> each : dump.getAllFields().entrySet()) {
        long value =
            each.getValue() instanceof Integer small
                ? Integer.toUnsignedLong(small)
                : (Long) each.getValue();
        into.put(each.getKey().getName(), value);
      }
    } catch (InvalidProtocolBufferException e) {
      throw new CorruptDataException(
          entry.origin(), entry.offset(), "statistics: " + e.getMessage());
    }
    return false;
  }
}
