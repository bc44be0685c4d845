package drydock.drift;

import drydock.fs.Name;
import drydock.fs.NameText;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules about where something lies and how it is called. */
final class Places {
  private static final String[] TEMPORARY = {
    "/tmp", "/var/tmp", "/dev", "/run", "/var/run", "/run/lock", "/var/lock"
  };
  private static final String[] OF_SYSTEM = {
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/usr/bin",
    "/usr/sbin",
    "/usr/lib",
    "/usr/lib32",
    "/usr/lib64",
    "/usr/libexec",
    "/usr/local/bin",
    "/usr/local/sbin"
  };
  private static final Set<String> HISTORIES =
      Set.of(
          ".bash_history",
          ".ash_history",
          ".sh_history",
          ".zsh_history",
          ".history",
          ".python_history",
          ".node_repl_history",
          ".mysql_history",
          ".psql_history",
          ".sqlite_history",
          ".rediscli_history",
          ".dbshell",
          ".viminfo",
          ".lesshst",
          ".wget-hsts");

  private Places() {}

  /** What hides among temporary files and devices. */
  static @Nullable String hidden(Suspect suspect) {
    if (suspect.upper() == null || !suspect.isIn(TEMPORARY)) {
      return null;
    }
    boolean isNew = suspect.lower() == null || suspect.isNewContent();
    if (isNew && suspect.file() != null && suspect.isIn("/dev")) {
      return "a file among devices";
    }
    for (Name name : suspect.names()) {
      if (isNew && name.startsWith(".")) {
        return "a name with a dot before it among temporary files";
      }
    }
    return null;
  }

  /** A name that people do not see as it is. */
  static @Nullable String oddName(Suspect suspect) {
    if (suspect.upper() == null || suspect.lower() != null) {
      return null;
    }
    Name name = suspect.path().name();
    if (!NameText.isUtf8(name.bytes())) {
      return "its name is no text";
    }
    String text = name.toString();
    if (!text.isEmpty() && text.chars().allMatch(c -> c == '.' || c == ' ')) {
      return "its name is dots and spaces";
    }
    if (text.startsWith(" ") || text.endsWith(" ")) {
      return "its name begins or ends with a space";
    }
    return text.codePoints().anyMatch(Places::isUnseen)
        ? "its name has characters that are not seen"
        : null;
  }

  private static boolean isUnseen(int character) {
    int type = Character.getType(character);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.PRIVATE_USE
        || type == Character.UNASSIGNED
        || (character != ' ' && Character.isSpaceChar(character));
  }

  static boolean isOfSystem(Suspect suspect) {
    return suspect.isIn(OF_SYSTEM);
  }

  /** A program or library of the image that is not as it was. */
  static @Nullable String systemFile(Suspect suspect) {
    Side lower = suspect.lower();
    boolean was = lower != null && !lower.meta().isDirectory() && !suspect.isDirectory();
    return was && isOfSystem(suspect) && suspect.kind() != ChangeKind.MOVED
        ? "of the image's programs and libraries: " + suspect.happened()
        : null;
  }

  static @Nullable String preload(Suspect suspect) {
    boolean is =
        suspect.isIn("/etc/ld.so.preload", "/etc/ld.so.conf", "/etc/ld.so.conf.d")
            || (suspect.isIn("/etc") && suspect.name().startsWith("ld-musl-"));
    return file(suspect, is, "says which code is loaded into programs");
  }

  static @Nullable String cron(Suspect suspect) {
    boolean is =
        suspect.isIn(
            "/etc/crontab",
            "/etc/anacrontab",
            "/etc/cron.d",
            "/etc/cron.hourly",
            "/etc/cron.daily",
            "/etc/cron.weekly",
            "/etc/cron.monthly",
            "/etc/crontabs",
            "/var/spool/cron",
            "/var/spool/at",
            "/etc/periodic");
    return file(suspect, is, "says what is run at which time");
  }

  static @Nullable String service(Suspect suspect) {
    boolean is =
        suspect.isIn(
                "/etc/systemd",
                "/lib/systemd",
                "/usr/lib/systemd",
                "/run/systemd/system",
                "/etc/init.d",
                "/etc/rc.local",
                "/etc/inittab",
                "/etc/supervisor",
                "/etc/s6",
                "/etc/service",
                "/etc/sv")
            || suspect.text().matches("/etc/rc[0-6S]\\.d/.*")
            || suspect.text().contains("/.config/systemd/");
    return file(suspect, is, "says what is started as a service");
  }

  static @Nullable String shellStart(Suspect suspect) {
    boolean is =
        suspect.isIn("/etc/profile", "/etc/profile.d", "/etc/environment", "/etc/bash.bashrc")
            || suspect.isIn("/etc/zsh", "/etc/bashrc")
            || suspect.isNamed(
                ".bashrc",
                ".bash_profile",
                ".bash_login",
                ".bash_logout",
                ".profile",
                ".zshrc",
                ".zprofile",
                ".zshenv");
    return file(suspect, is, "run when a shell starts");
  }

  static @Nullable String account(Suspect suspect) {
    boolean is =
        suspect.isIn(
            "/etc/passwd",
            "/etc/shadow",
            "/etc/group",
            "/etc/gshadow",
            "/etc/sudoers",
            "/etc/sudoers.d",
            "/etc/doas.conf",
            "/etc/pam.d",
            "/etc/security",
            "/etc/ssh");
    return file(suspect, is, "says who may do what");
  }

  static @Nullable String authorizedKeys(Suspect suspect) {
    boolean is = suspect.isNamed("authorized_keys", "authorized_keys2");
    return file(suspect, is, "keys that may log in");
  }

  static boolean isHistory(Suspect suspect) {
    return HISTORIES.contains(suspect.name());
  }

  static @Nullable String history(Suspect suspect) {
    Side upper = suspect.upper();
    boolean isLink = upper != null && upper.meta().isSymlink();
    return file(
        suspect, isHistory(suspect), isLink ? "a history that is led elsewhere" : "what was typed");
  }

  private static @Nullable String file(Suspect suspect, boolean is, String why) {
    return is && !suspect.isDirectory() ? why + ": " + suspect.happened() : null;
  }
}
