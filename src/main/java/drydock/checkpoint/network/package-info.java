/**
 * The network of a frozen container, where CRIU dumped it: interfaces, addresses, routes, rules,
 * connections that the firewall keeps track of, and the firewall itself.
 *
 * <pre>
 * netdev-N.img, netns-N.img      messages of CRIU          N: the number of the namespace
 * ifaddr-N.img                   0x47361222 message*       what "ip addr save" wrote
 * route-N.img, route6-N.img      0x45311224 message*       "ip route save", "ip -6 route save"
 * rule-N.img                     0x71706986 message*       "ip rule save"
 * netns-ct-N, netns-exp-N        message*                  connections, expected ones (ctnetlink)
 * iptables-, ip6tables-, nftables-N.img   text             as iptables-save, nft list ruleset
 *
 * message   := length (32 bits) type flags (16 bits) sequence port (32 bits) body, to 4 bytes
 * body      := head, by type      attribute*
 * attribute := length type (16 bits) value, to 4 bytes; values of ctnetlink in network order
 * </pre>
 *
 * <p>Engines give a container a network from outside as a rule: then only {@code netns-N} is there
 * and says so. While it dumps, CRIU keeps packets out by rules of its own (a chain {@code CRIU});
 * they are in the images, too.
 *
 * <p>Not read: traffic control, neighbours, multicast routes (nobody dumps them), encapsulations.
 *
 * <p>Source: CRIU 4.2 criu/net.c; iproute2 ip/ipaddress.c, ip/iproute.c, ip/iprule.c (magic
 * numbers); the kernel's include/uapi/linux: netlink.h, rtnetlink.h, if_addr.h, fib_rules.h,
 * netfilter/nfnetlink_conntrack.h, netfilter/nf_conntrack_tcp.h.
 */
@NullMarked
package drydock.checkpoint.network;

import org.jspecify.annotations.NullMarked;
