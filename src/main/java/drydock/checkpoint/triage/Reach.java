package drydock.checkpoint.triage;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far away an address is, from its text: {@code 10.0.0.1:80}, {@code [fe80::1]:80}. Source: RFC
 * 1918, 3927, 4193, 4291, 6598.
 */
enum Reach {
  LOOPBACK,
  PRIVATE,
  PUBLIC;

  private static final Pattern V4 =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.\\d{1,3}\\.\\d{1,3}");
  private static final Pattern MAPPED = Pattern.compile("::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})");

  /** Of an end of a socket; of what is no address the nearest. */
  static Reach of(String end) {
    String address = address(end);
    Matcher v4 = V4.matcher(address);
    if (v4.matches()) {
      return of(Integer.parseInt(v4.group(1)), Integer.parseInt(v4.group(2)));
    }
    if (!address.contains(":")) {
      return LOOPBACK;
    }
    if (address.equals("::1")) {
      return LOOPBACK;
    }
    boolean isLocal =
        address.equals("::") || address.matches("f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*");
    return isLocal ? PRIVATE : PUBLIC;
  }

  private static Reach of(int first, int second) {
    if (first == 127) {
      return LOOPBACK;
    }
    boolean isPrivate =
        first == 10
            || first == 0
            || (first == 172 && second >= 16 && second < 32)
            || (first == 192 && second == 168)
            || (first == 169 && second == 254)
            || (first == 100 && second >= 64 && second < 128);
    return isPrivate ? PRIVATE : PUBLIC;
  }

  /** Without the port; an IPv4 address within IPv6 as the former. */
  static String address(String end) {
    int colon = end.lastIndexOf(':');
    String host = colon < 0 ? end : end.substring(0, colon);
    boolean isQuoted = host.startsWith("[") && host.endsWith("]");
    String address =
        (isQuoted ? host.substring(1, host.length() - 1) : host).toLowerCase(Locale.ROOT);
    Matcher mapped = MAPPED.matcher(address);
    if (!mapped.matches()) {
      return address;
    }
    int high = Integer.parseInt(mapped.group(1), 16);
    int low = Integer.parseInt(mapped.group(2), 16);
    return (high >> 8) + "." + (high & 0xff) + "." + (low >> 8) + "." + (low & 0xff);
  }
}
