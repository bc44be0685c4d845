package drydock.checkpoint.network;

import com.code_intelligence.jazzer.junit.FuzzTest;
import drydock.checkpoint.criu.Images;
import drydock.finding.FindingLog;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Any bytes are the images of a network, as far as they go. */
class NetworkFuzzTest {
  private static final List<String> NAMES =
      List.of(
          "ifaddr-1.img",
          "route-1.img",
          "route6-1.img",
          "rule-1.img",
          "netns-ct-1.img",
          "netns-exp-1.img",
          "netdev-1.img",
          "netns-1.img",
          "iptables-1.img");

  @FuzzTest(maxDuration = "2m")
  void anyBytesAreANetworkAsFarAsTheyGo(byte[] data) throws IOException {
    if (data.length == 0) {
      return;
    }
    String name = NAMES.get((data[0] & 0xff) % NAMES.size());
    Picture image = Picture.file(name, Arrays.copyOfRange(data, 1, data.length));
    FindingLog log = new FindingLog();
    Networks.tell(
        Images.of(PictureTree.of(image).root(), log), log, fact -> fact.details().fields());
  }
}
