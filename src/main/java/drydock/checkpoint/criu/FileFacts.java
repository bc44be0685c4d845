package drydock.checkpoint.criu;

import drydock.bytes.Origin;
import drydock.checkpoint.criu.OpenFile.Remap;
import drydock.fs.Name;
import drydock.proto.criu.FileEntry;
import drydock.proto.criu.MemfdInodeEntry;
import drydock.proto.criu.RegFileEntry;
import drydock.proto.criu.TtyInfoEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an open file whatever its kind: the name that /proc/PID/fd shows, flags,
 * position.
 *
 * <p>Source of the names: proc(5), and the kernel's anon_inode_getfile() calls.
 */
final class FileFacts {
  /** Those of linkers have five words; what is much longer is none. */
  private static final int MAX_BUILD_ID_WORDS = 64;

  private final Map<Long, FileEntry.Builder> all;
  private final Map<Long, Remap> remaps;
  private final Map<Long, TtyInfoEntry> terminals;
  private final Map<Long, MemfdInodeEntry> memfds;

  FileFacts(
      Map<Long, FileEntry.Builder> all,
      Map<Long, Remap> remaps,
      Map<Long, TtyInfoEntry> terminals,
      Map<Long, MemfdInodeEntry> memfds) {
    this.all = all;
    this.remaps = remaps;
    this.terminals = terminals;
    this.memfds = memfds;
  }

  OpenFile file(long id, FileEntry entry, Origin origin) {
    Seen seen = seen(entry);
    return new OpenFile(
        id,
        FileKind.of(entry.getType()),
        seen.path,
        seen.flags,
        seen.position,
        seen.size,
        seen.mode,
        seen.mount,
        seen.inode,
        seen.buildId,
        remaps.get(id),
        details(entry),
        origin);
  }

  /** All fields, with those of what is kept in an image of its own. */
  private Rendered.Fields details(FileEntry entry) {
    Map<String, Rendered> fields = new LinkedHashMap<>(Rendering.of(entry).fields());
    TtyInfoEntry info = terminals.get(Integer.toUnsignedLong(entry.getTty().getTtyInfoId()));
    if (entry.hasTty() && info != null) {
      fields.put("tty_info", Rendering.of(info));
    }
    MemfdInodeEntry inode = memfds.get(Integer.toUnsignedLong(entry.getMemfd().getInodeId()));
    if (entry.hasMemfd() && inode != null) {
      fields.put("memfd_inode", Rendering.of(inode));
    }
    return new Rendered.Fields(fields);
  }

  /** What is filled in by kind. */
  private static final class Seen {
    @Nullable String buildId;
    @Nullable Name path;
    long flags;
    @Nullable Long position;
    @Nullable Long size;
    @Nullable Long mode;
    @Nullable Long mount;
    @Nullable Long inode;

    Seen named(String name, int openFlags) {
      path = Name.of(name.getBytes(StandardCharsets.UTF_8));
      flags = Integer.toUnsignedLong(openFlags);
      return this;
    }

    Seen inode(int number) {
      inode = Integer.toUnsignedLong(number);
      return this;
    }

    Seen position(long at) {
      position = at;
      return this;
    }
  }

  private Seen seen(FileEntry file) {
    return switch (file.getType()) {
      case REG -> regular(file.getReg());
      case PIPE -> pipe(file.getPipe().getPipeId(), file.getPipe().getFlags());
      case FIFO -> fifo(file);
      case INETSK -> socket(file.getIsk().getIno(), file.getIsk().getFlags());
      case UNIXSK -> socket(file.getUsk().getIno(), file.getUsk().getFlags());
      case NETLINKSK -> socket(file.getNlsk().getIno(), file.getNlsk().getFlags());
      case PACKETSK -> socket(file.getPsk().getId(), file.getPsk().getFlags());
      case MEMFD -> memfd(file);
      case TTY, CTL_TTY -> terminal(file);
      case NS -> namespace(file);
      case TUNF -> new Seen().named("/dev/net/tun", 0);
      case EXT -> new Seen();
      default -> anonymous(file);
    };
  }

  private static Seen anonymous(FileEntry file) {
    Seen seen = new Seen();
    return switch (file.getType()) {
      case EVENTFD -> seen.named("anon_inode:[eventfd]", file.getEfd().getFlags());
      case EVENTPOLL -> seen.named("anon_inode:[eventpoll]", file.getEpfd().getFlags());
      case INOTIFY -> seen.named("anon_inode:inotify", file.getIfy().getFlags());
      case FANOTIFY -> seen.named("anon_inode:[fanotify]", file.getFfy().getFlags());
      case SIGNALFD -> seen.named("anon_inode:[signalfd]", file.getSgfd().getFlags());
      case TIMERFD -> seen.named("anon_inode:[timerfd]", file.getTfd().getFlags());
      case BPFMAP -> seen.named("anon_inode:bpf-map", file.getBpf().getFlags());
      case PIDFD -> seen.named("anon_inode:[pidfd]", file.getPidfd().getFlags());
      default -> seen;
    };
  }

  private static Seen regular(RegFileEntry file) {
    Seen seen = new Seen().position(file.getPos());
    seen.path = OpenFiles.name(file.getName());
    seen.flags = Integer.toUnsignedLong(file.getFlags());
    seen.size = file.hasSize() ? file.getSize() : null;
    seen.mode = file.hasMode() ? Integer.toUnsignedLong(file.getMode()) : null;
    seen.mount = file.hasMntId() ? Long.valueOf(file.getMntId()) : null;
    seen.buildId = buildId(file.getBuildIdList());
    return seen;
  }

  /** Its bytes are kept as words of the machine, all of which are little-endian. */
  private static @Nullable String buildId(List<Integer> words) {
    if (words.isEmpty() || words.size() > MAX_BUILD_ID_WORDS) {
      return null;
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(words.size() * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    words.forEach(bytes::putInt);
    return HexFormat.of().formatHex(bytes.array());
  }

  private static Seen pipe(int id, int flags) {
    return new Seen().named("pipe:[" + Integer.toUnsignedLong(id) + "]", flags).inode(id);
  }

  private static Seen socket(int inode, int flags) {
    return new Seen().named("socket:[" + Integer.toUnsignedLong(inode) + "]", flags).inode(inode);
  }

  /** A named pipe is a regular file, too, which has its path and flags. */
  private Seen fifo(FileEntry file) {
    return of(file.getFifo().getRegfId()).inode(file.getFifo().getPipeId());
  }

  private Seen of(int regular) {
    FileEntry.Builder file = all.get(Integer.toUnsignedLong(regular));
    return file == null ? new Seen() : regular(file.getReg());
  }

  private Seen terminal(FileEntry file) {
    Seen seen = file.getTty().hasRegfId() ? of(file.getTty().getRegfId()) : new Seen();
    TtyInfoEntry info = terminals.get(Integer.toUnsignedLong(file.getTty().getTtyInfoId()));
    if (seen.path == null && info != null && info.hasPty()) {
      seen.named("/dev/pts/" + Integer.toUnsignedLong(info.getPty().getIndex()), 0);
    }
    seen.flags = Integer.toUnsignedLong(file.getTty().getFlags());
    seen.position = null;
    seen.inode(file.getTty().getTtyInfoId());
    return seen;
  }

  private Seen memfd(FileEntry file) {
    Seen seen = new Seen().position(file.getMemfd().getPos());
    long number = Integer.toUnsignedLong(file.getMemfd().getInodeId());
    MemfdInodeEntry inode = memfds.get(number);
    if (inode != null) {
      // shared memory without a file is kept like a memfd, under the name that the kernel gives it
      String name = inode.getName().toString(StandardCharsets.ISO_8859_1);
      String path = name.startsWith("/") ? name : "/memfd:" + name;
      seen.path = Name.of(path.getBytes(StandardCharsets.ISO_8859_1));
    }
    seen.flags = Integer.toUnsignedLong(file.getMemfd().getFlags());
    seen.size = inode == null ? null : inode.getSize();
    seen.inode = number;
    return seen;
  }

  private static Seen namespace(FileEntry file) {
    String kind =
        switch (file.getNsf().getNsCflag()) {
          case 0x00000080 -> "time";
          case 0x00020000 -> "mnt";
          case 0x02000000 -> "cgroup";
          case 0x04000000 -> "uts";
          case 0x08000000 -> "ipc";
          case 0x10000000 -> "user";
          case 0x20000000 -> "pid";
          case 0x40000000 -> "net";
          default -> "namespace";
        };
    Seen seen = new Seen().named(kind + ":[" + file.getNsf().getNsId() + "]", 0);
    seen.flags = Integer.toUnsignedLong(file.getNsf().getFlags());
    return seen;
  }
}
