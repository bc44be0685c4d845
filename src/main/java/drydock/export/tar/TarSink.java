package drydock.export.tar;

import drydock.export.ExportedFile;
import drydock.export.TreeSink;
import drydock.fs.Device;
import drydock.fs.FileMeta;
import drydock.fs.Name;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tar archive to a stream, which is somebody else's to close. The same files make the same
 * bytes. Nothing it writes depends on what else is in the archive, so it may have any size.
 */
public final class TarSink implements TreeSink {
  private static final int RECORD_BYTES = 20 * Block.BYTES;
  private static final Name ACL_ACCESS = Name.of("system.posix_acl_access");
  private static final Name ACL_DEFAULT = Name.of("system.posix_acl_default");

  /** Attributes of all shapes need no more: the kernel's own limit is 64 KiB for each. */
  private static final int MOST_RECORDS = 64 << 20;

  private static final byte[] ZEROS = new byte[RECORD_BYTES];

  private final OutputStream out;
  private final Block block = new Block();
  private final PaxRecords records = new PaxRecords();
  private long written;
  private long left;

  /** To a stream that is buffered: small pieces go to it one by one. */
  public TarSink(OutputStream out) {
    this.out = out;
  }

  @Override
  public List<String> add(ExportedFile file) throws IOException {
    if (file.linkOf() != null) {
      header(file, '1', 0, null);
      return List.of();
    }
    NodeType type = file.meta().type();
    char letter =
        switch (type) {
          case DIRECTORY -> '5';
          case SYMLINK -> '2';
          case CHARACTER -> '3';
          case BLOCK -> '4';
          case FIFO -> '6';
          case FILE, SOCKET, UNKNOWN -> 0;
        };
    if (letter == 0) {
      return List.of(LEFT_OUT + "tar has no type for a " + type.label());
    }
    return header(file, letter, 0, null);
  }

  @Override
  public List<String> beginFile(ExportedFile file, List<Data> data) throws IOException {
    long size = file.meta().size();
    long bytes = 0;
    for (Data each : data) {
      bytes += each.length();
    }
    byte[] map = bytes < size ? SparseMap.of(data, size) : null;
    left = bytes;
    List<String> notKept = header(file, '0', bytes + (map == null ? 0 : map.length), map);
    if (map != null) {
      put(map, 0, map.length);
    }
    return notKept;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > left) {
      throw new IllegalStateException("more bytes than were announced");
    }
    left -= length;
    put(bytes, offset, length);
  }

  @Override
  public void endFile() throws IOException {
    if (left != 0) {
      throw new IllegalStateException(left + " bytes less than were announced");
    }
    pad(Block.BYTES);
  }

  @Override
  public void finish() throws IOException {
    byte[] end = new byte[2 * Block.BYTES];
    put(end, 0, end.length);
    pad(RECORD_BYTES);
    out.flush();
  }

  @Override
  public void close() {}

  static int padded(int length) {
    return (length + Block.BYTES - 1) / Block.BYTES * Block.BYTES;
  }

  private void pad(int unit) throws IOException {
    int over = (int) (written % unit);
    if (over > 0) {
      put(ZEROS, 0, unit - over);
    }
  }

  private void put(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    written += length;
  }

  private List<String> header(ExportedFile file, char type, long stored, byte @Nullable [] map)
      throws IOException {
    List<String> notKept = new ArrayList<>();
    FileMeta meta = file.meta();
    TreePath linkOf = file.linkOf();
    byte[] name = name(file.path(), meta.isDirectory());
    byte[] target = linkOf == null ? file.target() : name(linkOf, false);
    records.clear();
    if (map != null) {
      sparse(records, name, meta.size());
    } else if (isLong(name)) {
      records.addName("path", name);
    }
    if (isLong(target)) {
      records.addName("linkpath", target);
    }
    numbers(records, meta, stored);
    times(records, meta);
    if (linkOf == null) {
      attributes(records, file, notKept);
    }
    byte[] shown = map == null ? name : sparseName(name);
    if (!records.isEmpty()) {
      ByteBuffer bytes = records.bytes();
      block.begin('x').name(extendedName(name)).mode(0644).size(bytes.limit());
      put(block.sealed(), 0, Block.BYTES);
      put(bytes.array(), 0, bytes.limit());
      pad(Block.BYTES);
    }
    block.begin(type).name(shown).link(target).mode(meta.permissions());
    block.owner(meta.uid(), meta.gid()).size(stored);
    Instant modified = meta.times().modified();
    block.modified(modified == null ? 0 : modified.getEpochSecond());
    Device device = meta.device();
    if (device != null && linkOf == null) {
      block.device(device.major(), device.minor());
    }
    put(block.sealed(), 0, Block.BYTES);
    return notKept;
  }

  private static void sparse(PaxRecords records, byte[] name, long size) {
    records.add("GNU.sparse.major", 1);
    records.add("GNU.sparse.minor", 0);
    records.addName("GNU.sparse.name", name);
    records.add("GNU.sparse.realsize", size);
  }

  private static void numbers(PaxRecords records, FileMeta meta, long stored) {
    if (stored > Block.MOST_SIZE) {
      records.add("size", stored);
    }
    if (meta.uid() > Block.MOST_ID) {
      records.add("uid", meta.uid());
    }
    if (meta.gid() > Block.MOST_ID) {
      records.add("gid", meta.gid());
    }
  }

  private static void times(PaxRecords records, FileMeta meta) {
    Instant modified = meta.times().modified();
    if (modified != null
        && (modified.getNano() != 0
            || modified.getEpochSecond() < 0
            || modified.getEpochSecond() > Block.MOST_SIZE)) {
      records.add("mtime", modified);
    }
    add(records, "atime", meta.times().accessed());
    add(records, "ctime", meta.times().changed());
    add(records, "LIBARCHIVE.creationtime", meta.times().born());
  }

  private static void add(PaxRecords records, String key, @Nullable Instant time) {
    if (time != null) {
      records.add(key, time);
    }
  }

  private static void attributes(PaxRecords records, ExportedFile file, List<String> notKept) {
    long bytes = 0;
    for (Map.Entry<Name, byte[]> each : file.attributes().entrySet()) {
      bytes += each.getValue().length;
      if (bytes > MOST_RECORDS) {
        notKept.add("attribute " + each.getKey() + ": too much for a header");
        continue;
      }
      records.add(attributeKey(each.getKey()), each.getValue());
    }
    acl(records, "SCHILY.acl.access", file.attributes().get(ACL_ACCESS));
    acl(records, "SCHILY.acl.default", file.attributes().get(ACL_DEFAULT));
  }

  private static void acl(PaxRecords records, String key, byte @Nullable [] value) {
    if (value != null) {
      AclText.of(value).ifPresent(text -> records.add(key, text));
    }
  }

  /** The key of an attribute; GNU tar has two characters in names written otherwise. */
  private static byte[] attributeKey(Name name) {
    String text = new String(name.bytes(), StandardCharsets.ISO_8859_1);
    String key = "SCHILY.xattr." + text.replace("%", "%25").replace("=", "%3D");
    return key.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Without the slash at the start: {@code ./} for the root, {@code etc/} for a directory. */
  private static byte[] name(TreePath path, boolean directory) {
    if (path.isRoot()) {
      return new byte[] {'.', '/'};
    }
    byte[] absolute = path.bytes();
    byte[] name = Arrays.copyOfRange(absolute, 1, absolute.length + (directory ? 1 : 0));
    if (directory) {
      name[name.length - 1] = '/';
    }
    return name;
  }

  private static boolean isLong(byte[] name) {
    if (name.length > Block.NAME_BYTES) {
      return true;
    }
    for (byte each : name) {
      if (each < 0) {
        return true;
      }
    }
    return false;
  }

  /** What readers that know no records of sparse files call the file. */
  private static byte[] sparseName(byte[] name) {
    return prefixed("GNUSparseFile.0/", name);
  }

  private static byte[] extendedName(byte[] name) {
    return prefixed("PaxHeaders/", name);
  }

  private static byte[] prefixed(String prefix, byte[] name) {
    int length = Math.min(prefix.length() + name.length, Block.NAME_BYTES);
    byte[] bytes = Arrays.copyOf(prefix.getBytes(StandardCharsets.ISO_8859_1), length);
    System.arraycopy(name, 0, bytes, prefix.length(), length - prefix.length());
    return bytes;
  }
}
