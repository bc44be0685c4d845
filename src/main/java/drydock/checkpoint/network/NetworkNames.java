package drydock.checkpoint.network;

import org.jspecify.annotations.Nullable;

/**
 * Names of numbers, as ip(8) and conntrack(8) show them.
 *
 * <p>Source: the kernel's rtnetlink.h, fib_rules.h, netfilter/nf_conntrack_tcp.h; iproute2's
 * etc/iproute2/rt_tables, rt_protos.
 */
final class NetworkNames {
  private NetworkNames() {}

  static String scope(int scope) {
    return switch (scope) {
      case 0 -> "global";
      case 200 -> "site";
      case 253 -> "link";
      case 254 -> "host";
      case 255 -> "nowhere";
      default -> Integer.toString(scope);
    };
  }

  static String routeType(int type) {
    return switch (type) {
      case 1 -> "unicast";
      case 2 -> "local";
      case 3 -> "broadcast";
      case 4 -> "anycast";
      case 5 -> "multicast";
      case 6 -> "blackhole";
      case 7 -> "unreachable";
      case 8 -> "prohibit";
      case 9 -> "throw";
      case 10 -> "nat";
      default -> "type-" + type;
    };
  }

  static String routeProtocol(int protocol) {
    return switch (protocol) {
      case 1 -> "redirect";
      case 2 -> "kernel";
      case 3 -> "boot";
      case 4 -> "static";
      case 9 -> "ra";
      case 16 -> "dhcp";
      case 186 -> "bgp";
      default -> Integer.toString(protocol);
    };
  }

  static @Nullable String table(@Nullable Long table) {
    if (table == null) {
      return null;
    }
    return table == 253
        ? "default"
        : table == 254 ? "main" : table == 255 ? "local" : Long.toString(table);
  }

  static String ruleAction(int action) {
    return switch (action) {
      case 1 -> "lookup";
      case 2 -> "goto";
      case 3 -> "nop";
      case 6 -> "blackhole";
      case 7 -> "unreachable";
      case 8 -> "prohibit";
      default -> "action-" + action;
    };
  }

  static String protocol(long protocol) {
    return switch ((int) protocol) {
      case 1 -> "icmp";
      case 6 -> "tcp";
      case 17 -> "udp";
      case 33 -> "dccp";
      case 47 -> "gre";
      case 58 -> "icmpv6";
      case 132 -> "sctp";
      case 136 -> "udplite";
      default -> Long.toString(protocol);
    };
  }

  static String tcpState(long state) {
    return switch ((int) state) {
      case 0 -> "NONE";
      case 1 -> "SYN_SENT";
      case 2 -> "SYN_RECV";
      case 3 -> "ESTABLISHED";
      case 4 -> "FIN_WAIT";
      case 5 -> "CLOSE_WAIT";
      case 6 -> "LAST_ACK";
      case 7 -> "TIME_WAIT";
      case 8 -> "CLOSE";
      case 9 -> "SYN_SENT2";
      default -> Long.toString(state);
    };
  }
}
