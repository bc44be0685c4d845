package drydock.oci;

import java.util.regex.Pattern;

/**
 * Tells which variables look secret: by their name, or because the value has a key's or token's
 * form. Pure; safe from many threads.
 */
public final class SecretTest {
  private static final Pattern NAME =
      Pattern.compile(
          "(?i).*(pass(word|wd|phrase)?|secret|token|credential|api_?key|access_?key|private_?key"
              + "|encryption_?key|signing_?key|auth_?key|_key|^key|salt|nonce|cookie|wallet|mnemonic"
              + "|dsn|connection_?string|authorization).*");

  /** More than this is not looked at: texts of evidence may be made to keep a pattern busy. */
  private static final int MAX_LENGTH = 1 << 16;

  /**
   * Private keys, JSON web tokens, keys of AWS, Google, GitHub and Slack, and URLs with a password.
   */
  private static final Pattern VALUE =
      Pattern.compile(
          "(?s).*(-----BEGIN [A-Z ]*PRIVATE KEY-----|\\beyJ[\\w-]{8,1000}\\.eyJ[\\w-]{8}|\\bA[KS]IA[0-9A-Z]{16}\\b"
              + "|\\bAIza[\\w-]{35}|\\bgh[pousr]_\\w{30,}|\\bxox[abposr]-[\\w-]{10,}"
              + "|://[^/\\s:@]{0,256}:[^/\\s@]{1,256}@).*");

  private SecretTest() {}

  /** Whether a variable looks secret; one without a value never does. */
  public static boolean looksSecret(String name, String value) {
    return !value.isEmpty()
        && (NAME.matcher(head(name)).matches() || VALUE.matcher(head(value)).matches());
  }

  private static String head(String text) {
    return text.substring(0, Math.min(text.length(), MAX_LENGTH));
  }
}
