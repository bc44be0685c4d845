package drydock.checkpoint.network;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.checkpoint.criu.ImageFile;
import drydock.checkpoint.criu.ImageKind;
import drydock.checkpoint.criu.Images;
import drydock.checkpoint.criu.Messages;
import drydock.checkpoint.criu.Rendered;
import drydock.checkpoint.criu.Rendering;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.proto.criu.NdType;
import drydock.proto.criu.NetDeviceEntry;
import drydock.proto.criu.NetnsEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads what a dump has of networks. For one thread. */
public final class Networks {
  private static final int ADDRESSES = 0x47361222;
  private static final int ROUTES = 0x45311224;
  private static final int RULES = 0x71706986;
  private static final int UP = 1;
  private static final int LOOPBACK = 1 << 3;
  private static final int RUNNING = 1 << 6;
  private static final int MAX_TEXT = 16 << 20;

  private static final List<ImageKind> KINDS =
      List.of(
          ImageKind.NETNS,
          ImageKind.NETDEV,
          ImageKind.IFADDR,
          ImageKind.ROUTE,
          ImageKind.ROUTE6,
          ImageKind.RULE,
          ImageKind.NETNF_CT,
          ImageKind.NETNF_EXP,
          ImageKind.IPTABLES,
          ImageKind.IP6TABLES,
          ImageKind.NFTABLES);

  private final Images images;
  private final FindingLog log;
  private final Map<Long, byte[]> devices = new HashMap<>();
  private long namespace;

  private Networks(Images images, FindingLog log) {
    this.images = images;
    this.log = log;
  }

  /** Takes one fact after the other. */
  @FunctionalInterface
  public interface Sink {
    void take(NetworkFact fact) throws IOException;
  }

  /** Tells all, by namespace and kind; what is damaged is a finding, and the rest is told. */
  public static void tell(Images images, FindingLog log, Sink sink) throws IOException {
    SortedSet<Long> namespaces = new TreeSet<>();
    for (ImageKind each : KINDS) {
      namespaces.addAll(images.numbers(each.stem() + "-", 10));
    }
    for (long each : namespaces) {
      new Networks(images, log).tell(each, sink);
    }
  }

  private void tell(long number, Sink sink) throws IOException {
    namespace = number;
    Messages.each(
        images,
        name(ImageKind.NETNS),
        NetnsEntry.parser(),
        (entry, at) -> sink.take(namespace(entry, at.origin())));
    Messages.each(
        images,
        name(ImageKind.NETDEV),
        NetDeviceEntry.parser(),
        (device, at) -> {
          devices.put(Integer.toUnsignedLong(device.getIfindex()), device.getName().toByteArray());
          sink.take(device(device, at.origin()));
        });
    RouteMessages routes = new RouteMessages(devices);
    netlink(
        ImageKind.IFADDR, ADDRESSES, (message, origin) -> address(routes, message, origin), sink);
    netlink(ImageKind.ROUTE, ROUTES, (message, origin) -> route(routes, message, origin), sink);
    netlink(ImageKind.ROUTE6, ROUTES, (message, origin) -> route(routes, message, origin), sink);
    netlink(ImageKind.RULE, RULES, this::rule, sink);
    netlink(ImageKind.NETNF_CT, 0, this::connection, sink);
    netlink(ImageKind.NETNF_EXP, 0, this::connection, sink);
    for (ImageKind each : List.of(ImageKind.IPTABLES, ImageKind.IP6TABLES, ImageKind.NFTABLES)) {
      firewall(each, sink);
    }
  }

  private String name(ImageKind kind) {
    return kind.file(namespace);
  }

  /** Makes a fact of a message; a note of one of another type. */
  @FunctionalInterface
  private interface Decoder {
    Optional<NetworkFact> fact(NetlinkMessages.Message message, Origin origin) throws IOException;
  }

  private void netlink(ImageKind kind, int magic, Decoder decoder, Sink sink) throws IOException {
    Optional<ImageFile> image = image(kind);
    if (image.isEmpty()) {
      return;
    }
    NetlinkMessages.read(
        image.get().bytes(),
        magic,
        log,
        message -> {
          Origin origin = image.get().origin().child("message at " + message.offset());
          Optional<NetworkFact> fact = decoder.fact(message, origin);
          if (fact.isPresent()) {
            sink.take(fact.get());
          } else {
            log.add(Finding.note(origin, "a message of the type " + message.type()));
          }
        });
  }

  private Optional<ImageFile> image(ImageKind kind) {
    try {
      return images.find(name(kind));
    } catch (IOException e) {
      log.add(e, images.origin().child(name(kind)));
      return Optional.empty();
    }
  }

  private NetworkFact fact(NetworkKind kind, byte[] device, Details details, Origin origin) {
    return new NetworkFact(
        namespace, kind, new Rendered.Text(device), details.text(), details.fields(), origin);
  }

  private NetworkFact fact(NetworkKind kind, Details details, Origin origin) {
    return new NetworkFact(namespace, kind, null, details.text(), details.fields(), origin);
  }

  private NetworkFact namespace(NetnsEntry entry, Origin origin) {
    boolean isExternal = entry.hasExtKey();
    Details details =
        new Details().add("external", isExternal ? entry.getExtKey().toByteArray() : null);
    entry
        .getNsidsList()
        .forEach(
            each ->
                details.add(
                    "id_of_" + Integer.toUnsignedString(each.getTargetNsId()),
                    Long.valueOf(each.getNetnsidValue())));
    details.add("settings", Rendering.of(entry));
    if (isExternal) {
      details.say("given from outside as", entry.getExtKey().toByteArray());
    } else {
      details.say("dumped");
    }
    return fact(NetworkKind.NAMESPACE, details, origin);
  }

  private NetworkFact device(NetDeviceEntry device, Origin origin) {
    String address = HexFormat.ofDelimiter(":").formatHex(device.getAddress().toByteArray());
    String type = device.getType().name().toLowerCase(Locale.ROOT);
    String state = (device.getFlags() & UP) != 0 ? "up" : "down";
    boolean runs = (device.getFlags() & RUNNING) != 0 && (device.getFlags() & LOOPBACK) == 0;
    Long master = device.hasMaster() ? Integer.toUnsignedLong(device.getMaster()) : null;
    Long peer = device.hasPeerIfindex() ? Integer.toUnsignedLong(device.getPeerIfindex()) : null;
    Details details =
        new Details()
            .add("type", type)
            .add("index", (Long) Integer.toUnsignedLong(device.getIfindex()))
            .add("mtu", (Long) Integer.toUnsignedLong(device.getMtu()))
            .add("state", state)
            .add("mac", address.isEmpty() ? null : address)
            .add("master", master)
            .add("peer_index", peer)
            .add("details", Rendering.of(device));
    details.say(type).say("mtu", Integer.toUnsignedString(device.getMtu())).say(state);
    details.say(runs ? "running" : null).say(address.isEmpty() ? null : address);
    details.say("master", master).say("peer", device.getType() == NdType.VETH ? peer : null);
    return fact(NetworkKind.INTERFACE, device.getName().toByteArray(), details, origin);
  }

  private Optional<NetworkFact> address(
      RouteMessages routes, NetlinkMessages.Message message, Origin origin) throws IOException {
    if (message.type() != RouteMessages.NEW_ADDRESS) {
      return Optional.empty();
    }
    Details details = routes.address(message.body(), origin);
    byte[] device = routes.device(RouteMessages.index(message.body(), origin));
    return Optional.of(
        fact(NetworkKind.ADDRESS, device == null ? new byte[0] : device, details, origin));
  }

  private Optional<NetworkFact> route(
      RouteMessages routes, NetlinkMessages.Message message, Origin origin) throws IOException {
    if (message.type() != RouteMessages.NEW_ROUTE) {
      return Optional.empty();
    }
    Details details = routes.route(message.body(), origin);
    byte[] device = routes.device(routes.routeIndex(message.body(), origin));
    return Optional.of(
        device == null
            ? fact(NetworkKind.ROUTE, details, origin)
            : fact(NetworkKind.ROUTE, device, details, origin));
  }

  private Optional<NetworkFact> rule(NetlinkMessages.Message message, Origin origin)
      throws IOException {
    return message.type() != RouteMessages.NEW_RULE
        ? Optional.empty()
        : Optional.of(fact(NetworkKind.RULE, RouteMessages.rule(message.body(), origin), origin));
  }

  private Optional<NetworkFact> connection(NetlinkMessages.Message message, Origin origin)
      throws IOException {
    return switch (message.type()) {
      case ConnectionMessages.CONNECTION ->
          Optional.of(
              fact(
                  NetworkKind.CONNECTION,
                  ConnectionMessages.connection(message.body(), origin),
                  origin));
      case ConnectionMessages.EXPECTATION ->
          Optional.of(
              fact(
                  NetworkKind.EXPECTATION,
                  ConnectionMessages.expectation(message.body(), origin),
                  origin));
      default -> Optional.empty();
    };
  }

  /** A line each, without those that are empty or remarks. */
  private void firewall(ImageKind kind, Sink sink) throws IOException {
    Optional<ImageFile> image = image(kind);
    if (image.isEmpty()) {
      return;
    }
    ByteSource bytes = image.get().bytes();
    if (bytes.size() > MAX_TEXT) {
      String what = "a firewall of " + bytes.size() + " bytes: the first " + MAX_TEXT + " are read";
      log.add(Finding.damage(bytes.origin(), MAX_TEXT, what));
    }
    byte[] text = bytes.bytes(0, (int) Math.min(MAX_TEXT, bytes.size()));
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long begin = 0;
    for (int i = 0; i <= text.length; i++) {
      if (i < text.length && text[i] != '\n') {
        line.write(text[i]);
        continue;
      }
      byte[] whole = line.toByteArray();
      line.reset();
      if (whole.length > 0 && whole[0] != '#') {
        Origin origin = image.get().origin().child("line at " + begin);
        Details details =
            new Details().add("program", kind.stem()).say(kind.stem() + ":").say(whole);
        sink.take(fact(NetworkKind.FIREWALL, details, origin));
      }
      begin = i + 1L;
    }
  }
}
