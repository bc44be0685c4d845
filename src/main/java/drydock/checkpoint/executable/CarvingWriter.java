package drydock.checkpoint.executable;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.checkpoint.memory.MemorySink;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.HashAlgorithm;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Writes an executable part by part, hashes it, and counts what is not as in its file. */
final class CarvingWriter {
  private static final int CHUNK = 64 << 10;

  private final Executable executable;
  private final MemorySink sink;
  private final FindingLog log;
  private final MessageDigest digest = HashAlgorithm.SHA256.start();
  private final byte[] zeros = new byte[CHUNK];
  private final byte[] chunk = new byte[CHUNK];
  private boolean isFileDamaged;
  private long position;
  private long changed;
  private long changedCode;

  CarvingWriter(Executable executable, MemorySink sink, FindingLog log) {
    this.executable = executable;
    this.sink = sink;
    this.log = log;
  }

  void write(CarvedPart part) throws IOException {
    switch (part.kind()) {
      case MEMORY -> executable.space().copy(part.address(), part.length(), ran(part), log);
      case FILE -> copy(executable.original(), part.length());
      case MISSING -> skip(part.length());
    }
  }

  Carving.Written finish() {
    return new Carving.Written(HexFormat.of().formatHex(digest.digest()), changed, changedCode);
  }

  /** Takes the bytes of memory and looks which of them the file has otherwise. */
  private MemorySink ran(CarvedPart part) {
    return new MemorySink() {
      @Override
      public void write(byte[] bytes, int length) throws IOException {
        for (int done = 0; done < length; ) {
          int step = Math.min(CHUNK, length - done);
          count(bytes, done, step, part.isCode());
          done += step;
          position += step;
        }
        digest.update(bytes, 0, length);
        sink.write(bytes, length);
      }

      @Override
      public void zeros(long length) throws IOException {
        for (long done = 0; done < length; ) {
          int step = (int) Math.min(CHUNK, length - done);
          count(zeros, 0, step, part.isCode());
          digest.update(zeros, 0, step);
          done += step;
          position += step;
        }
        sink.zeros(length);
      }
    };
  }

  private void count(byte[] bytes, int from, int length, boolean isCode) throws IOException {
    ByteSource file = executable.original();
    if (file == null || !read(file, position, length)) {
      return;
    }
    long differing = 0;
    for (int i = 0; i < length; i++) {
      differing += bytes[from + i] == chunk[i] ? 0 : 1;
    }
    changed += differing;
    changedCode += isCode ? differing : 0;
  }

  private void copy(@Nullable ByteSource file, long length) throws IOException {
    for (long done = 0; done < length; ) {
      int step = (int) Math.min(CHUNK, length - done);
      if (file != null && read(file, position, step)) {
        digest.update(chunk, 0, step);
        sink.write(chunk, step);
        position += step;
      } else {
        skip(step);
      }
      done += step;
    }
  }

  private void skip(long length) throws IOException {
    for (long done = 0; done < length; ) {
      int step = (int) Math.min(CHUNK, length - done);
      digest.update(zeros, 0, step);
      done += step;
    }
    sink.zeros(length);
    position += length;
  }

  /** Whether the file has it; that it is damaged is told once. */
  private boolean read(ByteSource file, long offset, int length) throws IOException {
    try {
      file.read(offset, chunk, 0, length);
      return true;
    } catch (CorruptDataException e) {
      if (!isFileDamaged) {
        log.add(Finding.of(e));
      }
      isFileDamaged = true;
      return false;
    }
  }
}
