package drydock.fs.tar;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** Any bytes are an archive or are refused with our errors. */
class TarTreeFuzzTest {
  @FuzzTest(maxDuration = "2m")
  void anyBytesAreAnArchiveOrRefused(byte[] data) throws IOException {
    HostileArchiveTest.tryAll(data);
  }
}
