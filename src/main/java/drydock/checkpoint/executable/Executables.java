package drydock.checkpoint.executable;

import drydock.checkpoint.criu.OpenFile;
import drydock.checkpoint.memory.AddressSpace;
import drydock.checkpoint.memory.MappedFile;
import drydock.checkpoint.memory.Memory;
import java.io.IOException;
import java.util.Optional;

/** Finds the executables of the processes of a checkpoint. For one thread. */
public final class Executables {
  private final FileContents contents;
  private final Memory memory;

  public Executables(FileContents contents, Memory memory) {
    this.contents = contents;
    this.memory = memory;
  }

  /** The executable of a process; empty when the dump has no memory of it. */
  public Optional<Executable> of(int pid) throws IOException {
    Optional<AddressSpace> opened = memory.space(pid);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    AddressSpace space = opened.get();
    MappedFile mapped = memory.executable(space).orElse(null);
    OpenFile file = contents.dump().file(space.layout().executable(), space.origin()).orElse(null);
    FileContents.Found found =
        file == null || mapped == null ? null : contents.of(file).orElse(null);
    return Optional.of(
        new Executable(
            space,
            memory.command(pid).orElse(null),
            mapped == null ? null : mapped.path(),
            (mapped != null && mapped.isDeleted()) || (file != null && file.isDeleted()),
            file == null ? null : file.size(),
            found == null ? FileSource.MEMORY : found.source(),
            found == null ? null : found.content()));
  }
}
