package drydock.checkpoint.kernel;

import drydock.bytes.LittleEndian;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A program of the old packet filter as seccomp takes it, as text, an instruction a line: {@code
 * 0004: jeq #59, 0006, 0005}. Targets of jumps are numbers of instructions. Pure.
 */
final class FilterProgram {
  private static final int SIZE = 8;

  private static final List<String> ARITHMETIC =
      List.of("add", "sub", "mul", "div", "or", "and", "lsh", "rsh", "neg", "mod", "xor");

  private static final List<String> JUMPS = List.of("ja", "jeq", "jgt", "jge", "jset");

  private FilterProgram() {}

  /** What is behind the last whole instruction is not looked at. */
  static List<String> lines(byte[] program) {
    List<String> lines = new ArrayList<>();
    for (int at = 0; at + SIZE <= program.length; at += SIZE) {
      int number = at / SIZE;
      lines.add(String.format(Locale.ROOT, "%04d: %s", number, instruction(program, at, number)));
    }
    return lines;
  }

  private static String instruction(byte[] raw, int at, int number) {
    int code = LittleEndian.u16(raw, at);
    long k = LittleEndian.u32(raw, at + 4);
    return switch (code & 7) {
      case 0 -> "ld" + width(code) + " " + place(code, k);
      case 1 -> "ldx " + place(code, k);
      case 2 -> "st M[" + k + "]";
      case 3 -> "stx M[" + k + "]";
      case 4 -> arithmetic(code, k);
      case 5 -> jump(code, k, number + 1L, raw[at + 2] & 0xff, raw[at + 3] & 0xff);
      case 6 -> "ret " + ((code & 0x18) == 0x10 ? "a" : action(k));
      default -> (code & 0xf8) == 0x80 ? "txa" : "tax";
    };
  }

  private static String width(int code) {
    return switch (code & 0x18) {
      case 0x08 -> "h";
      case 0x10 -> "b";
      default -> "";
    };
  }

  /** Source of the offsets: struct seccomp_data of seccomp.h. */
  private static String place(int code, long k) {
    return switch (code & 0xe0) {
      case 0x00 -> "#" + k;
      case 0x20 -> "[" + k + "]" + field(k);
      case 0x40 -> "[x+" + k + "]";
      case 0x60 -> "M[" + k + "]";
      case 0x80 -> "len";
      default -> "?" + Integer.toHexString(code);
    };
  }

  private static String field(long offset) {
    if (offset == 0) {
      return " syscall";
    }
    if (offset == 4) {
      return " architecture";
    }
    if (offset == 8 || offset == 12) {
      return " instruction pointer, " + (offset == 8 ? "low" : "high");
    }
    long argument = (offset - 16) / 8;
    return offset >= 16 && argument < 6
        ? " argument " + argument + (offset % 8 == 0 ? ", low" : ", high")
        : "";
  }

  private static String operand(int code, long k) {
    return (code & 8) != 0 ? "x" : "#0x" + Long.toHexString(k);
  }

  private static String arithmetic(int code, long k) {
    int index = code >>> 4 & 0xf;
    String name = index < ARITHMETIC.size() ? ARITHMETIC.get(index) : "alu-" + index;
    return name.equals("neg") ? name : name + " " + operand(code, k);
  }

  private static String jump(int code, long k, long next, int whenTrue, int whenFalse) {
    int index = code >>> 4 & 0xf;
    String name = index < JUMPS.size() ? JUMPS.get(index) : "jump-" + index;
    return index == 0
        ? String.format(Locale.ROOT, "ja %04d", next + k)
        : String.format(
            Locale.ROOT,
            "%s %s, %04d, %04d",
            name,
            operand(code, k),
            next + whenTrue,
            next + whenFalse);
  }

  /** What the kernel does then; its upper half is the action, the lower one goes with it. */
  private static String action(long value) {
    long data = value & 0xffff;
    return switch ((int) (value >>> 16)) {
      case 0x8000 -> "KILL_PROCESS";
      case 0x0000 -> "KILL_THREAD";
      case 0x0003 -> "TRAP " + data;
      case 0x0005 -> "ERRNO " + data;
      case 0x7fc0 -> "USER_NOTIF";
      case 0x7ff0 -> "TRACE " + data;
      case 0x7ffc -> "LOG";
      case 0x7fff -> "ALLOW";
      default -> "0x" + Long.toHexString(value);
    };
  }
}
