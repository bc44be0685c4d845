package drydock.checkpoint.triage;

import java.io.IOException;
import java.util.List;

/** All rules. Pure; safe from many threads. The table for people: {@code docs/triage.md}. */
final class Rules {
  /** Looks at a process. */
  @FunctionalInterface
  interface OfProcess {
    void look(Subject subject, Scene scene, Clues clues) throws IOException;
  }

  /** Looks at what is not one process's. */
  @FunctionalInterface
  interface OfContainer {
    void look(Scene scene, Clues clues) throws IOException;
  }

  static final List<OfContainer> OF_CONTAINER =
      List.of(
          Connections::outside,
          Connections::listening,
          Connections::packets,
          Connections::runtimes,
          Files::deleted,
          Files::inMemory,
          Environments::preloadList,
          Isolation::namespaces,
          Isolation::mounts);

  private Rules() {}

  /** Those of each process; a test for secrets is taken because a variable's value is asked. */
  static List<OfProcess> ofProcess(Environments environments) {
    return List.of(
        Programs::memoryOnly,
        Programs::deleted,
        Programs::replaced,
        Programs::added,
        Programs::addedCode,
        Programs::oddPlace,
        Disguises::kernelName,
        Disguises::nameDiffers,
        Parents::shellOfServer,
        Parents::detached,
        Code::writable,
        Code::anonymous,
        Code::shared,
        Code::programHeaders,
        Code::changed,
        Code::deletedMappings,
        Connections::terminal,
        Environments::preload,
        Environments::historyOff,
        environments::secrets,
        Environments::changed,
        Privileges::all,
        Privileges::beyondSpec,
        Privileges::unusual,
        Privileges::seccomp,
        Privileges::unexpectedRoot,
        Privileges::otherIdentity,
        Files::processMemory,
        Files::systemWrite,
        Files::history,
        Files::directories,
        Parents::signals);
  }
}
