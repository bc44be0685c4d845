package drydock.fs.tar;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.Name;
import drydock.fs.NameText;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads all headers of an archive and puts the nodes of a {@link TarTree} together. Used once. */
final class TarIndex {
  /** What the nodes may take of the memory, estimated. */
  private static final long MAX_BYTES = 96L << 20;

  private static final long NODE_BYTES = 280;
  private static final int MAX_DEPTH = 2000;

  /** Contents of packed archives that are kept, because they are asked for in no order. */
  private static final int MAX_KEPT = 128 << 10;

  private static final long MAX_ALL_KEPT = 12L << 20;

  private final ByteSource archive;
  private final boolean packed;
  private final FindingLog log;
  private final List<TarNode> nodes = new ArrayList<>();
  private long bytes;
  private long kept;

  TarIndex(ByteSource archive, Compression compression, FindingLog log) {
    this.archive = archive;
    this.packed = compression != Compression.NONE;
    this.log = log;
    nodes.add(new TarNode(archive, 1));
  }

  /** All nodes by number, the root first. */
  List<TarNode> read() throws IOException {
    requireArchive();
    long from = 0;
    while (from >= 0) {
      from = readFrom(from);
    }
    nodes.forEach(TarNode::finish);
    return nodes;
  }

  private void requireArchive() throws IOException {
    byte[] first = new byte[TarHeader.BYTES];
    boolean empty = archive.readUpTo(0, first, 0, first.length) == first.length && isZero(first);
    if (!empty && !begins(archive)) {
      throw new UnsupportedFormatException(archive.origin(), "is no tar archive");
    }
  }

  /** Whether what is not packed begins with a header. */
  static boolean begins(ByteSource archive) throws IOException {
    byte[] first = new byte[TarHeader.BYTES];
    if (archive.readUpTo(0, first, 0, first.length) < first.length || isZero(first)) {
      return false;
    }
    try {
      TarHeader.decode(first, archive.origin(), 0);
      return true;
    } catch (CorruptDataException e) {
      return false;
    }
  }

  private static boolean isZero(byte[] block) {
    for (byte each : block) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  /** Reads entries from a header on; gives where to go on behind damage, or -1. */
  private long readFrom(long from) throws IOException {
    TarEntries entries = new TarEntries(archive, from);
    try {
      while (readOne(entries)) {
        if (bytes > MAX_BYTES) {
          log.add(
              Finding.damage(
                  archive.origin(),
                  entries.at(),
                  "more entries than can be shown: those behind the first "
                      + nodes.size()
                      + " are left out"));
          return -1;
        }
      }
    } catch (CorruptDataException e) {
      log.add(Finding.of(e));
      return entries.isCut() ? -1 : search(entries.at() + TarHeader.BYTES);
    }
    judgeEnd(entries);
    return -1;
  }

  /** Reads an entry; false at the end. */
  private boolean readOne(TarEntries entries) throws IOException {
    try {
      Optional<TarEntry> entry = entries.next();
      if (entry.isPresent()) {
        add(entry.get());
      }
      return entry.isPresent();
    } catch (UnsupportedFormatException e) {
      log.add(
          Finding.damage(
              archive.origin(),
              entries.at(),
              "an entry that is not read",
              String.valueOf(e.getMessage()),
              "a file"));
      return true;
    }
  }

  private void judgeEnd(TarEntries entries) throws IOException {
    if (!entries.sawEnd()) {
      log.add(
          Finding.damage(
              archive.origin(), entries.at(), "the archive has no end: it may be cut short"));
      return;
    }
    byte[] rest = new byte[1 << 16];
    int count = archive.readUpTo(entries.position(), rest, 0, rest.length);
    for (int i = 0; i < count; i++) {
      if (rest[i] != 0) {
        log.add(
            new Finding(
                Severity.NOTE,
                "more bytes behind the end of the archive, which are not shown",
                archive.origin(),
                entries.position() + i,
                null,
                null));
        return;
      }
    }
  }

  /** The next sound header of a kind that names itself; -1 if there is none. */
  private long search(long from) throws IOException {
    byte[] block = new byte[TarHeader.BYTES];
    long at = from;
    while (archive.readUpTo(at, block, 0, block.length) == block.length) {
      if (TarHeader.isNamed(block)) {
        try {
          TarHeader.decode(block, archive.origin(), at);
          log.add(
              new Finding(
                  Severity.DAMAGE,
                  "a header found by search: what lies before it is lost, and what follows may"
                      + " belong to an archive inside of that",
                  archive.origin(),
                  at,
                  null,
                  null));
          return at;
        } catch (CorruptDataException e) {
          // not this one
        }
      }
      at += block.length;
    }
    return -1;
  }

  private void add(TarEntry entry) throws IOException {
    if (entry.kind() == TarKind.GLOBAL) {
      return;
    }
    SparseMap map = entry.sparse();
    bytes += NODE_BYTES + entry.path().length + entry.target().length;
    bytes += map == null ? 0 : map.bytes();
    for (Map.Entry<Name, byte[]> each : entry.attributes().entrySet()) {
      bytes += NODE_BYTES + each.getValue().length;
    }
    List<Name> names = names(entry.path(), entry);
    if (names.size() > MAX_DEPTH) {
      wrong(entry, "a path of more than " + MAX_DEPTH + " names, which is left out");
      return;
    }
    if (names.isEmpty()) {
      if (entry.kind() == TarKind.DIRECTORY) {
        nodes.get(0).describe(entry);
      } else {
        wrong(entry, "an entry without a name, which is left out");
      }
      return;
    }
    TarNode parent = nodes.get(0);
    for (Name name : names.subList(0, names.size() - 1)) {
      parent = directory(parent, name, entry);
    }
    put(parent, names.get(names.size() - 1), entry);
  }

  /** A path's names, cleaned of what would lead out of the tree. */
  private List<Name> names(byte[] path, TarEntry entry) {
    List<Name> names = new ArrayList<>();
    boolean climbs = false;
    for (Name each : TreePath.of(path).names()) {
      if (each.is("..")) {
        climbs = true;
        if (!names.isEmpty()) {
          names.remove(names.size() - 1);
        }
      } else {
        names.add(each);
      }
    }
    if (climbs) {
      wrong(entry, "a path with '..' in it, which does not lead out of the archive here");
    } else if (path.length > 0 && path[0] == '/') {
      note(entry, "an absolute path, which begins at the root of the archive here");
    }
    return names;
  }

  private TarNode directory(TarNode parent, Name name, TarEntry entry) {
    TarNode there = parent.at(name);
    if (there != null && there.type() == NodeType.DIRECTORY) {
      return there;
    }
    if (there != null) {
      wrong(entry, "a path below what is no directory, which is taken for one now");
      there.unlink();
    }
    bytes += NODE_BYTES;
    TarNode made = new TarNode(archive, nodes.size() + 1);
    nodes.add(made);
    parent.put(name, made);
    return made;
  }

  private void put(TarNode parent, Name name, TarEntry entry) throws IOException {
    TarNode there = parent.at(name);
    if (entry.kind() == TarKind.LINK) {
      link(parent, name, there, entry);
      return;
    }
    if (there != null) {
      if (there.type() == NodeType.DIRECTORY && entry.kind() == TarKind.DIRECTORY) {
        there.describe(entry);
        return;
      }
      note(entry, "a second entry of a name, which counts");
      there.unlink();
    }
    TarNode node = new TarNode(archive, nodes.size() + 1, entry);
    nodes.add(node);
    parent.put(name, node);
    keep(node, entry);
  }

  private void link(TarNode parent, Name name, @Nullable TarNode there, TarEntry entry) {
    TarNode target = nodes.get(0);
    for (Name each : names(entry.target(), entry)) {
      target = target == null ? null : target.at(each);
    }
    if (target == null || target.type() == NodeType.DIRECTORY) {
      String what =
          target == null ? "a hard link to what is not there" : "a hard link to a directory";
      wrong(entry, what + ", which is left out: " + NameText.of(entry.target()));
    } else if (target != there) {
      if (there != null) {
        note(entry, "a second entry of a name, which counts");
        there.unlink();
      }
      target.link();
      parent.put(name, target);
    }
  }

  /** Keeps what is small: else one that asks for many files would unpack the archive many times. */
  private void keep(TarNode node, TarEntry entry) throws IOException {
    if (packed
        && entry.kind() == TarKind.FILE
        && entry.sparse() == null
        && entry.size() <= MAX_KEPT
        && kept + entry.size() <= MAX_ALL_KEPT) {
      byte[] content = new byte[(int) entry.size()];
      if (archive.readUpTo(entry.contentOffset(), content, 0, content.length) == content.length) {
        node.keep(content);
        kept += content.length;
      }
    }
  }

  private void wrong(TarEntry entry, String what) {
    log.add(finding(Severity.DAMAGE, entry, what));
  }

  private void note(TarEntry entry, String what) {
    log.add(finding(Severity.NOTE, entry, what));
  }

  private Finding finding(Severity severity, TarEntry entry, String what) {
    return new Finding(
        severity, what, archive.origin(), entry.offset(), NameText.of(entry.path()), null);
  }
}
