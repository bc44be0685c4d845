package drydock.checkpoint.triage;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules about what a process calls itself: its command, and the title over its arguments. */
final class Disguises {
  private static final int COMMAND_BYTES = 15;
  private static final int MAX_TITLE = 256;

  /** How the kernel names its threads; source: ps of Linux 6.1 and 6.18, and kernel/workqueue.c. */
  private static final Pattern KERNEL =
      Pattern.compile(
          "(kworker|ksoftirqd|migration|cpuhp|idle_inject|watchdog|rcuop|rcuog|irq|scsi_eh"
              + "|jbd2|xfs[-_a-z]*|nvme[-a-z]*)[/:-].*"
              + "|kthreadd?|kdevtmpfs.*|kauditd|khungtaskd|khugepaged|ksmd|kswapd\\d*|kcompactd\\d*"
              + "|kblockd|kintegrityd|kthrotld|oom_reaper|writeback|rcu_[a-z_]*|ecryptfs-.*"
              + "|bioset|netns|mm_percpu_wq|ksmbd.*|kstrp|md|ata_sff");

  /** Programs that run others' files: their processes have the names of those. */
  private static final Pattern MANY_NAMED =
      Pattern.compile(
          "(sh|bash|dash|ash|zsh|ksh|mksh|fish"
              + "|java|node|nodejs|deno|bun|mono|dotnet|tclsh|gawk|mawk"
              + "|(python|pypy|perl|ruby|php|php-fpm|php-cgi|lua|luajit|guile|R)[-\\d.]*)");

  /** Programs that are many in one: their processes have the names of those. */
  private static final Pattern MANY_IN_ONE =
      Pattern.compile("busybox|toybox|coreutils|systemd|env|runc|crun");

  /** What is expected where it runs, and so what others take the names of. */
  private static final Pattern EXPECTED =
      Pattern.compile(
          "nginx|apache2?|httpd|lighttpd|caddy|php-fpm.*|mysqld|mariadbd|postgres|redis-server"
              + "|mongod|haproxy|envoy|java|node|sshd|crond?|anacron|atd|rsyslogd|syslogd|dbus-daemon"
              + "|systemd.*|init|tini|dumb-init|pause|conmon|dockerd|containerd.*|runc.*|crun"
              + "|kubelet|kube-.*|coredns|etcd|udevd|agetty|getty|login|sudo|su|supervisord"
              + "|(ba|da|a|z|k|fi)?sh|python[\\d.]*|perl");

  private static final Set<Character> ENDS = Set.of(' ', ':', '\t', '\n');

  private Disguises() {}

  static void kernelName(Subject subject, Scene scene, Clues clues) {
    if (!subject.isAlive()) {
      return;
    }
    String title = title(subject);
    boolean isBracketed = title.startsWith("[") && title.endsWith("]");
    if (isBracketed || KERNEL.matcher(subject.command()).matches()) {
      clues.add(
          ClueKind.KERNEL_NAME, subject.process(), names(subject), subject.process().origin());
    }
  }

  static void nameDiffers(Subject subject, Scene scene, Clues clues) {
    String program = Subject.base(subject.programPath());
    boolean isNamed = !program.isEmpty() && !subject.programPath().startsWith("/memfd:");
    if (!subject.isAlive() || !isNamed || MANY_IN_ONE.matcher(program).matches()) {
      return;
    }
    boolean isDisguised =
        MANY_NAMED.matcher(program).matches()
            ? isDisguisedInterpreter(subject, program)
            : isDisguisedProgram(subject, program);
    if (isDisguised) {
      clues.add(
          ClueKind.NAME_DIFFERS, subject.process(), names(subject), subject.process().origin());
    }
  }

  private static boolean isDisguisedProgram(Subject subject, String program) {
    String word = firstWord(title(subject));
    // many name their threads, of which the first one's name is the process's
    boolean command =
        !EXPECTED.matcher(subject.command()).matches() || isNameOf(subject.command(), program);
    boolean own = word.isEmpty() || isNameOf(word, program);
    // what was run by another name, a link's, has that name in both
    boolean isLink = word.equals(subject.command()) && isAsStarted(title(subject), word);
    return !isLink && !(command && own);
  }

  /** What runs others' files has their names, and titles of their choice. */
  private static boolean isDisguisedInterpreter(Subject subject, String program) {
    boolean isScript = isFileOf(subject.command(), subject.arguments());
    return isOfOther(firstWord(title(subject)), program)
        || (!isScript && isOfOther(subject.command(), program));
  }

  /** Whether it is the name of a program that is expected somewhere, and runs no others' files. */
  private static boolean isOfOther(String name, String program) {
    return EXPECTED.matcher(name).matches()
        && !MANY_NAMED.matcher(name).matches()
        && !isNameOf(name, program);
  }

  /** Whether the kernel named it for the script that it runs. */
  private static boolean isFileOf(String command, List<String> arguments) {
    return arguments.stream()
        .skip(1)
        .map(Subject::base)
        .anyMatch(
            each ->
                each.equals(command)
                    || (command.length() == COMMAND_BYTES && each.startsWith(command)));
  }

  /** Whether its first argument is but a path to a program of that name. */
  private static boolean isAsStarted(String title, String word) {
    return title.startsWith("/") && Subject.base(title).equals(word);
  }

  /** The kernel cuts commands; versions are left out of names: {@code python3} of python3.11. */
  private static boolean isNameOf(String name, String program) {
    return program.startsWith(name)
        || (name.length() >= COMMAND_BYTES && program.startsWith(name.substring(0, COMMAND_BYTES)))
        || (name.startsWith(program) && !Character.isLetterOrDigit(name.charAt(program.length())));
  }

  private static String title(Subject subject) {
    List<String> arguments = subject.arguments();
    return arguments.isEmpty() ? "" : arguments.get(0);
  }

  /** The name that a title begins with: {@code nginx} of "nginx: worker process", as of -sh sh. */
  private static String firstWord(String title) {
    int end = 0;
    while (end < title.length() && !ENDS.contains(title.charAt(end))) {
      end++;
    }
    String word = Subject.base(title.substring(0, end));
    return word.startsWith("-") ? word.substring(1) : word;
  }

  private static String names(Subject subject) {
    String title = title(subject);
    String shown = title.length() > MAX_TITLE ? title.substring(0, MAX_TITLE) + "..." : title;
    return "'"
        + subject.command()
        + "', titled '"
        + shown
        + "', is "
        + (subject.programPath().isEmpty() ? "an unknown program" : subject.programPath());
  }
}
