package drydock.cli;

import drydock.oci.SecretTest;
import drydock.report.VariableReport.Variable;

/** Masks the values of variables that look secret. */
final class Secrets {
  private static final String MASK = "[redacted]";

  private Secrets() {}

  static Variable mask(Variable variable) {
    return SecretTest.looksSecret(variable.name(), variable.value())
        ? new Variable(variable.container(), variable.name(), MASK)
        : variable;
  }
}
