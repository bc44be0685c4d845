package drydock.checkpoint.criu;

import org.jspecify.annotations.Nullable;

/**
 * Numbers that have names: of sockets, of tasks, of file systems.
 *
 * <p>Source: the kernel's socket.h, in.h, net/tcp_states.h; CRIU 4.2,
 * compel/include/uapi/task-state.h (crit has the names of the states 3 and 6 the wrong way round),
 * images/mnt.proto.
 */
final class NumberNames {
  private NumberNames() {}

  /** What a field calls a number; null where it has no name for it. */
  static @Nullable String of(String field, long number) {
    if (number < 0 || number > Short.MAX_VALUE) {
      return null;
    }
    int value = (int) number;
    return switch (field) {
      case "task_state" -> taskState(value);
      case "family" -> family(value);
      case "type" -> type(value);
      case "state" -> state(value);
      case "proto" -> protocol(value);
      default -> null;
    };
  }

  static @Nullable String taskState(int state) {
    return switch (state) {
      case 1 -> "Alive";
      case 2 -> "Dead";
      case 3 -> "Stopped";
      case 6 -> "Zombie";
      default -> null;
    };
  }

  static @Nullable String family(int family) {
    return switch (family) {
      case 1 -> "UNIX";
      case 2 -> "INET";
      case 10 -> "INET6";
      case 16 -> "NETLINK";
      case 17 -> "PACKET";
      default -> null;
    };
  }

  static @Nullable String type(int type) {
    return switch (type) {
      case 1 -> "STREAM";
      case 2 -> "DGRAM";
      case 3 -> "RAW";
      case 5 -> "SEQPACKET";
      case 10 -> "PACKET";
      default -> null;
    };
  }

  static @Nullable String state(int state) {
    return switch (state) {
      case 1 -> "ESTABLISHED";
      case 2 -> "SYN_SENT";
      case 3 -> "SYN_RECV";
      case 4 -> "FIN_WAIT1";
      case 5 -> "FIN_WAIT2";
      case 6 -> "TIME_WAIT";
      case 7 -> "CLOSE";
      case 8 -> "CLOSE_WAIT";
      case 9 -> "LAST_ACK";
      case 10 -> "LISTEN";
      case 11 -> "CLOSING";
      default -> null;
    };
  }

  static @Nullable String protocol(int protocol) {
    return switch (protocol) {
      case 0 -> "IP";
      case 1 -> "ICMP";
      case 6 -> "TCP";
      case 17 -> "UDP";
      case 58 -> "ICMPV6";
      case 132 -> "SCTP";
      case 136 -> "UDPLITE";
      case 255 -> "RAW";
      default -> null;
    };
  }
}
