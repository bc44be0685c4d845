package drydock.checkpoint.memory;

import drydock.checkpoint.CheckpointFixture;
import drydock.finding.FindingLog;
import drydock.fs.Node;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The memory of checkpoints of fixtures/, without the archive around it. */
final class MemoryFixture {
  private static final String IMAGES = "checkpoint/";

  private MemoryFixture() {}

  static Memory open(String name, FindingLog log) throws IOException {
    return Memory.open(images(name), List.of(), log);
  }

  /** The directory of the images. */
  static Node images(String name) throws IOException {
    List<Picture> files = new ArrayList<>();
    for (Map.Entry<String, byte[]> member : CheckpointFixture.members(name).entrySet()) {
      if (member.getKey().startsWith(IMAGES)) {
        String file = member.getKey().substring(IMAGES.length());
        files.add(Picture.file(file, member.getValue()));
      }
    }
    return PictureTree.of(files.toArray(Picture[]::new)).root();
  }
}
