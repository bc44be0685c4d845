package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every bit that the kernel and e2fsprogs name is a constant here and a row of the docs' table. */
class BitsTest {
  private static final Path TABLE = Path.of("docs/formats/ext4-bits.md");
  private static final Pattern ROW =
      Pattern.compile("\\| (\\w+) \\| (0x[0-9a-f]+) \\| ([^ |]+) \\| ([^|]+) \\|");

  @Test
  void everyBitOfTheKernelIsAConstantAndNoneIsMadeUp() throws IOException {
    assertThat(constants().keySet()).isEqualTo(published());
  }

  @Test
  void everyBitOfTheKernelHasARowInTheDocs() throws IOException {
    TreeMap<String, String> rows = rows();
    assertThat(rows.keySet()).isEqualTo(published());
    assertThat(rows).isEqualTo(constants());
  }

  @Test
  void namesOfFlagsAreUnique() {
    for (InodeFlag flag : InodeFlag.values()) {
      assertThat(InodeFlag.of(flag.mask())).containsExactly(flag);
    }
    assertThat(InodeFlag.of(-1)).hasSize(32);
  }

  private static TreeSet<String> published() throws IOException {
    try (InputStream in = BitsTest.class.getResourceAsStream("bits.tsv")) {
      byte[] all = Objects.requireNonNull(in).readAllBytes();
      TreeSet<String> bits = new TreeSet<>();
      for (String line : new String(all, StandardCharsets.UTF_8).lines().toList()) {
        if (!line.startsWith("#")) {
          List<String> fields = List.of(line.split("\t"));
          bits.add(fields.get(0) + " " + fields.get(1));
        }
      }
      assertThat(bits).hasSizeGreaterThan(70);
      return bits;
    }
  }

  /** From word and mask to name. */
  private static TreeMap<String, String> constants() {
    TreeMap<String, String> bits = new TreeMap<>();
    for (Feature feature : Feature.values()) {
      String word =
          switch (feature.kind()) {
            case COMPATIBLE -> "compat";
            case INCOMPATIBLE -> "incompat";
            case READ_ONLY -> "ro_compat";
          };
      bits.put(word + " 0x" + Integer.toHexString(feature.mask()), feature.label());
    }
    for (InodeFlag flag : InodeFlag.values()) {
      bits.put("inode 0x" + Integer.toHexString(flag.mask()), flag.label());
    }
    return bits;
  }

  private static TreeMap<String, String> rows() throws IOException {
    TreeMap<String, String> rows = new TreeMap<>();
    for (String line : Files.readAllLines(TABLE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        assertThat(rows.put(row.group(1) + " " + row.group(2), row.group(3))).isNull();
      }
    }
    return rows;
  }
}
