package drydock.report;

import drydock.checkpoint.memory.AddressSpace;
import drydock.checkpoint.memory.Area;
import drydock.checkpoint.memory.AreaPages;
import drydock.checkpoint.memory.MappedFile;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An area of a process.
 *
 * @param command the process's name; null when unknown
 * @param area null for all areas of the process together
 * @param sharedId of the shared memory that is mapped; null when none is
 */
public record AreaRow(
    AddressSpace space,
    byte @Nullable [] command,
    @Nullable Area area,
    AreaPages pages,
    @Nullable MappedFile file,
    @Nullable Long sharedId) {

  /** One area. */
  public static AreaRow of(
      AddressSpace space,
      byte @Nullable [] command,
      Area area,
      Optional<MappedFile> file,
      Optional<Long> sharedId) {
    return new AreaRow(
        space, command, area, space.pages(area), file.orElse(null), sharedId.orElse(null));
  }

  /** All areas of a process together. */
  public static AreaRow total(AddressSpace space, byte @Nullable [] command) {
    return new AreaRow(space, command, null, space.pages(), null, null);
  }
}
