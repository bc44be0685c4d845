package drydock.checkpoint.network;

import java.util.Locale;

/** What is told of a network, in the order in which it is told. */
public enum NetworkKind {
  NAMESPACE,
  INTERFACE,
  ADDRESS,
  ROUTE,
  RULE,
  /** A connection that passed the firewall. */
  CONNECTION,
  /** A connection that another one announced, as the data of FTP. */
  EXPECTATION,
  /** A line of the firewall. */
  FIREWALL;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
