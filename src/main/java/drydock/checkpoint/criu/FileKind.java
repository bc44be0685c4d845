package drydock.checkpoint.criu;

import drydock.proto.criu.FdTypes;

/** What an open file is: the kinds of CRIU's images/fdinfo.proto. */
public enum FileKind {
  /** A file, directory or device of a file system: {@link OpenFile#type()} tells them apart. */
  REGULAR("regular"),
  PIPE("pipe"),
  FIFO("fifo"),
  INET_SOCKET("socket"),
  UNIX_SOCKET("socket"),
  PACKET_SOCKET("socket"),
  NETLINK_SOCKET("socket"),
  EVENTFD("eventfd"),
  EVENTPOLL("eventpoll"),
  INOTIFY("inotify"),
  FANOTIFY("fanotify"),
  SIGNALFD("signalfd"),
  TIMERFD("timerfd"),
  MEMFD("memfd"),
  TERMINAL("terminal"),
  NAMESPACE("namespace"),
  TUNNEL("tun"),
  BPF_MAP("bpf-map"),
  PIDFD("pidfd"),
  /** One that only a plugin of CRIU knows. */
  EXTERNAL("external"),
  UNKNOWN("unknown");

  private final String label;

  FileKind(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  public boolean isSocket() {
    return label.equals("socket");
  }

  static FileKind of(FdTypes type) {
    return switch (type) {
      case REG -> REGULAR;
      case PIPE -> PIPE;
      case FIFO -> FIFO;
      case INETSK -> INET_SOCKET;
      case UNIXSK -> UNIX_SOCKET;
      case PACKETSK -> PACKET_SOCKET;
      case NETLINKSK -> NETLINK_SOCKET;
      case EVENTFD -> EVENTFD;
      case EVENTPOLL -> EVENTPOLL;
      case INOTIFY -> INOTIFY;
      case FANOTIFY -> FANOTIFY;
      case SIGNALFD -> SIGNALFD;
      case TIMERFD -> TIMERFD;
      case MEMFD -> MEMFD;
      case TTY, CTL_TTY -> TERMINAL;
      case NS -> NAMESPACE;
      case TUNF -> TUNNEL;
      case BPFMAP -> BPF_MAP;
      case PIDFD -> PIDFD;
      case EXT -> EXTERNAL;
      case UND, AUTOFS_PIPE -> UNKNOWN;
    };
  }
}
