package drydock.checkpoint.triage;

import static drydock.checkpoint.triage.Severity.HIGH;
import static drydock.checkpoint.triage.Severity.LOW;
import static drydock.checkpoint.triage.Severity.MEDIUM;

import java.util.Locale;

/** What a rule looks for, how much that is worth as a rule, and why. */
public enum ClueKind {
  MEMORY_PROGRAM(HIGH, "The program was never a file: it runs out of memory alone."),
  DELETED_PROGRAM(HIGH, "The file of the program was deleted while it runs."),
  REPLACED_PROGRAM(HIGH, "Another file lies where the program that runs was."),
  ADDED_PROGRAM(HIGH, "The program is not the image's: the container wrote it."),
  ADDED_CODE(HIGH, "Code that is run is not the image's: the container wrote its file."),
  ODD_PLACE(HIGH, "Programs do not lie in hidden directories, or where anyone may write."),
  KERNEL_NAME(HIGH, "It calls itself what threads of the kernel are called, and is none."),
  NAME_DIFFERS(MEDIUM, "What it calls itself is not its program's name."),
  SHELL_OF_SERVER(HIGH, "Servers do not run shells or tools when they do their work."),
  DETACHED(LOW, "It left its parent's session, or came into the container by an exec."),
  WRITABLE_EXECUTABLE(HIGH, "Memory that can be written and run takes any code."),
  ANONYMOUS_EXECUTABLE(MEDIUM, "Code in memory that is of no file was made or loaded there."),
  SHARED_EXECUTABLE(HIGH, "Code is run out of shared memory or a file in memory."),
  PROGRAM_IN_MEMORY(MEDIUM, "A program's file header begins memory that is of no file."),
  CHANGED_CODE(MEDIUM, "Pages of a file's code were written to after they were loaded."),
  DELETED_MAPPING(MEDIUM, "Its memory is of a file that was deleted."),
  NETWORK_TERMINAL(HIGH, "Its input or output is a connection: so do remote shells."),
  OUTSIDE_CONNECTION(MEDIUM, "It talks to another machine."),
  LISTENING(LOW, "Others can send to it."),
  PACKET_SOCKET(HIGH, "It sees or makes packets itself, past the kernel's protocols."),
  RUNTIME_SOCKET(HIGH, "Who talks to the engine of containers is master of the node."),
  PRELOAD(HIGH, "It was told to load a library before all others."),
  HISTORY_OFF(MEDIUM, "Shells were told to keep no history."),
  SECRET(LOW, "The variable looks like a secret, which is no secret any more."),
  ENVIRONMENT_CHANGED(LOW, "Its environment is not the one that the container started with."),
  PRIVILEGED(HIGH, "It may do all that the node's root may."),
  BEYOND_SPEC(HIGH, "It has a right that the container was not given."),
  UNUSUAL_CAPABILITY(MEDIUM, "It has a right that engines do not give unless asked."),
  NO_SECCOMP(HIGH, "Its system calls are not filtered, as those of the container should be."),
  UNEXPECTED_ROOT(HIGH, "It is root, and the container was started as somebody else."),
  OTHER_IDENTITY(MEDIUM, "It acts as another user or group than it is."),
  PROCESS_MEMORY(HIGH, "It has the memory of a process open, to read it or to write to it."),
  SYSTEM_WRITE(MEDIUM, "It has a file open for writing where the system's own are."),
  DELETED_FILE(MEDIUM, "A file was deleted while it is open."),
  MEMORY_FILE(MEDIUM, "It has a file open that is in memory only."),
  HISTORY_FILE(LOW, "The history of a shell or client is open."),
  ODD_DIRECTORY(LOW, "It works in a hidden directory, or where anyone may write."),
  OTHER_ROOT(LOW, "Its root is not the container's."),
  PENDING_SIGNAL(LOW, "A signal was sent to it that it had not taken."),
  STOPPED(LOW, "It was stopped when it was frozen."),
  HOST_NAMESPACE(MEDIUM, "It is not kept apart from the node in this."),
  HOST_MOUNT(MEDIUM, "A directory or file of the node is in the container.");

  private final Severity severity;
  private final String reason;

  ClueKind(Severity severity, String reason) {
    this.severity = severity;
    this.reason = reason;
  }

  /** What most of its kind are worth. */
  public Severity severity() {
    return severity;
  }

  /** Why it is worth a look, in a sentence. */
  public String reason() {
    return reason;
  }

  /** As records name it: {@code deleted-program}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
