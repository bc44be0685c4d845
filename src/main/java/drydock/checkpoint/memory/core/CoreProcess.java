package drydock.checkpoint.memory.core;

import java.util.List;

/**
 * What a core file tells of a process besides its memory.
 *
 * @param state a letter as {@code ps} has it
 * @param arguments separated by NULs
 * @param auxiliary types and values in turn
 * @param threads the first is the process itself
 */
public record CoreProcess(
    Machine machine,
    int pid,
    int parent,
    int group,
    int session,
    long uid,
    long gid,
    char state,
    int nice,
    byte[] name,
    byte[] arguments,
    List<Long> auxiliary,
    List<FileRange> files,
    int pageSize,
    List<CoreThread> threads) {
  public CoreProcess {
    auxiliary = List.copyOf(auxiliary);
    files = List.copyOf(files);
    threads = List.copyOf(threads);
  }

  /** The same with other arguments. */
  public CoreProcess with(byte[] others) {
    return new CoreProcess(
        machine, pid, parent, group, session, uid, gid, state, nice, name, others, auxiliary, files,
        pageSize, threads);
  }

  /** A mapped file: addresses, and the offset of the first of them in it. */
  public record FileRange(long start, long end, long offset, byte[] path) {}
}
