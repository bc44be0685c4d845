package drydock.runtime.containerd;

import static java.nio.charset.StandardCharsets.UTF_8;

import drydock.bytes.Origin;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The head of a spec of 20 mounts, about 3 KiB of JSON. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SpecHeadBench {
  private final Origin origin = Origin.of("spec");
  private final byte[] json =
      ("{\"ociVersion\":\"1.1.0\",\"process\":{\"user\":{\"uid\":0,\"gid\":0},\"args\":[\"/bin/service\","
              + "\"-v\"],\"env\":[\"PATH=/bin\"],\"cwd\":\"/\"},\"hostname\":\"pod\",\"mounts\":["
              + IntStream.range(0, 20)
                  .mapToObj(
                      i ->
                          "{\"destination\":\"/srv/"
                              + i
                              + "\",\"type\":\"bind\",\"source\":\"/var/lib/kubelet/pods/0/volumes/"
                              + i
                              + "\",\"options\":[\"rbind\",\"rprivate\",\"ro\"]}")
                  .collect(Collectors.joining(","))
              + "],\"linux\":{\"namespaces\":[{\"type\":\"pid\"}]}}")
          .getBytes(UTF_8);

  @Benchmark
  public Object decode() throws IOException {
    return SpecHead.decode(json, origin);
  }
}
