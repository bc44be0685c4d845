package drydock.cli.select;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathArgumentTest {
  @Test
  void slashAtTheStartIsOnTheNode() {
    assertNode("/etc/passwd", "/etc/passwd");
    assertNode("/a:/b", "/a:/b");
    assertNode("/", "/");
  }

  @Test
  void firstColonWithASlashEndsTheContainer() {
    assertContainer("web:/etc", "web", "/etc");
    assertContainer("shop/web-0/web:/a:/b", "shop/web-0/web", "/a:/b");
    assertContainer("k8s.io:shop/web-0/web:/", "k8s.io:shop/web-0/web", "/");
  }

  @Test
  void escapedBytesAreBytes() {
    PathArgument argument = PathArgument.parse("web:/tmp/\\xff\\x5cx41").orElseThrow();
    assertThat(argument.path())
        .isEqualTo(new byte[] {'/', 't', 'm', 'p', '/', (byte) 0xff, '\\', 'x', '4', '1'});
  }

  @Test
  void anythingElseIsNoPath() {
    assertThat(PathArgument.parse("web")).isEmpty();
    assertThat(PathArgument.parse("etc/passwd")).isEmpty();
    assertThat(PathArgument.parse("web:etc")).isEmpty();
    assertThat(PathArgument.parse(":/etc")).isEmpty();
    assertThat(PathArgument.parse("")).isEmpty();
  }

  private static void assertNode(String text, String path) {
    assertContainer(text, null, path);
  }

  private static void assertContainer(String text, String container, String path) {
    PathArgument argument = PathArgument.parse(text).orElseThrow();
    assertThat(argument.container()).isEqualTo(container);
    assertThat(new String(argument.path(), UTF_8)).isEqualTo(path);
  }
}
