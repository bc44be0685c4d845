package drydock.checkpoint.network;

import drydock.bytes.CorruptDataException;
import drydock.bytes.LittleEndian;
import drydock.bytes.Origin;
import drydock.checkpoint.criu.IpAddress;
import drydock.checkpoint.criu.Rendered;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Messages of rtnetlink as facts: addresses, routes, rules. Pure. */
final class RouteMessages {
  static final int NEW_ADDRESS = 20;
  static final int NEW_ROUTE = 24;
  static final int NEW_RULE = 32;

  private static final int ADDRESS_HEAD = 8;
  private static final int ROUTE_HEAD = 12;
  private static final int INET6 = 10;

  private final Map<Long, byte[]> devices;

  /** {@code devices} are the names of interfaces by their numbers. */
  RouteMessages(Map<Long, byte[]> devices) {
    this.devices = devices;
  }

  byte @Nullable [] device(@Nullable Long index) {
    return index == null
        ? null
        : devices.getOrDefault(index, ("if" + index).getBytes(StandardCharsets.US_ASCII));
  }

  private static void need(byte[] body, int size, Origin origin) throws CorruptDataException {
    if (body.length < size) {
      throw new CorruptDataException(origin, 0, "a message without its head");
    }
  }

  /** The interface of an address. */
  static long index(byte[] body, Origin origin) throws CorruptDataException {
    need(body, ADDRESS_HEAD, origin);
    return LittleEndian.u32(body, 4);
  }

  Details address(byte[] body, Origin origin) throws CorruptDataException {
    need(body, ADDRESS_HEAD, origin);
    Attributes all = Attributes.of(body, ADDRESS_HEAD);
    byte[] local = all.has(2) ? all.bytes(2) : all.bytes(1);
    byte[] peer = Arrays.equals(local, all.bytes(1)) ? null : all.bytes(1);
    long length = body[1] & 0xff;
    Long flags = all.has(8) ? all.u32(8) : Long.valueOf(body[2] & 0xff);
    String scope = NetworkNames.scope(body[3] & 0xff);
    Details details =
        new Details()
            .add("family", body[0] == INET6 ? "inet6" : "inet")
            .address("address", local)
            .add("prefix_length", length)
            .address("peer", peer)
            .address("broadcast", all.bytes(4))
            .address("anycast", all.bytes(5))
            .address("multicast", all.bytes(7))
            .add("scope", scope)
            .add("label", all.text(3))
            .add("flags", flags == null ? null : "0x" + Long.toHexString(flags))
            .add("interface", (Long) LittleEndian.u32(body, 4))
            .add("protocol", all.has(11) ? Long.valueOf(first(all.bytes(11))) : null)
            .unknown(all.others(List.of(1, 2, 3, 4, 5, 6, 7, 8, 11)));
    byte[] times = all.bytes(6);
    if (times != null && times.length >= 16) {
      details.add("preferred_seconds", lifetime(times, 0)).add("valid_seconds", lifetime(times, 4));
    }
    details.say(local == null ? "?" : IpAddress.text(local) + "/" + length);
    details.say("peer", peer == null ? null : IpAddress.text(peer));
    details.say("brd", all.bytes(4) == null ? null : IpAddress.text(all.bytes(4)));
    return details.say("scope", scope);
  }

  /** All bits set is for ever. */
  private static @Nullable Long lifetime(byte[] raw, int at) {
    long seconds = LittleEndian.u32(raw, at);
    return seconds == 0xffff_ffffL ? null : seconds;
  }

  private static int first(byte @Nullable [] raw) {
    return raw == null || raw.length == 0 ? 0 : raw[0] & 0xff;
  }

  /** The interface of a route or of its first hop; null when it has none. */
  @Nullable Long routeIndex(byte[] body, Origin origin) throws CorruptDataException {
    need(body, ROUTE_HEAD, origin);
    return Attributes.of(body, ROUTE_HEAD).u32(4);
  }

  Details route(byte[] body, Origin origin) throws CorruptDataException {
    need(body, ROUTE_HEAD, origin);
    Attributes all = Attributes.of(body, ROUTE_HEAD);
    Long table = all.has(15) ? all.u32(15) : Long.valueOf(body[4] & 0xff);
    String type = NetworkNames.routeType(body[7] & 0xff);
    String destination = prefix(all.bytes(1), body[1] & 0xff);
    String source = prefix(all.bytes(2), body[2] & 0xff);
    String scope = NetworkNames.scope(body[6] & 0xff);
    String protocol = NetworkNames.routeProtocol(body[5] & 0xff);
    byte[] gateway = gateway(all);
    Details details =
        new Details()
            .add("family", body[0] == INET6 ? "inet6" : "inet")
            .add("type", type)
            .add("destination", destination)
            .add("source", all.has(2) ? source : null)
            .address("gateway", gateway)
            .add("interface", all.u32(4))
            .address("preferred_source", all.bytes(7))
            .add("metric", all.u32(6))
            .add("table", NetworkNames.table(table))
            .add("scope", scope)
            .add("protocol", protocol)
            .add("flags", "0x" + Long.toHexString(LittleEndian.u32(body, 8)));
    List<Rendered> hops = hops(all.bytes(9));
    if (!hops.isEmpty()) {
      details.add("hops", new Rendered.Many(hops));
    }
    details.unknown(all.others(List.of(1, 2, 4, 5, 6, 7, 9, 15, 18)));
    details.say("unicast".equals(type) ? destination : type + " " + destination);
    details.say("from", all.has(2) ? source : null);
    details.say("via", gateway == null ? null : IpAddress.text(gateway));
    details.say("dev", device(all.u32(4)));
    details.say(hops.isEmpty() ? null : hops.size() + " hops");
    details.say("proto", protocol).say("scope", scope);
    details.say("src", all.bytes(7) == null ? null : IpAddress.text(all.bytes(7)));
    boolean isMain = table != null && table == 254;
    return details
        .say("metric", all.u32(6))
        .say("table", isMain ? null : NetworkNames.table(table));
  }

  private static byte @Nullable [] gateway(Attributes all) {
    byte[] via = all.bytes(18);
    return all.has(5) || via == null || via.length < 2
        ? all.bytes(5)
        : Arrays.copyOfRange(via, 2, via.length);
  }

  private static String prefix(byte @Nullable [] address, int length) {
    if (address == null) {
      return "default";
    }
    String text = IpAddress.text(address);
    return length == address.length * Byte.SIZE ? text : text + "/" + length;
  }

  /** The ways of a route that has several. */
  private List<Rendered> hops(byte @Nullable [] raw) {
    List<Rendered> hops = new ArrayList<>();
    int at = 0;
    while (raw != null && raw.length - at >= 8) {
      int length = LittleEndian.u16(raw, at);
      if (length < 8 || length > raw.length - at) {
        break;
      }
      Attributes all = Attributes.of(Arrays.copyOfRange(raw, at, at + length), 8);
      Long index = LittleEndian.u32(raw, at + 4);
      hops.add(
          new Details()
              .address("gateway", gateway(all))
              .add("interface", index)
              .add("device", device(index))
              .add("weight", Long.valueOf((raw[at + 3] & 0xff) + 1))
              .fields());
      at += length + 3 & ~3;
    }
    return hops;
  }

  static Details rule(byte[] body, Origin origin) throws CorruptDataException {
    need(body, ROUTE_HEAD, origin);
    Attributes all = Attributes.of(body, ROUTE_HEAD);
    Long table = all.has(15) ? all.u32(15) : Long.valueOf(body[4] & 0xff);
    long priority = all.has(6) ? Objects.requireNonNullElse(all.u32(6), 0L) : 0;
    String from = all.has(2) ? prefix(all.bytes(2), body[2] & 0xff) : "all";
    String to = all.has(1) ? prefix(all.bytes(1), body[1] & 0xff) : null;
    String action = NetworkNames.ruleAction(body[7] & 0xff);
    boolean looksUp = "lookup".equals(action);
    Details details =
        new Details()
            .add("family", body[0] == INET6 ? "inet6" : "inet")
            .add("priority", (Long) priority)
            .add("source", from)
            .add("destination", to)
            .add("incoming", all.text(3))
            .add("outgoing", all.text(17))
            .add("mark", all.u32(10))
            .add("mark_mask", all.u32(16))
            .add("action", action)
            .add("table", looksUp ? NetworkNames.table(table) : null)
            .add("goto", all.u32(4))
            .add("flags", "0x" + Long.toHexString(LittleEndian.u32(body, 8)))
            .unknown(all.others(List.of(1, 2, 3, 4, 6, 10, 14, 15, 16, 17, 21)));
    details.say(priority + ":").say("from", from).say("to", to);
    details.say("iif", all.text(3)).say("oif", all.text(17));
    details.say("fwmark", all.u32(10) == null ? null : "0x" + Long.toHexString(all.u32(10)));
    return details.say(looksUp ? "lookup " + NetworkNames.table(table) : action);
  }
}
