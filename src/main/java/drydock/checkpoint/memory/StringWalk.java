package drydock.checkpoint.memory;

import drydock.bytes.ByteSource;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Looks for texts in what a walk comes to. What cannot be read is a finding. For one thread. */
final class StringWalk implements AddressSpace.Walker {
  private static final int CHUNK = 1 << 18;
  private static final int SMALL = 4096;

  private final List<TextRun> runs = new ArrayList<>();
  private final byte[] buffer = new byte[CHUNK];
  private final FindingLog log;

  StringWalk(int shortest, List<TextKind> kinds, FindingLog log, TextRun.Sink sink) {
    this.log = log;
    for (int i = 0; i < kinds.size(); i++) {
      runs.add(new TextRun(i, kinds.get(i), 0, shortest, sink));
      if (kinds.get(i) != TextKind.ASCII) {
        runs.add(new TextRun(i, kinds.get(i), 1, shortest, sink));
      }
    }
  }

  @Override
  public void piece(Piece piece, boolean isOwn) throws IOException {
    ByteSource source = piece.source();
    if (source == null || !isOwn) {
      gap();
      return;
    }
    int most = buffer.length;
    for (long done = 0; done < piece.length(); ) {
      int step = (int) Math.min(most, piece.length() - done);
      if (read(source, piece.position() + done, step)) {
        for (TextRun run : runs) {
          run.bytes(piece.address() + done, buffer, step);
        }
      } else if (step > SMALL) {
        // only a part of it is damaged: what is before and behind that can be read
        most = SMALL;
        continue;
      } else {
        gap();
      }
      done += step;
    }
  }

  private boolean read(ByteSource source, long position, int length) {
    try {
      source.read(position, buffer, 0, length);
      return true;
    } catch (IOException e) {
      log.add(e, source.origin());
      return false;
    }
  }

  @Override
  public void gap() throws IOException {
    for (TextRun run : runs) {
      run.gap();
    }
  }
}
