package drydock.checkpoint.triage;

import drydock.checkpoint.criu.PendingSignal;
import drydock.checkpoint.criu.Process;
import drydock.checkpoint.criu.ProcessState;
import drydock.checkpoint.criu.Signals;
import drydock.checkpoint.criu.TaskThread;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rules about who started a process, and who sends it signals. */
final class Parents {
  private static final Pattern SERVER =
      Pattern.compile(
          "nginx|apache2?|httpd|lighttpd|caddy|php-fpm.*|php-cgi.*|tomcat.*|catalina|gunicorn|uwsgi"
              + "|node|nodejs|java|mysqld|mariadbd|postgres|redis-server|mongod|haproxy|traefik"
              + "|envoy|smbd|vsftpd|proftpd|exim4?|named");

  private static final Pattern TOOL =
      Pattern.compile(
          "sh|bash|dash|ash|zsh|ksh|fish|nc|ncat|netcat|nc\\.openbsd|nc\\.traditional|socat|curl"
              + "|wget|telnet|xmrig|nmap|masscan|chisel|busybox"
              + "|(python|perl|ruby|lua)[\\d.]*");

  /** Whose work it is to be the parent of what others leave behind. */
  private static final Pattern INIT =
      Pattern.compile(
          "tini(-static)?|dumb-init|docker-init|catatonit|s6-svscan|systemd|init|runsvdir"
              + "|supervisord.*|busybox|pause|conmon|openrc.*");

  private Parents() {}

  static void shellOfServer(Subject subject, Scene scene, Clues clues) {
    Process process = subject.process();
    Long parentPid = process.parentPid();
    Process parent = parentPid == null ? null : scene.process(parentPid);
    if (!subject.isAlive() || parent == null || parent == process) {
      return;
    }
    String parentProgram = Subject.base(scene.program(parent.pid()));
    String parentCommand = Subject.text(parent.command());
    boolean isServer =
        SERVER.matcher(parentProgram).matches() || SERVER.matcher(parentCommand).matches();
    String program = Subject.base(subject.programPath());
    if (isServer && TOOL.matcher(program).matches()) {
      String what =
          subject.programPath()
              + " under "
              + parent.pid()
              + " '"
              + parentCommand
              + "', "
              + scene.program(parent.pid());
      clues.add(ClueKind.SHELL_OF_SERVER, process, what, process.origin());
    }
  }

  static void detached(Subject subject, Scene scene, Clues clues) {
    Process process = subject.process();
    Process first = scene.first();
    Long session = process.session();
    if (first == null || process == first || !subject.isAlive() || session == null) {
      return;
    }
    if (process.isChildOf(0)) {
      clues.add(ClueKind.DETACHED, process, "its parent is outside", process.origin());
      return;
    }
    boolean isReaper = INIT.matcher(Subject.base(scene.program(first.pid()))).matches();
    boolean left = process.isChildOf(first.pid()) && !session.equals(first.session());
    if (left && !isReaper) {
      boolean leads = session == process.pid();
      boolean isGone = !leads && scene.process(session) == null;
      String role =
          leads
              ? "leads a session of its own"
              : "is of session " + session + (isGone ? ", whose leader is gone" : "");
      String what = role + " under the first process";
      clues.add(ClueKind.DETACHED, process, what, process.origin());
    }
  }

  static void signals(Subject subject, Scene scene, Clues clues) {
    Process process = subject.process();
    List<PendingSignal> pending = new ArrayList<>(process.task().signals());
    for (TaskThread each : process.threads()) {
      pending.addAll(each.pending());
    }
    for (PendingSignal each : pending) {
      String from = each.senderPid() == null ? "" : " from process " + each.senderPid();
      String what = Signals.name(each.signal()) + from;
      clues.add(ClueKind.PENDING_SIGNAL, process, what, process.origin());
    }
    if (process.state() == ProcessState.STOPPED) {
      clues.add(ClueKind.STOPPED, process, subject.programPath(), process.origin());
    }
  }
}
