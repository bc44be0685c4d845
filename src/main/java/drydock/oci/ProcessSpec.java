package drydock.oci;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The process that a container was started with (runtime-spec, config.md, "process"). Null is not
 * said.
 *
 * @param user by number; {@code username} is Windows'
 * @param env as {@code NAME=value}
 */
public record ProcessSpec(
    boolean terminal,
    User user,
    List<String> args,
    List<String> env,
    @Nullable String cwd,
    Capabilities capabilities,
    List<Rlimit> rlimits,
    boolean noNewPrivileges,
    @Nullable String apparmorProfile,
    @Nullable String selinuxLabel,
    @Nullable Long oomScoreAdj) {
  /** A process's user and groups. */
  public record User(
      @Nullable Long uid,
      @Nullable Long gid,
      @Nullable Long umask,
      List<Long> additionalGids,
      @Nullable String username) {
    static final User NONE = new User(null, null, null, List.of(), null);

    static User of(Fields fields) {
      return new User(
          fields.number("uid"),
          fields.number("gid"),
          fields.number("umask"),
          fields.numbers("additionalGids"),
          fields.text("username"));
    }
  }

  /** The five sets of capabilities, as {@code CAP_CHOWN}. */
  public record Capabilities(
      List<String> bounding,
      List<String> effective,
      List<String> inheritable,
      List<String> permitted,
      List<String> ambient) {
    static final Capabilities NONE =
        new Capabilities(List.of(), List.of(), List.of(), List.of(), List.of());

    static Capabilities of(Fields fields) {
      return new Capabilities(
          fields.texts("bounding"),
          fields.texts("effective"),
          fields.texts("inheritable"),
          fields.texts("permitted"),
          fields.texts("ambient"));
    }
  }

  /** A resource limit; both numbers are unsigned, all ones is without limit. */
  public record Rlimit(@Nullable String type, @Nullable Long soft, @Nullable Long hard) {
    static Rlimit of(Fields fields) {
      return new Rlimit(fields.text("type"), fields.number("soft"), fields.number("hard"));
    }
  }

  static ProcessSpec of(Fields fields) {
    return new ProcessSpec(
        Boolean.TRUE.equals(fields.flag("terminal")),
        fields.object("user").map(User::of).orElse(User.NONE),
        fields.texts("args"),
        fields.texts("env"),
        fields.text("cwd"),
        fields.object("capabilities").map(Capabilities::of).orElse(Capabilities.NONE),
        fields.objects("rlimits").stream().map(Rlimit::of).toList(),
        Boolean.TRUE.equals(fields.flag("noNewPrivileges")),
        fields.text("apparmorProfile"),
        fields.text("selinuxLabel"),
        fields.number("oomScoreAdj"));
  }
}
