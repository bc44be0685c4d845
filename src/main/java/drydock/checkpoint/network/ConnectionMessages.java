package drydock.checkpoint.network;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.checkpoint.criu.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages of ctnetlink as facts: connections that passed, and that are expected. Pure. */
final class ConnectionMessages {
  /** Subsystems in the upper byte of a type; messages of what is new have 0 in the lower one. */
  static final int CONNECTION = 1 << 8;

  static final int EXPECTATION = 2 << 8;

  private static final int HEAD = 4;
  private static final long NANOSECONDS = 1_000_000_000L;

  private ConnectionMessages() {}

  static Details connection(byte[] body, Origin origin) throws CorruptDataException {
    Attributes all = attributes(body, origin);
    Details sent = tuple(all.nested(1), all.nested(9));
    Details answered = tuple(all.nested(2), all.nested(10));
    Long protocol = all.nested(1).nested(2).big(1);
    Long state = all.nested(4).nested(1).big(1);
    String name = protocol == null ? "?" : NetworkNames.protocol(protocol);
    Details details =
        new Details()
            .add("protocol", name)
            .add("state", state == null ? null : NetworkNames.tcpState(state))
            .add("original", sent.fields())
            .add("reply", answered.fields())
            .add("status", all.big(3) == null ? null : "0x" + Long.toHexString(all.big(3)))
            .add("timeout_seconds", all.big(7))
            .add("mark", all.big(8))
            .add("id", all.big(12))
            .add("helper", all.nested(5).text(1))
            .add("zone", all.big(18))
            .add("started", time(all.nested(20).big(1)))
            .unknown(all.others(List.of(1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 18, 20)));
    details.say(name).say(state == null ? null : NetworkNames.tcpState(state));
    return details.say(text(sent)).say("reply", text(answered));
  }

  static Details expectation(byte[] body, Origin origin) throws CorruptDataException {
    Attributes all = attributes(body, origin);
    Details expected = tuple(all.nested(2), all.nested(0));
    Details master = tuple(all.nested(1), all.nested(0));
    Long protocol = all.nested(2).nested(2).big(1);
    String name = protocol == null ? "?" : NetworkNames.protocol(protocol);
    Details details =
        new Details()
            .add("protocol", name)
            .add("expected", expected.fields())
            .add("master", master.fields())
            .add("timeout_seconds", all.big(4))
            .add("helper", all.text(6))
            .unknown(all.others(List.of(1, 2, 3, 4, 5, 6)));
    return details.say(name).say(text(expected)).say("of", text(master));
  }

  private static Attributes attributes(byte[] body, Origin origin) throws CorruptDataException {
    if (body.length < HEAD) {
      throw new CorruptDataException(origin, 0, "a message without its head");
    }
    return Attributes.of(body, HEAD);
  }

  private static @Nullable String text(Details details) {
    String text = Details.latin(details.text().bytes());
    return text.isEmpty() ? null : text;
  }

  private static @Nullable String time(@Nullable Long nanoseconds) {
    return nanoseconds == null || nanoseconds <= 0
        ? null
        : java.time.Instant.ofEpochSecond(nanoseconds / NANOSECONDS, nanoseconds % NANOSECONDS)
            .toString();
  }

  /** Both ends in one direction, with what was counted on the way. */
  private static Details tuple(Attributes tuple, Attributes counters) {
    Attributes addresses = tuple.nested(1);
    Attributes ports = tuple.nested(2);
    byte[] source = addresses.has(1) ? addresses.bytes(1) : addresses.bytes(3);
    byte[] destination = addresses.has(2) ? addresses.bytes(2) : addresses.bytes(4);
    Details details =
        new Details()
            .address("source", source)
            .add("source_port", ports.big(2))
            .address("destination", destination)
            .add("destination_port", ports.big(3))
            .add("packets", counters.big(1))
            .add("bytes", counters.big(2));
    if (source != null && destination != null) {
      details.say(end(source, ports.big(2)), "->", end(destination, ports.big(3)));
    }
    return details.say(counters.big(2), "bytes");
  }

  private static String end(byte[] address, @Nullable Long port) {
    String text = IpAddress.text(address);
    return port == null ? text : address.length == 4 ? text + ":" + port : "[" + text + "]:" + port;
  }
}
