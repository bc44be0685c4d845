package drydock.checkpoint.criu;

import com.code_intelligence.jazzer.junit.FuzzTest;
import drydock.bytes.ArraySource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Any bytes are an image, as far as they go; any images are a dump. */
class ImageFuzzTest {
  private static final List<String> NAMES =
      List.of(
          "pstree.img",
          "core-1.img",
          "files.img",
          "fdinfo-2.img",
          "mm-1.img",
          "ids-1.img",
          "fs-1.img",
          "mountpoints-3.img",
          "sk-queues.img",
          "pipes-data.img",
          "tcp-stream-1.img",
          "ghost-file-1.img",
          "remap-fpath.img",
          "ipcns-msg-1.img",
          "ipcns-sem-1.img",
          "ipcns-shm-1.img",
          "cgroup.img",
          "inventory.img",
          "pagemap-1.img",
          "bpfmap-data.img");

  @FuzzTest(maxDuration = "2m")
  void anyBytesAreAnImageAsFarAsTheyGo(byte[] data) throws IOException {
    if (data.length == 0) {
      return;
    }
    String name = NAMES.get((data[0] & 0xff) % NAMES.size());
    byte[] rest = Arrays.copyOfRange(data, 1, data.length);
    ArraySource source = new ArraySource(rest, Origin.of("fuzz"));
    ImageFile.open(name, source, new FindingLog())
        .entries(
            entry -> {
              try {
                Rendering.of(entry);
              } catch (CorruptDataException e) {
                return false;
              }
              return true;
            });
  }

  /** Pieces of the data, each behind a byte for its length, are the images. */
  @FuzzTest(maxDuration = "2m")
  void anyImagesAreADump(byte[] data) throws IOException {
    Picture[] images = new Picture[NAMES.size()];
    int at = 0;
    for (int i = 0; i < images.length; i++) {
      int size = at < data.length ? Math.min(data[at] & 0xff, data.length - at - 1) : 0;
      int from = Math.min(at + 1, data.length);
      images[i] = Picture.file(NAMES.get(i), Arrays.copyOfRange(data, from, from + size));
      at += 1 + size;
    }
    Dump dump = Dump.open(PictureTree.of(images).root(), new FindingLog());
    dump.processes();
    dump.holders();
    dump.sockets();
    dump.mounts();
    dump.namespaces();
    dump.inventory();
    dump.ghost(1);
  }
}
