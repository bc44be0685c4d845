package drydock.drift;

import java.util.Locale;

/** Why a change deserves a look: short names that do not change. What each means: {@link Rules}. */
public enum Mark {
  EXECUTABLE,
  SCRIPT,
  SET_ID,
  CAPABILITY,
  DEVICE,
  HIDDEN,
  ODD_NAME,
  SYSTEM_FILE,
  UNPACKAGED,
  PRELOAD,
  CRON,
  SERVICE,
  SHELL_START,
  ACCOUNT,
  AUTHORIZED_KEYS,
  HISTORY,
  WEB_SCRIPT,
  LOG_REMOVED,
  TIME_STOMPED,
  UNREADABLE;

  /** The name in records: {@code set-id} ... */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
