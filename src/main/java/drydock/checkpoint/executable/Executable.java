package drydock.checkpoint.executable;

import drydock.bytes.ByteSource;
import drydock.checkpoint.memory.AddressSpace;
import org.jspecify.annotations.Nullable;

/**
 * The executable of a frozen process.
 *
 * @param command what the kernel calls the process; null when unknown
 * @param path in the container: bytes; null when no image names it
 * @param isDeleted whether its path leads to it no more
 * @param size of the file when it was dumped; null when unknown
 * @param original the file as it was; null where the archive has only memory
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Executable(
    AddressSpace space,
    byte @Nullable [] command,
    byte @Nullable [] path,
    boolean isDeleted,
    @Nullable Long size,
    FileSource source,
    @Nullable ByteSource original) {
  int pid() {
    return space.pid();
  }
}
