package drydock.cli.debug;

import drydock.fs.ext4.Superblock;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import picocli.CommandLine.ParameterException;

/** Numbers of blocks as they are given on the command line: {@code 7}, {@code 100-199}. */
final class BlockList {
  /** What is told of each is kept until it is written. */
  private static final int MAX_BLOCKS = 1 << 20;

  private static final Pattern RANGE = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))?");

  private final Superblock superblock;
  private long[] numbers = new long[0];

  BlockList(Superblock superblock) {
    this.superblock = superblock;
  }

  void add(String text, Function<String, ParameterException> usage) {
    Matcher range = RANGE.matcher(text.strip());
    if (!range.matches()) {
      throw usage.apply("'" + text + "' is no block; write N or N-M");
    }
    long first = Long.parseLong(range.group(1));
    long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
    if (last < first || last >= superblock.blocks()) {
      throw usage.apply(
          "there is no block " + text + "; the last one is " + (superblock.blocks() - 1));
    }
    if (last - first >= MAX_BLOCKS - numbers.length) {
      throw usage.apply("more than " + MAX_BLOCKS + " blocks at once");
    }
    numbers =
        LongStream.concat(LongStream.of(numbers), LongStream.rangeClosed(first, last)).toArray();
  }

  /** Adds the block at an offset in the file system. */
  void addAt(long offset, Function<String, ParameterException> usage) {
    if (offset < 0 || offset >= superblock.size()) {
      throw usage.apply("the file system has no byte " + offset + " of its " + superblock.size());
    }
    add(Long.toString(offset / superblock.blockBytes()), usage);
  }

  boolean isEmpty() {
    return numbers.length == 0;
  }

  int size() {
    return numbers.length;
  }

  /** In the order in which they were given. */
  long[] numbers() {
    return numbers.clone();
  }
}
