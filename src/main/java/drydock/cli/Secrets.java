package drydock.cli;

import drydock.report.VariableReport.Variable;
import java.util.regex.Pattern;

/**
 * Tells which variables look secret: by their name, or because the value has a key's or token's
 * form.
 */
final class Secrets {
  private static final String MASK = "[redacted]";

  private static final Pattern NAME =
      Pattern.compile(
          "(?i).*(pass(word|wd|phrase)?|secret|token|credential|api_?key|access_?key|private_?key"
              + "|encryption_?key|signing_?key|auth_?key|_key|^key|salt|nonce|cookie|wallet|mnemonic"
              + "|dsn|connection_?string|authorization).*");

  /**
   * Private keys, JSON web tokens, keys of AWS, Google, GitHub and Slack, and URLs with a password.
   */
  private static final Pattern VALUE =
      Pattern.compile(
          "(?s).*(-----BEGIN [A-Z ]*PRIVATE KEY-----|\\beyJ[\\w-]{8,}\\.eyJ[\\w-]{8,}\\.|\\bA[KS]IA[0-9A-Z]{16}\\b"
              + "|\\bAIza[\\w-]{35}|\\bgh[pousr]_\\w{30,}|\\bxox[abposr]-[\\w-]{10,}"
              + "|://[^/\\s:@]*:[^/\\s@]+@).*");

  private Secrets() {}

  static Variable mask(Variable variable) {
    boolean secret =
        NAME.matcher(variable.name()).matches() || VALUE.matcher(variable.value()).matches();
    return secret && !variable.value().isEmpty()
        ? new Variable(variable.container(), variable.name(), MASK)
        : variable;
  }
}
