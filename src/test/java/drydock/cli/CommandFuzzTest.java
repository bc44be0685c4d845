package drydock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.JsonParser;
import drydock.fs.ext4.TinyVolume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Whole commands on small file systems with bytes changed anywhere: an exit code that was agreed,
 * clear lines on standard error, clean text on standard output, the same each time.
 */
class CommandFuzzTest {
  private static final int EDIT_BYTES = 4;

  /** A damaged size makes files of terabytes of zeros, which no test can keep. */
  private static final int READ_BYTES = 16 << 20;

  private static final int TOLD_CHARACTERS = 4_000;

  /** Where {@code IMAGE} stands, the file is named. */
  private static final List<String> COMMANDS =
      List.of(
          "info IMAGE",
          "ls IMAGE / -R",
          "ls IMAGE / -R --deleted -o jsonl",
          "ls IMAGE /dir --wide",
          "find IMAGE / --wide",
          "find IMAGE / --hash -o jsonl",
          "stat IMAGE /file -o json",
          "stat IMAGE /link",
          "cat IMAGE /file",
          "hash IMAGE /",
          "debug ext4 IMAGE",
          "debug ext4 IMAGE --groups -o csv",
          "debug ext4 IMAGE --inode 12",
          "debug ext4 IMAGE --inode 13 -o json",
          "debug journal IMAGE --blocks",
          "debug ext4 IMAGE --check",
          "debug journal IMAGE --transactions -o jsonl",
          "timeline IMAGE --fraction",
          "recover IMAGE",
          "recover IMAGE --content -o jsonl");

  /**
   * The first byte picks the command, the second one features, the third whether there is a journal
   * and whether checksums fit; then each four bytes change the image: two say where.
   */
  @FuzzTest(maxDuration = "10m")
  void anyImageIsAnsweredWithAnAgreedExitCode(byte[] data) throws IOException {
    if (data.length < 3) {
      return;
    }
    TinyVolume volume = new TinyVolume(TinyVolume.Style.of(data[1])).sealed();
    if ((data[2] & 1) != 0) {
      volume.journaled(8, 40);
    }
    for (int at = 3; at + EDIT_BYTES <= data.length; at += EDIT_BYTES) {
      change(volume.bytes(), ByteBuffer.wrap(data, at, EDIT_BYTES));
    }
    if ((data[2] & 2) != 0) {
      volume.sealed();
    }
    Path image = Files.createTempFile("fuzz", ".img");
    try {
      Files.write(image, volume.bytes());
      String command = COMMANDS.get((data[0] & 0xff) % COMMANDS.size());
      answers(command, image);
    } finally {
      Files.delete(image);
    }
  }

  /** Sixteen bits are the place, the others a number of up to twelve bits and its length. */
  private static void change(byte[] raw, ByteBuffer edit) {
    int at = edit.getShort() & 0xffff;
    int value = edit.getShort();
    int length = 1 << (value >>> 12 & 3);
    long number = (value & 0x4000) != 0 ? -1 : value & 0xfff;
    for (int i = 0; i < length && at + i < raw.length; i++) {
      raw[at + i] = (byte) (i < 8 ? number >> 8 * i : 0);
    }
  }

  private static void answers(String command, Path image) {
    List<String> arguments =
        Arrays.stream(command.split(" "))
            .map(word -> word.equals("IMAGE") ? image.toString() : word)
            .toList();
    Cli.Result result = Cli.run(arguments, READ_BYTES);
    check(List.of(0, 1, 2, 3).contains(result.exit()), "exit code " + result.exit(), result);
    check(result.exit() == 0 || !result.err().isEmpty(), "silence", result);
    check(!result.err().contains("a fault of drydock"), "fault", result);
    check(!result.err().contains("not enough memory"), "memory", result);
    check(!result.err().contains("nested too deeply"), "stack", result);
    result.err().lines().forEach(line -> check(line.startsWith("drydock: "), "line", result));
    if (command.contains("json") && result.exit() != 1) {
      result.out().lines().forEach(line -> check(isJson(result, line), "JSON", result));
    } else if (!command.startsWith("cat")) {
      check(isClean(result.out().replace("\r\n", "\n")), "control characters", result);
    }
    check(isClean(result.err()), "control characters", result);
    Cli.Result again = Cli.run(arguments, READ_BYTES);
    check(Arrays.equals(result.bytes(), again.bytes()), "another answer", again);
    check(result.err().equals(again.err()), "other errors", again);
  }

  private static boolean isJson(Cli.Result result, String line) {
    return line.startsWith("{") && line.endsWith("}")
        ? JsonParser.parseString(line).isJsonObject()
        : JsonParser.parseString(new String(result.bytes(), UTF_8)) != null;
  }

  private static boolean isClean(String text) {
    return text.chars().allMatch(each -> each == '\n' || each >= ' ' && each != 0x7f);
  }

  private static void check(boolean holds, String fact, Cli.Result result) {
    if (!holds) {
      throw new AssertionError(fact + "\n" + head(result.out()) + head(result.err()));
    }
  }

  private static String head(String text) {
    return text.substring(0, Math.min(text.length(), TOLD_CHARACTERS));
  }
}
