package drydock.cli.select;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.Origin;
import drydock.runtime.Container;
import drydock.runtime.ContainerState;
import drydock.runtime.PodRef;
import drydock.runtime.Role;
import drydock.runtime.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerSelectorTest {
  private static final List<Owned<Container>> ALL =
      List.of(
          container("k8s.io", "aaaa1111", "web", "shop", "web-0"),
          container("k8s.io", "aaaa2222", "web", "shop", "web-1"),
          container("k8s.io", "bbbb1111", "db", "shop", "db-0"),
          container("k8s.io", "cccc1111", "db", "bank", "db-0"),
          container("default", "rogue", null, null, null),
          container("moby", "rogue", null, null, null),
          container("moby", "db1", "bbbb", null, null));

  @Test
  void fullIdNamesIt() {
    assertThat(ids("aaaa1111")).containsExactly("k8s.io:aaaa1111");
  }

  @Test
  void prefixNamesAllThatBeginLikeIt() {
    assertThat(ids("aaaa")).containsExactly("k8s.io:aaaa1111", "k8s.io:aaaa2222");
    assertThat(ids("aaaa1")).containsExactly("k8s.io:aaaa1111");
  }

  @Test
  void prefixOfThreeNamesNothing() {
    assertThat(ids("aaa")).isEmpty();
  }

  @Test
  void wholeNameWinsOverThePrefixOfAnId() {
    assertThat(ids("bbbb")).containsExactly("moby:db1");
  }

  @Test
  void podAndNamespaceTellContainersOfOneNameApart() {
    assertThat(ids("web")).hasSize(2);
    assertThat(ids("web-1/web")).containsExactly("k8s.io:aaaa2222");
    assertThat(ids("db-0/db")).hasSize(2);
    assertThat(ids("bank/db-0/db")).containsExactly("k8s.io:cccc1111");
    assertThat(ids("bank/db-0")).isEmpty();
  }

  @Test
  void runtimeNamespaceBeforeAColonNarrowsEveryForm() {
    assertThat(ids("rogue")).hasSize(2);
    assertThat(ids("moby:rogue")).containsExactly("moby:rogue");
    assertThat(ids("k8s.io:bank/db-0/db")).containsExactly("k8s.io:cccc1111");
    assertThat(ids("k8s.io:cccc")).containsExactly("k8s.io:cccc1111");
    assertThat(ids("moby:cccc")).isEmpty();
  }

  @Test
  void nearestNamesHaveAsManyPartsAsWasTyped() {
    assertThat(match("wbe").nearest()).startsWith("web").contains("db");
    assertThat(match("bank/db-0/dB").nearest()).startsWith("bank/db-0/db");
    assertThat(match("k8s.io:rouge").nearest()).containsExactly("rogue");
    assertThat(match("nothing-like-it-at-all").nearest()).isEmpty();
    assertThat(match("x".repeat(100_000)).nearest()).isEmpty();
  }

  private static Match<Owned<Container>> match(String text) {
    return new ContainerSelector(text).among(ALL);
  }

  private static List<String> ids(String text) {
    return match(text).found().stream()
        .map(Owned::thing)
        .map(c -> c.namespace() + ":" + c.id())
        .toList();
  }

  private static Owned<Container> container(
      String namespace, String id, String name, String podNamespace, String pod) {
    ContainerState state =
        new ContainerState(Status.UNKNOWN, null, null, null, null, null, null, null);
    PodRef ref = pod == null ? null : new PodRef(podNamespace, pod, null, null);
    return new Owned<>(
        null,
        new Container(
            "containerd",
            namespace,
            id,
            name,
            ref,
            null,
            null,
            null,
            List.of(),
            state,
            null,
            Role.WORKLOAD,
            Map.of(),
            Map.of(),
            null,
            null,
            null,
            null,
            null,
            Origin.of("test")));
  }
}
