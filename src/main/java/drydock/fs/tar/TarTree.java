package drydock.fs.tar;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.FileSystemInfo;
import drydock.fs.FileTree;
import drydock.fs.Node;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An archive as a tree, packed or not. Safe from many threads.
 *
 * <p>All headers are read when it is opened, contents when they are asked for: of a plain archive
 * straight from its bytes, of a packed one as {@link UnpackedSource} does it. Nodes are numbered in
 * the order in which their entries stand in the archive; directories that have none are made.
 *
 * <p>Where tar would unpack: a later entry of a name takes the place of an earlier one, a hard link
 * is one more name of what its target was at that place. Names never lead out of the tree: an
 * absolute one begins at its root, {@code ..} is taken out, and no entry lies behind a symlink. All
 * that is a finding, and so is damage, behind which reading goes on at the next sound header.
 */
public final class TarTree implements FileTree {
  private final ByteSource archive;
  private final Compression compression;
  private final List<TarNode> nodes;

  private TarTree(ByteSource archive, Compression compression, List<TarNode> nodes) {
    this.archive = archive;
    this.compression = compression;
    this.nodes = nodes;
  }

  /** Whether the bytes begin as an archive does, packed or not. */
  public static boolean isArchive(ByteSource source) throws IOException {
    FindingLog unheard = new FindingLog();
    return TarIndex.begins(UnpackedSource.of(source, unheard));
  }

  /**
   * Opens an archive in whatever way it is packed.
   *
   * @throws drydock.bytes.UnsupportedFormatException when it is no tar archive at all
   */
  public static TarTree open(ByteSource source, FindingLog log) throws IOException {
    return of(UnpackedSource.of(source, log), Compression.of(source), log);
  }

  /**
   * @param archive unpacked
   */
  static TarTree of(ByteSource archive, Compression compression, FindingLog log)
      throws IOException {
    return new TarTree(archive, compression, new TarIndex(archive, compression, log).read());
  }

  @Override
  public Node root() {
    return nodes.get(0);
  }

  @Override
  public Node node(long inode) throws NoSuchFileException {
    if (inode < 1 || inode > nodes.size()) {
      throw new NoSuchFileException("inode " + inode + " of " + origin());
    }
    return nodes.get((int) inode - 1);
  }

  @Override
  public FileSystemInfo info() {
    return new FileSystemInfo(
        "tar",
        null,
        null,
        null,
        null,
        archive.size(),
        Map.of("compression", compression.name().toLowerCase(Locale.ROOT)));
  }

  @Override
  public Origin origin() {
    return archive.origin();
  }
}
