package drydock.checkpoint.criu;

import com.google.protobuf.ByteString;
import drydock.bytes.ByteSource;
import drydock.fs.Name;
import drydock.proto.criu.InetSkEntry;
import drydock.proto.criu.NetlinkSkEntry;
import drydock.proto.criu.PacketSockEntry;
import drydock.proto.criu.SkShutdown;
import drydock.proto.criu.UnixSkEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes sockets of open files, and finds out who is at the other end.
 *
 * <p>Source: CRIU 4.2, criu/sk-inet.c, sk-unix.c, sk-netlink.c, sk-packet.c, sk-queue.c.
 */
final class Sockets {
  private static final int INET6 = 10;
  private static final int TCP = 6;
  private static final String ESTABLISHED = "ESTABLISHED";

  private final Images images;
  private final InFlight inFlight;
  private final Map<String, Long> ends = new HashMap<>();
  private final Map<String, Long> bound = new HashMap<>();
  private final Map<Long, SocketEntry> byInode = new HashMap<>();

  private Sockets(Images images, InFlight inFlight) {
    this.images = images;
    this.inFlight = inFlight;
  }

  /** An open file and what its image says of the socket. */
  record SocketEntry(
      OpenFile file,
      @Nullable InetSkEntry inet,
      @Nullable UnixSkEntry unix,
      @Nullable NetlinkSkEntry netlink,
      @Nullable PacketSockEntry packet) {}

  static List<Socket> of(Images images, InFlight inFlight, List<SocketEntry> entries)
      throws IOException {
    Sockets reader = new Sockets(images, inFlight);
    entries.forEach(reader::index);
    List<Socket> sockets = new ArrayList<>();
    for (SocketEntry each : entries) {
      sockets.add(reader.socket(each));
    }
    return List.copyOf(sockets);
  }

  private void index(SocketEntry entry) {
    InetSkEntry inet = entry.inet();
    if (inet != null) {
      InetEndpoint local = InetEndpoint.of(inet.getSrcAddrList(), inet.getSrcPort());
      InetEndpoint remote = InetEndpoint.of(inet.getDstAddrList(), inet.getDstPort());
      if (local != null && remote != null && !remote.isAny()) {
        ends.put(connection(inet, local, remote), entry.file().id());
      } else if (local != null && local.port() != 0) {
        bound.putIfAbsent(place(inet, local.key()), entry.file().id());
      }
    }
    Long inode = entry.file().inode();
    if (entry.unix() != null && inode != null) {
      byInode.put(inode, entry);
    }
  }

  private static String connection(InetSkEntry socket, InetEndpoint from, InetEndpoint to) {
    return socket.getNsId() + " " + socket.getProto() + " " + from.key() + " " + to.key();
  }

  private static String place(InetSkEntry socket, String address) {
    return socket.getNsId() + " " + socket.getProto() + " " + address;
  }

  /** The other end itself; else the socket that listens there, or takes from anyone. */
  private @Nullable Long peer(InetSkEntry socket, InetEndpoint local, InetEndpoint remote) {
    Long exact = ends.get(connection(socket, remote, local));
    if (exact == null) {
      exact = bound.get(place(socket, remote.key()));
    }
    for (String any : List.of("0.0.0.0 ", ":: ")) {
      exact = exact == null ? bound.get(place(socket, any + remote.port())) : exact;
    }
    return exact;
  }

  private Socket socket(SocketEntry entry) throws IOException {
    if (entry.inet() != null) {
      return inet(entry.file(), entry.inet());
    } else if (entry.unix() != null) {
      return unix(entry.file(), entry.unix());
    } else if (entry.netlink() != null) {
      return netlink(entry.file(), entry.netlink());
    }
    return packet(entry.file(), entry.packet());
  }

  private Socket inet(OpenFile file, InetSkEntry inet) throws IOException {
    InetEndpoint local = InetEndpoint.of(inet.getSrcAddrList(), inet.getSrcPort());
    InetEndpoint remote = InetEndpoint.of(inet.getDstAddrList(), inet.getDstPort());
    InetEndpoint other = remote == null || remote.isAny() ? null : remote;
    boolean isTcp = inet.getProto() == TCP;
    String state = NumberNames.state(inet.getState());
    TcpStream stream = other == null || !isTcp ? null : stream(file, ESTABLISHED.equals(state));
    Long peer = other == null || local == null ? null : peer(inet, local, other);
    return new Socket(
        file.id(),
        file.kind(),
        file.inode(),
        protocol(inet),
        isTcp || !"CLOSE".equals(state) ? state : "UNCONNECTED",
        local == null ? null : text(local.text()),
        other == null ? null : text(other.text()),
        peer,
        null,
        stream == null ? packets(file.id()) : List.of(stream.received()),
        List.of(),
        stream == null ? List.of() : List.of(stream.sent()),
        stream,
        isTcp ? Integer.toUnsignedLong(inet.getBacklog()) : null,
        shutdown(inet.hasShutdown() ? inet.getShutdown() : null),
        inet.hasNsId() ? Integer.toUnsignedLong(inet.getNsId()) : null,
        file.details(),
        file.origin());
  }

  private @Nullable TcpStream stream(OpenFile file, boolean wanted) throws IOException {
    Long inode = file.inode();
    return inode == null ? null : InFlight.tcp(images, inode, wanted).orElse(null);
  }

  private static String protocol(InetSkEntry inet) {
    String name = NumberNames.protocol(inet.getProto());
    String base = name == null ? "ip-" + inet.getProto() : name.toLowerCase(Locale.ROOT);
    boolean saysSo = base.endsWith("6");
    return inet.getFamily() == INET6 && !saysSo ? base + "6" : base;
  }

  private Socket unix(OpenFile file, UnixSkEntry unix) {
    SocketEntry other = unix.getPeer() == 0 ? null : byInode.get(peerInode(unix));
    UnixSkEntry otherUnix = other == null ? null : other.unix();
    boolean mutual = otherUnix != null && otherUnix.getPeer() == unix.getIno();
    Long peer = other == null ? null : other.file().id();
    String type = NumberNames.type(unix.getType());
    String state = NumberNames.state(unix.getState());
    boolean stands = unix.getPeer() != 0 || "LISTEN".equals(state);
    return new Socket(
        file.id(),
        file.kind(),
        file.inode(),
        "unix-" + (type == null ? Integer.toString(unix.getType()) : type.toLowerCase(Locale.ROOT)),
        stands || !"CLOSE".equals(state) ? state : "UNCONNECTED",
        unixName(unix),
        otherUnix == null ? null : unixName(otherUnix),
        peer,
        unix.getPeer() == 0 ? null : peerInode(unix),
        packets(file.id()),
        passed(file.id()),
        mutual && peer != null ? packets(peer) : List.of(),
        null,
        "LISTEN".equals(state) ? Integer.toUnsignedLong(unix.getBacklog()) : null,
        shutdown(unix.hasShutdown() ? unix.getShutdown() : null),
        unix.hasNsId() ? Integer.toUnsignedLong(unix.getNsId()) : null,
        file.details(),
        file.origin());
  }

  private static long peerInode(UnixSkEntry unix) {
    return Integer.toUnsignedLong(unix.getPeer());
  }

  private static Socket netlink(OpenFile file, NetlinkSkEntry netlink) {
    long to = Integer.toUnsignedLong(netlink.getDstPortid());
    return new Socket(
        file.id(),
        file.kind(),
        file.inode(),
        "netlink-" + netlinkProtocol(netlink.getProtocol()),
        NumberNames.state(netlink.getState()),
        text("port " + Integer.toUnsignedLong(netlink.getPortid())),
        to == 0 ? null : text("port " + to),
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null,
        netlink.hasNsId() ? Integer.toUnsignedLong(netlink.getNsId()) : null,
        file.details(),
        file.origin());
  }

  private static Socket packet(OpenFile file, @Nullable PacketSockEntry packet) {
    PacketSockEntry entry = packet == null ? PacketSockEntry.getDefaultInstance() : packet;
    String type = NumberNames.type(entry.getType());
    String number =
        Integer.toHexString(Short.toUnsignedInt(Short.reverseBytes((short) entry.getProtocol())));
    return new Socket(
        file.id(),
        file.kind(),
        null,
        "packet-"
            + (type == null ? Integer.toString(entry.getType()) : type.toLowerCase(Locale.ROOT)),
        null,
        text("interface " + Integer.toUnsignedLong(entry.getIfindex()) + " protocol 0x" + number),
        null,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null,
        entry.hasNsId() ? Integer.toUnsignedLong(entry.getNsId()) : null,
        file.details(),
        file.origin());
  }

  /** Source: the kernel's include/uapi/linux/netlink.h. */
  private static String netlinkProtocol(int protocol) {
    return switch (protocol) {
      case 0 -> "route";
      case 2 -> "usersock";
      case 4 -> "sock-diag";
      case 6 -> "xfrm";
      case 9 -> "audit";
      case 12 -> "netfilter";
      case 15 -> "uevent";
      case 16 -> "generic";
      case 21 -> "crypto";
      default -> Integer.toString(protocol);
    };
  }

  private List<Long> passed(long file) {
    return inFlight.packets().getOrDefault(file, List.of()).stream()
        .flatMap(each -> each.files().stream())
        .toList();
  }

  private List<ByteSource> packets(long file) {
    return inFlight.packets().getOrDefault(file, List.of()).stream()
        .map(InFlight.Packet::bytes)
        .toList();
  }

  private static @Nullable String shutdown(@Nullable SkShutdown shutdown) {
    return shutdown == null || shutdown == SkShutdown.NONE
        ? null
        : shutdown.name().toLowerCase(Locale.ROOT);
  }

  private static Name text(String ascii) {
    return Name.of(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Of an abstract name the first byte, which is 0, is shown as @; of a path the last 0 is no part.
   */
  private static @Nullable Name unixName(UnixSkEntry unix) {
    ByteString name = unix.getName();
    if (name.isEmpty()) {
      return null;
    }
    if (name.byteAt(0) == 0) {
      return Name.of(ByteString.copyFromUtf8("@").concat(name.substring(1)).toByteArray());
    }
    int end = name.size();
    while (end > 0 && name.byteAt(end - 1) == 0) {
      end--;
    }
    ByteString path = name.substring(0, end);
    boolean relative = !path.isEmpty() && path.byteAt(0) != '/' && !unix.getNameDir().isEmpty();
    ByteString whole =
        relative ? unix.getNameDir().concat(ByteString.copyFromUtf8("/")).concat(path) : path;
    return Name.of(whole.toByteArray());
  }
}
