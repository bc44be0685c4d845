package drydock.export.layout;

import drydock.export.ExportedFile;
import drydock.export.PartialFile;
import drydock.export.TreeSink;
import drydock.export.tar.TarSink;
import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Packs a layout into an archive that tells nothing of the machine that it was made on. */
final class LayoutArchive {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int DIRECTORY_PERMISSIONS = 0755;
  private static final int FILE_PERMISSIONS = 0644;

  private LayoutArchive() {}

  /**
   * @param folder the layout
   * @param made what is in it, and it itself
   */
  static void write(Path folder, List<Path> made, Path target, @Nullable Instant time)
      throws IOException {
    List<Path> sorted = made.stream().filter(each -> !each.equals(folder)).sorted().toList();
    try (PartialFile file = PartialFile.create(target);
        TarSink tar = new TarSink(file.out())) {
      for (Path each : sorted) {
        TreePath path = TreePath.of("/" + folder.relativize(each).toString().replace('\\', '/'));
        if (Files.isDirectory(each)) {
          tar.add(file(path, NodeType.DIRECTORY, DIRECTORY_PERMISSIONS, 0, time));
        } else {
          content(tar, path, each, time);
        }
      }
      tar.finish();
      file.finish();
    }
  }

  private static void content(TarSink tar, TreePath path, Path file, @Nullable Instant time)
      throws IOException {
    long size = Files.size(file);
    tar.beginFile(
        file(path, NodeType.FILE, FILE_PERMISSIONS, size, time),
        List.of(new TreeSink.Data(0, size)));
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      int count = in.read(buffer);
      while (count > 0) {
        tar.write(buffer, 0, count);
        count = in.read(buffer);
      }
    }
    tar.endFile();
  }

  private static ExportedFile file(
      TreePath path, NodeType type, int permissions, long size, @Nullable Instant time) {
    FileTimes times =
        new FileTimes(
            time == null ? null : Instant.ofEpochSecond(time.getEpochSecond()),
            null,
            null,
            null,
            null);
    FileMeta meta = new FileMeta(0, type, permissions, 0, 0, size, 1, null, times);
    return new ExportedFile(path, meta, null, new TreeMap<>(), new byte[0]);
  }
}
