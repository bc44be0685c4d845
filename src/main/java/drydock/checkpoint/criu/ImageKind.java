package drydock.checkpoint.criu;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every kind of image that CRIU writes: its magic number, its file name, and what lies behind its
 * entries. The names of the constants are those that CRIU gives the magic numbers.
 *
 * <p>Source: CRIU 4.2, criu/include/magic.h and criu/image-desc.c.
 */
public enum ImageKind {
  INVENTORY(0x58313116, "inventory"),
  PSTREE(0x50273030, "pstree"),
  FDINFO(0x56213732, "fdinfo"),
  /** Of a process, or with "shmem" in its name of a shared memory segment. */
  PAGEMAP(0x56084025, "pagemap"),
  CORE(0x55053847, "core"),
  IDS(0x54432030, "ids"),
  VMAS(0x54123737, "vmas"),
  PIPES(0x56513555, "pipes"),
  PIPES_DATA(0x56453709, "pipes-data", Payload.PIPE),
  FIFO(0x58364939, "fifo"),
  FIFO_DATA(0x59333054, "fifo-data", Payload.PIPE),
  SIGACT(0x55344201, "sigacts"),
  UNIXSK(0x54373943, "unixsk"),
  INETSK(0x56443851, "inetsk"),
  PACKETSK(0x60454618, "packetsk"),
  ITIMERS(0x57464056, "itimers"),
  POSIX_TIMERS(0x52603957, "posix-timers"),
  SK_QUEUES(0x56264026, "sk-queues", Payload.PACKET),
  UTSNS(0x54473203, "utsns"),
  CREDS(0x54023547, "creds"),
  IPC_VAR(0x53115007, "ipcns-var"),
  IPCNS_SHM(0x46283044, "ipcns-shm", Payload.SEGMENT),
  IPCNS_MSG(0x55453737, "ipcns-msg", Payload.MESSAGES),
  IPCNS_SEM(0x59573019, "ipcns-sem", Payload.SEMAPHORES),
  REG_FILES(0x50363636, "reg-files"),
  EXT_FILES(0x59255641, "ext-files"),
  FS(0x51403912, "fs"),
  MM(0x57492820, "mm"),
  REMAP_FPATH(0x59133954, "remap-fpath"),
  GHOST_FILE(0x52583605, "ghost-file", Payload.GHOST),
  TCP_STREAM(0x51465506, "tcp-stream", Payload.STREAM),
  EVENTFD_FILE(0x44523722, "eventfd"),
  EVENTPOLL_FILE(0x45023858, "eventpoll"),
  EVENTPOLL_TFD(0x44433746, "eventpoll-tfd"),
  SIGNALFD(0x57323820, "signalfd"),
  INOTIFY_FILE(0x48424431, "inotify"),
  INOTIFY_WD(0x54562009, "inotify-wd"),
  MNTS(0x55563928, "mountpoints"),
  NETDEV(0x57373951, "netdev"),
  NETNS(0x55933752, "netns"),
  TTY_FILES(0x59433025, "tty"),
  TTY_INFO(0x59453036, "tty-info"),
  TTY_DATA(0x59413026, "tty-data"),
  FILE_LOCKS(0x54323616, "filelocks"),
  RLIMIT(0x57113925, "rlimit"),
  FANOTIFY_FILE(0x55096122, "fanotify"),
  FANOTIFY_MARK(0x56506035, "fanotify-mark"),
  /** Of a process ("signal-s") or of a thread ("signal-p"). */
  SIGNAL(0x59255647, "signal"),
  NETLINK_SK(0x58005614, "netlinksk"),
  NS_FILES(0x61394011, "ns-files"),
  TUNFILE(0x57143751, "tunfile"),
  CGROUP(0x59383330, "cgroup"),
  TIMERFD(0x50493712, "timerfd"),
  CPUINFO(0x61404013, "cpuinfo"),
  USERNS(0x55474906, "userns"),
  SECCOMP(0x64413049, "seccomp"),
  BINFMT_MISC(0x67343323, "binfmt-misc"),
  AUTOFS(0x49353943, "autofs"),
  FILES(0x56303138, "files"),
  MEMFD_INODE(0x48453499, "memfd"),
  TIMENS(0x43114433, "timens"),
  PIDNS(0x61157326, "pidns"),
  BPFMAP_FILE(0x57506142, "bpfmap-file"),
  BPFMAP_DATA(0x64324033, "bpfmap-data", Payload.MAP),
  APPARMOR(0x59423047, "apparmor"),
  PIDFD(0x54435556, "pidfd"),
  STATS(0x57093306, "stats"),
  IRMAP_CACHE(0x57004059, "irmap-cache"),

  /** Pages of memory, one behind the other; a page map tells which. */
  PAGES("pages"),
  /** What ip, iptables and the like wrote of a network namespace. */
  IFADDR("ifaddr"),
  ROUTE("route"),
  ROUTE6("route6"),
  RULE("rule"),
  IPTABLES("iptables"),
  IP6TABLES("ip6tables"),
  NFTABLES("nftables"),
  NETNF_CT("netns-ct"),
  NETNF_EXP("netns-exp"),
  /** What a tmpfs held: a packed archive. */
  TMPFS_IMG("tmpfs"),
  TMPFS_DEV("tmpfs-dev"),

  /** Neither the magic number nor the name is known. */
  UNKNOWN("");

  /** Stands before the magic number of an image since version 1.1, but not of the inventory. */
  static final int COMMON_MAGIC = 0x54564319;

  /** The same of what is no part of the dump itself: statistics, a cache. */
  static final int SERVICE_MAGIC = 0x55105940;

  /** What is written behind an entry's message, raw. */
  enum Payload {
    NONE,
    PIPE,
    PACKET,
    SEGMENT,
    MESSAGES,
    SEMAPHORES,
    GHOST,
    STREAM,
    MAP
  }

  /** What names of images end with. */
  public static final String SUFFIX = ".img";

  private static final Pattern NAME =
      Pattern.compile(
          "([a-z][a-z0-9-]*?)(?:-[sp])?(?:-(?:shmem-)?[0-9a-f]+)?(?:\\.tar\\.gz)?\\.img");

  private final int magic;
  private final String stem;
  private final Payload payload;

  ImageKind(int magic, String stem, Payload payload) {
    this.magic = magic;
    this.stem = stem;
    this.payload = payload;
  }

  ImageKind(int magic, String stem) {
    this(magic, stem, Payload.NONE);
  }

  ImageKind(String stem) {
    this(0, stem);
  }

  /** What its files are called, before a number. */
  public String stem() {
    return stem;
  }

  /** The name of the one file of its kind. */
  public String file() {
    return stem + SUFFIX;
  }

  /** The name of the file that is of a process, a namespace or whatever else is numbered. */
  public String file(long number) {
    return file(Long.toString(number));
  }

  /** The same where the number is written as something else, in hexadecimal digits for one. */
  public String file(String number) {
    return stem + "-" + number + SUFFIX;
  }

  /** Whether its files are nothing but data of others: no magic number, no entries. */
  public boolean isRaw() {
    return magic == 0;
  }

  Payload payload() {
    return payload;
  }

  /** The kind of a magic number; {@link #UNKNOWN} if none. */
  static ImageKind ofMagic(int magic) {
    for (ImageKind kind : values()) {
      if (kind.magic == magic && magic != 0) {
        return kind;
      }
    }
    return UNKNOWN;
  }

  /** The kind that a file's name speaks of; {@link #UNKNOWN} if none. */
  public static ImageKind ofName(String name) {
    if (name.startsWith("stats-")) {
      return STATS;
    }
    if (name.equals(IRMAP_CACHE.stem)) {
      return IRMAP_CACHE;
    }
    Matcher matcher = NAME.matcher(name);
    if (matcher.matches()) {
      for (ImageKind kind : values()) {
        if (kind.stem.equals(matcher.group(1))) {
          return kind;
        }
      }
    }
    return UNKNOWN;
  }
}
