package drydock.checkpoint.criu;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import drydock.bytes.Origin;
import drydock.checkpoint.criu.OpenFile.Remap;
import drydock.checkpoint.criu.OpenFile.RemapKind;
import drydock.finding.Finding;
import drydock.fs.Name;
import drydock.proto.criu.EventfdFileEntry;
import drydock.proto.criu.EventpollFileEntry;
import drydock.proto.criu.EventpollTfdEntry;
import drydock.proto.criu.ExtFileEntry;
import drydock.proto.criu.FanotifyFileEntry;
import drydock.proto.criu.FanotifyMarkEntry;
import drydock.proto.criu.FdTypes;
import drydock.proto.criu.FifoEntry;
import drydock.proto.criu.FileEntry;
import drydock.proto.criu.InetSkEntry;
import drydock.proto.criu.InotifyFileEntry;
import drydock.proto.criu.InotifyWdEntry;
import drydock.proto.criu.MemfdInodeEntry;
import drydock.proto.criu.NetlinkSkEntry;
import drydock.proto.criu.NsFileEntry;
import drydock.proto.criu.PacketSockEntry;
import drydock.proto.criu.PipeEntry;
import drydock.proto.criu.RegFileEntry;
import drydock.proto.criu.RemapFilePathEntry;
import drydock.proto.criu.SignalfdEntry;
import drydock.proto.criu.TimerfdEntry;
import drydock.proto.criu.TtyFileEntry;
import drydock.proto.criu.TtyInfoEntry;
import drydock.proto.criu.TunfileEntry;
import drydock.proto.criu.UnixSkEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads all open files: of one image, or in versions before 3.0 of one image a kind, which comes to
 * the same.
 *
 * <p>Source: CRIU 4.2, criu/files.c and what registers kinds of files there.
 */
final class OpenFiles {
  private final Images images;
  private final Map<Long, FileEntry.Builder> entries = new LinkedHashMap<>();
  private final Map<Long, Origin> places = new HashMap<>();

  private final Map<Long, OpenFile> files = new LinkedHashMap<>();
  private final Set<Long> shared = new TreeSet<>();

  private OpenFiles(Images images) {
    this.images = images;
  }

  static OpenFiles read(Images images) throws IOException {
    OpenFiles reader = new OpenFiles(images);
    reader.collect();
    reader.collectOld();
    reader.collectParts();
    reader.make();
    return reader;
  }

  /** By their numbers, in the order of the images. */
  Map<Long, OpenFile> files() {
    return files;
  }

  /** The numbers of the shared memory that memfds are. */
  Set<Long> sharedMemory() {
    return shared;
  }

  /** Those that are sockets. */
  List<Sockets.SocketEntry> sockets() {
    List<Sockets.SocketEntry> sockets = new ArrayList<>();
    for (OpenFile file : files.values()) {
      FileEntry.Builder entry = entries.get(file.id());
      if (file.kind().isSocket() && entry != null) {
        sockets.add(
            new Sockets.SocketEntry(
                file,
                entry.hasIsk() ? entry.getIsk() : null,
                entry.hasUsk() ? entry.getUsk() : null,
                entry.hasNlsk() ? entry.getNlsk() : null,
                entry.hasPsk() ? entry.getPsk() : null));
      }
    }
    return sockets;
  }

  private void make() throws IOException {
    Map<Long, Remap> remaps = remaps(images);
    Map<Long, TtyInfoEntry> terminals = new HashMap<>();
    Messages.each(
        images,
        ImageKind.TTY_INFO.file(),
        TtyInfoEntry.parser(),
        (info, e) -> terminals.put(Integer.toUnsignedLong(info.getId()), info));
    Map<Long, MemfdInodeEntry> memfds = new HashMap<>();
    Messages.each(
        images,
        ImageKind.MEMFD_INODE.file(),
        MemfdInodeEntry.parser(),
        (inode, e) -> {
          memfds.put(inode.getInodeId(), inode);
          shared.add(Integer.toUnsignedLong(inode.getShmid()));
        });
    FileFacts facts = new FileFacts(entries, remaps, terminals, memfds);
    for (Map.Entry<Long, FileEntry.Builder> each : entries.entrySet()) {
      Origin origin = places.getOrDefault(each.getKey(), images.origin());
      tellLost(each.getValue(), memfds, terminals, origin);
      files.put(each.getKey(), facts.file(each.getKey(), each.getValue().build(), origin));
    }
  }

  private void tellLost(
      FileEntry.Builder file,
      Map<Long, MemfdInodeEntry> memfds,
      Map<Long, TtyInfoEntry> terminals,
      Origin origin) {
    long memfd = Integer.toUnsignedLong(file.getMemfd().getInodeId());
    if (file.hasMemfd() && !memfds.containsKey(memfd)) {
      images.log().add(Finding.missing(origin, "no image has the memfd " + memfd));
    }
    long terminal = Integer.toUnsignedLong(file.getTty().getTtyInfoId());
    if (file.hasTty() && !terminals.containsKey(terminal)) {
      images.log().add(Finding.missing(origin, "no image has the terminal " + terminal));
    }
  }

  private void collect() throws IOException {
    boolean isOld = images.has(ImageKind.REG_FILES.file());
    if (!isOld) {
      images.isThere(ImageKind.FILES.file());
    }
    Messages.each(
        images,
        ImageKind.FILES.file(),
        FileEntry.parser(),
        (file, entry) -> add(Integer.toUnsignedLong(file.getId()), file.toBuilder(), entry));
  }

  private void add(long id, FileEntry.Builder file, ImageEntry entry) {
    if (places.containsKey(id)) {
      String what = "open file " + id + " is there a second time";
      images.log().add(Finding.damage(entry.origin(), entry.offset(), what));
      return;
    }
    places.put(id, entry.origin());
    entries.put(id, file);
  }

  /** The images that each kind had before there was one of all. */
  private void collectOld() throws IOException {
    old(
        "reg-files",
        FdTypes.REG,
        RegFileEntry.parser(),
        RegFileEntry::getId,
        FileEntry.Builder::setReg);
    old(
        "ext-files",
        FdTypes.EXT,
        ExtFileEntry.parser(),
        ExtFileEntry::getId,
        FileEntry.Builder::setExt);
    old(
        "ns-files",
        FdTypes.NS,
        NsFileEntry.parser(),
        NsFileEntry::getId,
        FileEntry.Builder::setNsf);
    old("pipes", FdTypes.PIPE, PipeEntry.parser(), PipeEntry::getId, FileEntry.Builder::setPipe);
    old("fifo", FdTypes.FIFO, FifoEntry.parser(), FifoEntry::getId, FileEntry.Builder::setFifo);
    old(
        "unixsk",
        FdTypes.UNIXSK,
        UnixSkEntry.parser(),
        UnixSkEntry::getId,
        FileEntry.Builder::setUsk);
    old(
        "inetsk",
        FdTypes.INETSK,
        InetSkEntry.parser(),
        InetSkEntry::getId,
        FileEntry.Builder::setIsk);
    old(
        "packetsk",
        FdTypes.PACKETSK,
        PacketSockEntry.parser(),
        PacketSockEntry::getId,
        FileEntry.Builder::setPsk);
    old(
        "netlinksk",
        FdTypes.NETLINKSK,
        NetlinkSkEntry.parser(),
        NetlinkSkEntry::getId,
        FileEntry.Builder::setNlsk);
    old(
        "eventfd",
        FdTypes.EVENTFD,
        EventfdFileEntry.parser(),
        EventfdFileEntry::getId,
        FileEntry.Builder::setEfd);
    old(
        "eventpoll",
        FdTypes.EVENTPOLL,
        EventpollFileEntry.parser(),
        EventpollFileEntry::getId,
        FileEntry.Builder::setEpfd);
    old(
        "signalfd",
        FdTypes.SIGNALFD,
        SignalfdEntry.parser(),
        SignalfdEntry::getId,
        FileEntry.Builder::setSgfd);
    old(
        "timerfd",
        FdTypes.TIMERFD,
        TimerfdEntry.parser(),
        TimerfdEntry::getId,
        FileEntry.Builder::setTfd);
    old(
        "inotify",
        FdTypes.INOTIFY,
        InotifyFileEntry.parser(),
        InotifyFileEntry::getId,
        FileEntry.Builder::setIfy);
    old(
        "fanotify",
        FdTypes.FANOTIFY,
        FanotifyFileEntry.parser(),
        FanotifyFileEntry::getId,
        FileEntry.Builder::setFfy);
    old(
        "tunfile",
        FdTypes.TUNF,
        TunfileEntry.parser(),
        TunfileEntry::getId,
        FileEntry.Builder::setTunf);
    old("tty", FdTypes.TTY, TtyFileEntry.parser(), TtyFileEntry::getId, FileEntry.Builder::setTty);
  }

  /** Gives the number of a message's open file. */
  @FunctionalInterface
  private interface Id<M> {
    int of(M message);
  }

  private <M extends Message> void old(
      String image,
      FdTypes type,
      Parser<M> parser,
      Id<M> id,
      BiConsumer<FileEntry.Builder, M> setter)
      throws IOException {
    Messages.each(
        images,
        image + ImageKind.SUFFIX,
        parser,
        (message, entry) -> {
          FileEntry.Builder file = FileEntry.newBuilder().setType(type).setId(id.of(message));
          setter.accept(file, message);
          add(Integer.toUnsignedLong(id.of(message)), file, entry);
        });
  }

  /** What files watch, where images of its own say it. */
  private void collectParts() throws IOException {
    Messages.each(
        images,
        ImageKind.EVENTPOLL_TFD.file(),
        EventpollTfdEntry.parser(),
        (part, e) -> {
          FileEntry.Builder file = entries.get(Integer.toUnsignedLong(part.getId()));
          if (file != null) {
            file.getEpfdBuilder().addTfd(part);
          }
        });
    Messages.each(
        images,
        ImageKind.INOTIFY_WD.file(),
        InotifyWdEntry.parser(),
        (part, e) -> {
          FileEntry.Builder file = entries.get(Integer.toUnsignedLong(part.getId()));
          if (file != null) {
            file.getIfyBuilder().addWd(part);
          }
        });
    Messages.each(
        images,
        ImageKind.FANOTIFY_MARK.file(),
        FanotifyMarkEntry.parser(),
        (part, e) -> {
          FileEntry.Builder file = entries.get(Integer.toUnsignedLong(part.getId()));
          if (file != null) {
            file.getFfyBuilder().addMark(part);
          }
        });
  }

  private static Map<Long, Remap> remaps(Images images) throws IOException {
    Map<Long, Remap> remaps = new HashMap<>();
    Messages.each(
        images,
        ImageKind.REMAP_FPATH.file(),
        RemapFilePathEntry.parser(),
        (remap, e) -> remaps.put(Integer.toUnsignedLong(remap.getOrigId()), remap(remap)));
    Set<Remap> known = new HashSet<>(remaps.values());
    for (long ghost : images.numbers("ghost-file-", 16)) {
      if (!known.contains(new Remap(RemapKind.GHOST, ghost))) {
        Origin origin = images.origin().child(ImageKind.GHOST_FILE.file(Long.toHexString(ghost)));
        String what = "a deleted file of which nothing says which it was; 'decode' has its content";
        images.log().add(Finding.missing(origin, what));
      }
    }
    return remaps;
  }

  /** Before there was a type of them, all were ghosts. */
  private static Remap remap(RemapFilePathEntry entry) {
    RemapKind kind =
        !entry.hasRemapType()
            ? RemapKind.GHOST
            : switch (entry.getRemapType()) {
              case LINKED -> RemapKind.LINKED;
              case GHOST -> RemapKind.GHOST;
              case PROCFS -> RemapKind.PROCESS;
            };
    return new Remap(kind, Integer.toUnsignedLong(entry.getRemapId()));
  }

  static @Nullable Name name(ByteString text) {
    return text.isEmpty() ? null : Name.of(text.toByteArray());
  }
}
