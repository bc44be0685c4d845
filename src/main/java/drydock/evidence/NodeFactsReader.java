package drydock.evidence;

import drydock.evidence.NodeFacts.Fact;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects {@link NodeFacts} from the small files of a node that say them. */
record NodeFactsReader(NodeFiles files) {
  private static final int SMALL = 64 << 10;

  /** No name of a host is longer (kernel {@code HOST_NAME_MAX} 64, RFC 1035 255). */
  private static final int MAX_LINE = 255;

  private static final int MAX_PACKAGES = 32 << 20;
  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);
  private static final Pattern NODE_NAME = Pattern.compile("CN=system:node:([^,+]+)");
  private static final String PACKAGES = "/var/lib/dpkg/status";

  NodeFacts read() throws IOException {
    SortedMap<String, String> release = new TreeMap<>();
    String source = "";
    for (String path : List.of("/etc/os-release", "/usr/lib/os-release")) {
      Optional<String> text = files.text(path, SMALL);
      if (text.isPresent()) {
        text.get().lines().forEach(line -> assign(line, release));
        source = path;
        break;
      }
    }
    String name = release.getOrDefault("PRETTY_NAME", release.get("NAME"));
    String packages = files.text(PACKAGES, MAX_PACKAGES).orElse("");
    return new NodeFacts(
        release,
        name == null ? null : new Fact(name, source),
        hostName(),
        line("/etc/machine-id"),
        kernel(),
        packageVersion(packages, "kubelet"),
        containerd(packages));
  }

  private static void assign(String line, SortedMap<String, String> into) {
    int equals = line.indexOf('=');
    if (equals > 0 && line.charAt(0) != '#') {
      String value = line.substring(equals + 1).strip();
      boolean quoted =
          value.length() >= 2
              && (value.startsWith("\"") || value.startsWith("'"))
              && value.charAt(value.length() - 1) == value.charAt(0);
      into.put(line.substring(0, equals), quoted ? value.substring(1, value.length() - 1) : value);
    }
  }

  private @Nullable Fact hostName() throws IOException {
    Fact named = line("/etc/hostname");
    if (named != null && !named.value().equals("localhost")) {
      return named;
    }
    Fact cloud = line("/var/lib/cloud/data/previous-hostname");
    if (cloud != null) {
      return cloud;
    }
    return kubeletName("/var/lib/kubelet/pki/kubelet-client-current.pem");
  }

  /** The kubelet's client certificate is made out to the node's name. */
  private @Nullable Fact kubeletName(String path) throws IOException {
    Matcher pem = CERTIFICATE.matcher(files.text(path, SMALL).orElse(""));
    if (!pem.find()) {
      return null;
    }
    try {
      byte[] bytes = pem.group().getBytes(StandardCharsets.US_ASCII);
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(bytes));
      Matcher name = NODE_NAME.matcher(certificate.getSubjectX500Principal().getName());
      return name.find() ? new Fact(name.group(1), path) : null;
    } catch (CertificateException e) {
      return null; // a certificate that cannot be read names no node
    }
  }

  /** The first line of a file, when there is something in it. */
  private @Nullable Fact line(String path) throws IOException {
    String line = files.text(path, SMALL).orElse("").lines().findFirst().orElse("").strip();
    if (line.length() > MAX_LINE) {
      files.damage(path, "the first line is too long for what it should tell");
      return null;
    }
    return line.isEmpty() || line.equals("uninitialized") ? null : new Fact(line, path);
  }

  private @Nullable Fact kernel() throws IOException {
    for (String path : List.of("/usr/lib/modules", "/lib/modules")) {
      List<String> versions = files.names(path);
      if (!versions.isEmpty()) {
        return new Fact(String.join(", ", versions), path);
      }
    }
    return null;
  }

  private static @Nullable Fact containerd(String packages) {
    Fact docker = packageVersion(packages, "containerd.io");
    return docker == null ? packageVersion(packages, "containerd") : docker;
  }

  /** The version of an installed Debian package. */
  private static @Nullable Fact packageVersion(String packages, String name) {
    boolean inside = false;
    for (String line : (Iterable<String>) packages.lines()::iterator) {
      if (line.startsWith("Package: ")) {
        inside = line.equals("Package: " + name);
      } else if (inside && line.startsWith("Version: ")) {
        return new Fact(line.substring("Version: ".length()).strip(), PACKAGES);
      }
    }
    return null;
  }
}
