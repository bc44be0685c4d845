package drydock.checkpoint.criu;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.checkpoint.CheckpointFixture;
import drydock.finding.FindingLog;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Images that are cut short or have wrong bits: findings, and what is left, soon. */
final class DamagedImagesTest {
  private static final int ROUNDS = 4;

  private static Map<String, byte[]> kinds() throws IOException {
    Path path = Path.of(System.getProperty("fixtures", "fixtures"), "criu", "kinds.tar.zst");
    Map<String, byte[]> images = new TreeMap<>(CheckpointFixture.unpacked(path));
    images.keySet().removeIf(name -> ImageKind.ofName(name).isRaw());
    return images;
  }

  private static void readAll(Map<String, byte[]> images) throws IOException {
    List<Picture> files = new ArrayList<>();
    images.forEach((name, bytes) -> files.add(Picture.file(name, bytes)));
    FindingLog log = new FindingLog();
    Dump dump = Dump.open(PictureTree.of(files.toArray(Picture[]::new)).root(), log);
    dump.processes();
    dump.holders();
    dump.sockets().forEach(Socket::receiveQueue);
    dump.mounts();
    dump.namespaces();
    dump.inventory();
    for (OpenFile file : dump.files().values()) {
      if (file.ghost() != null && dump.ghost(file.ghost()).isPresent()) {
        dump.ghost(file.ghost()).get().content().nextData(0);
      }
    }
  }

  private static void render(String name, byte[] bytes) throws IOException {
    ImageFile.open(name, ImageFileTest.source(bytes), new FindingLog())
        .entries(
            entry -> {
              Rendering.of(entry);
              return true;
            });
  }

  @Test
  void wrongBitsInAnyImageLeaveTheRest() throws IOException {
    Map<String, byte[]> images = kinds();
    Random random = new Random(7);
    Assertions.assertTimeout(
        Duration.ofSeconds(120),
        () -> {
          for (String name : images.keySet()) {
            for (int round = 0; round < ROUNDS; round++) {
              Map<String, byte[]> hurt = new TreeMap<>(images);
              byte[] bytes = images.get(name).clone();
              for (int i = 0; i <= round; i++) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
              }
              hurt.put(name, bytes);
              render(name, bytes);
              readAll(hurt);
            }
          }
        });
  }

  @Test
  void imagesThatAreCutShortLeaveTheRest() throws IOException {
    Map<String, byte[]> images = kinds();
    for (String name : images.keySet()) {
      byte[] whole = images.get(name);
      for (int part = 0; part < ROUNDS; part++) {
        byte[] cut = Arrays.copyOf(whole, whole.length * part / ROUNDS);
        Map<String, byte[]> hurt = new TreeMap<>(images);
        hurt.put(name, cut);
        render(name, cut);
        readAll(hurt);
      }
    }
  }

  @Test
  void imagesThatAreNotThereLeaveTheRest() throws IOException {
    Map<String, byte[]> images = kinds();
    for (String name : images.keySet()) {
      Map<String, byte[]> without = new TreeMap<>(images);
      without.remove(name);
      readAll(without);
    }
    readAll(Map.of());
    assertThat(images).hasSizeGreaterThan(40);
  }
}
