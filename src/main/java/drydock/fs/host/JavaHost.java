package drydock.fs.host;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import drydock.fs.Device;
import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.Name;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The host through java.nio, where there is no statx (macOS). Lost are attributes outside of {@code
 * user.*}, names that are not UTF-8, and births where Java does not tell them. Each directory of a
 * path is checked to be one before it is used, which is no help against evidence that changes just
 * then: mount it read-only.
 */
final class JavaHost implements Host {
  private final Path root;

  JavaHost(Path root) throws IOException {
    if (!root.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      throw new UnsupportedFormatException(
          Origin.of(root.toString()), "directories can be read on Linux and macOS only");
    }
    if (!Files.exists(root)) {
      throw new NoSuchFileException(root.toString());
    }
    if (!Files.isDirectory(root)) {
      throw new NotDirectoryException(root.toString());
    }
    this.root = root.toRealPath();
  }

  private Path checked(TreePath path) throws IOException {
    Path at = root;
    List<Name> names = path.names();
    for (int i = 0; i < names.size(); i++) {
      if (i > 0 && !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        throw new NotDirectoryException(path.toString());
      }
      at = at.resolve(new String(names.get(i).bytes(), StandardCharsets.UTF_8));
    }
    return at;
  }

  @Override
  public Stat stat(TreePath path) throws IOException {
    Map<String, Object> facts =
        Files.readAttributes(checked(path), "unix:*", LinkOption.NOFOLLOW_LINKS);
    int mode = (int) number(facts, "mode");
    NodeType type = NodeType.ofMode(mode);
    FileTimes times =
        new FileTimes(
            time(facts, "lastModifiedTime"),
            time(facts, "lastAccessTime"),
            time(facts, "ctime"),
            null,
            null);
    FileMeta meta =
        new FileMeta(
            number(facts, "ino"),
            type,
            mode & 07777,
            number(facts, "uid") & 0xffff_ffffL,
            number(facts, "gid") & 0xffff_ffffL,
            number(facts, "size"),
            number(facts, "nlink"),
            type.isDevice() ? device(number(facts, "rdev")) : null,
            times);
    return new Stat(meta, List.of(number(facts, "dev"), number(facts, "ino")));
  }

  private static long number(Map<String, Object> facts, String name) {
    return facts.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static @Nullable Instant time(Map<String, Object> facts, String name) {
    return facts.get(name) instanceof FileTime time ? time.toInstant() : null;
  }

  /** Linux packs 12 and 20 bits in two parts each (sysmacros.h), macOS 8 and 24 (sys/types.h). */
  private static Device device(long number) {
    if (System.getProperty("os.name", "").startsWith("Mac")) {
      return new Device(number >>> 24 & 0xff, number & 0xff_ffff);
    }
    return new Device(
        (number >>> 8 & 0xfff) | (number >>> 32 & 0xffff_f000L),
        (number & 0xff) | (number >>> 12 & 0xffff_ff00L));
  }

  @Override
  public List<Listed> list(TreePath directory) throws IOException {
    List<Listed> names = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(checked(directory))) {
      for (Path path : stream) {
        names.add(new Listed(Name.of(String.valueOf(path.getFileName())), 0, null));
      }
    }
    return names;
  }

  @Override
  public byte[] linkTarget(TreePath path) throws IOException {
    Path target = Files.readSymbolicLink(checked(path));
    return target.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public SortedMap<Name, byte[]> attributes(TreePath path) throws IOException {
    SortedMap<Name, byte[]> attributes = new TreeMap<>();
    Path at = checked(path);
    if (!Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS)
        && !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
      // Java would open it, and opening a pipe waits for a writer
      return Collections.unmodifiableSortedMap(attributes);
    }
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(
            at, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view != null) {
      for (String name : view.list()) {
        ByteBuffer value = ByteBuffer.allocate(view.size(name));
        view.read(name, value);
        attributes.put(Name.of("user." + name), value.array());
      }
    }
    return Collections.unmodifiableSortedMap(attributes);
  }

  @Override
  public ByteSource content(TreePath path, Stat stat, Origin origin) throws IOException {
    return new JavaFile(checked(path), stat.meta().size(), origin);
  }

  @Override
  public void close() {}
}
