package drydock.checkpoint.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the start of a container adds, and what its programs do. */
class StartChangeTest {
  private static byte @Nullable [] raw(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable StartChange variable(
      String name, String value, @Nullable String started, @Nullable String first) {
    return StartChange.ofVariable(
        name, value.getBytes(StandardCharsets.UTF_8), raw(started), raw(first));
  }

  private static @Nullable StartChange arguments(String text, String... started) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return StartChange.ofArguments(bytes, bytes.length, List.of(started));
  }

  @Test
  void homeIsTheRuntimesOnlyWhereNobodyNamedItAndTheFirstProcessHasItSo() {
    assertThat(variable("HOME", "/root", null, "/root")).isEqualTo(StartChange.RUNTIME);
    assertThat(variable("HOME", "/root", "", "/root")).isEqualTo(StartChange.RUNTIME);
    assertThat(variable("HOME", "/root", "/srv", "/root")).isNull();
    assertThat(variable("HOME", "/tmp/.x", null, "/root")).isNull();
    assertThat(variable("HOME", "/root", null, null)).isNull();
    assertThat(variable("HOME", "me", null, "me")).isNull();
    assertThat(variable("LISTEN_PID", "1", null, "1")).isEqualTo(StartChange.RUNTIME);
    assertThat(variable("LD_PRELOAD", "/x", null, "/x")).isNull();
  }

  @Test
  void argumentsAreThoseOfTheStartOrToldWhyNot() {
    assertThat(arguments("/a\0b\0", "/a", "b")).isNull();
    assertThat(arguments("/b\0b\0", "/a", "b")).isEqualTo(StartChange.TITLE);
    assertThat(arguments("x\0\0\0\0", "/a", "b")).isEqualTo(StartChange.TITLE);
    assertThat(arguments("/other\0", "/a", "b")).isEqualTo(StartChange.PROGRAM);
    assertThat(arguments("/bin/sh\0/a\0b\0", "/a", "b")).isEqualTo(StartChange.INTERPRETER);
    assertThat(arguments("/bin/sh\0-e\0/bin/a.sh\0b\0", "a.sh", "b"))
        .isEqualTo(StartChange.INTERPRETER);
    assertThat(arguments("/bin/sh\0/a\0c\0", "/a", "b")).isEqualTo(StartChange.PROGRAM);
    assertThat(arguments("/x\0y\0z\0/a\0b\0", "/a", "b")).isEqualTo(StartChange.PROGRAM);
  }
}
