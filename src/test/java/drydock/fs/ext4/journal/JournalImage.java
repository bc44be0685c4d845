package drydock.fs.ext4.journal;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.LittleEndian;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** A small ext4 image of the fixtures, in memory, with its journal as a source of its own. */
record JournalImage(byte[] bytes, int blockBytes, String journalRuns) {
  static final Path FOLDER = Path.of(System.getProperty("fixtures", "fixtures"), "ext4-journal");

  static JournalImage open(String name, int blockBytes, String journalRuns) throws IOException {
    try (GZIPInputStream in =
        new GZIPInputStream(Files.newInputStream(FOLDER.resolve(name + ".img.gz")))) {
      return new JournalImage(in.readAllBytes(), blockBytes, journalRuns);
    }
  }

  static JournalImage named(String name) throws IOException {
    for (String line : Files.readAllLines(FOLDER.resolve("expected.tsv"), StandardCharsets.UTF_8)) {
      String[] row = line.split("\t");
      if (row[0].equals(name)) {
        return open(name, Integer.parseInt(row[1]), row[2]);
      }
    }
    throw new IllegalArgumentException(name);
  }

  ByteSource disk() {
    return new ArraySource(bytes, Origin.of("image"));
  }

  byte[] journal() {
    ByteArrayOutputStream journal = new ByteArrayOutputStream();
    for (int[] run : runs()) {
      journal.write(bytes, run[0], run[1] - run[0]);
    }
    return journal.toByteArray();
  }

  ReplayFacts facts() {
    return new ReplayFacts(
        blockBytes, LittleEndian.u32(bytes, 1024 + 4), LittleEndian.u16(bytes, 1024 + 88));
  }

  Replayed replay(FindingLog log) throws IOException {
    return replay(journal(), log);
  }

  Replayed replay(byte[] journal, FindingLog log) throws IOException {
    ByteSource source = new ArraySource(journal, Origin.of("image").child("journal"));
    return JournalReplay.apply(disk(), source, facts(), log);
  }

  /** SHA-256 of a state of the image, with zeros for the superblock and the journal. */
  String sum(ByteSource state) throws IOException {
    byte[] all = state.allBytes(bytes.length);
    byte[] copy = Arrays.copyOf(all, all.length);
    Arrays.fill(copy, 1024, 2048, (byte) 0);
    for (int[] run : runs()) {
      Arrays.fill(copy, run[0], run[1], (byte) 0);
    }
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(copy));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where the journal's runs start and end, in bytes. */
  private int[][] runs() {
    return Arrays.stream(journalRuns.split(","))
        .map(run -> run.split("-"))
        .map(
            run ->
                new int[] {
                  Integer.parseInt(run[0]) * blockBytes,
                  (Integer.parseInt(run[run.length - 1]) + 1) * blockBytes
                })
        .toArray(int[][]::new);
  }
}
