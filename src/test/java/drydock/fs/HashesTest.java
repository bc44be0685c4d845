package drydock.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.LeftOutException;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.host.HostTree;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashesTest {
  private static ByteSource source(byte[] bytes) {
    return new ArraySource(bytes, Origin.of("test"));
  }

  @Test
  void knownTextsHaveTheirKnownHashes() throws IOException {
    ByteSource abc = source("abc".getBytes(StandardCharsets.US_ASCII));

    assertThat(Hashes.of(abc, EnumSet.allOf(HashAlgorithm.class)))
        .containsEntry(
            HashAlgorithm.SHA256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        .containsEntry(HashAlgorithm.SHA1, "a9993e364706816aba3e25717850c26c9cd0d89d")
        .containsEntry(HashAlgorithm.MD5, "900150983cd24fb0d6963f7d28e17f72")
        .containsEntry(
            HashAlgorithm.SHA512,
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
    assertThat(Hashes.of(source(new byte[0]), HashAlgorithm.MD5))
        .isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
  }

  @Test
  void contentLargerThanTheBufferIsHashedWhole() throws Exception {
    byte[] bytes = new byte[700_001];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    byte[] expected = MessageDigest.getInstance("SHA-256").digest(bytes);

    assertThat(Hashes.of(source(bytes), HashAlgorithm.SHA256))
        .isEqualTo(HexFormat.of().formatHex(expected));
  }

  @Test
  void holesCountAsZerosAndAreNotRead() throws Exception {
    byte[] bytes = new byte[600_000];
    bytes[599_999] = 1;
    long[] read = {0};
    ByteSource sparse = new Sparse(source(bytes), read);
    byte[] expected = MessageDigest.getInstance("SHA-256").digest(bytes);

    assertThat(Hashes.of(sparse, HashAlgorithm.SHA256))
        .isEqualTo(HexFormat.of().formatHex(expected));
    assertThat(read[0]).isEqualTo(100);
  }

  @Test
  void aFileOfTerabytesOfHolesIsNotHashed(@TempDir Path folder) throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("large").toFile(), "rw")) {
      file.setLength(1L << 40);
    }
    try (HostTree tree = HostTree.open(folder, new FindingLog())) {
      ByteSource content = new Lookup(tree).find("/large").node().content();
      assertThatThrownBy(() -> Hashes.of(content, HashAlgorithm.SHA256))
          .isInstanceOf(LeftOutException.class)
          .hasMessageContaining("1099511627776 bytes");
    }
  }

  /** Says that all but the last hundred bytes are a hole. */
  private record Sparse(ByteSource source, long[] read) implements ByteSource {
    @Override
    public long size() {
      return source.size();
    }

    @Override
    public Origin origin() {
      return source.origin();
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) throws IOException {
      read[0] += length;
      source.read(position, into, offset, length);
    }

    @Override
    public long nextData(long position) {
      return Math.max(position, size() - 100);
    }

    @Override
    public long nextHole(long position) {
      return position < size() - 100 ? position : size();
    }
  }
}
