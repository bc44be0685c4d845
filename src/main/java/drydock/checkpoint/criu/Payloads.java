package drydock.checkpoint.criu;

import com.google.protobuf.InvalidProtocolBufferException;
import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.LittleEndian;
import drydock.bytes.Origin;
import drydock.checkpoint.criu.ImageEntry.Payload;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.proto.criu.BpfmapDataEntry;
import drydock.proto.criu.GhostChunkEntry;
import drydock.proto.criu.GhostFileEntry;
import drydock.proto.criu.IpcMsg;
import drydock.proto.criu.IpcMsgEntry;
import drydock.proto.criu.IpcSemEntry;
import drydock.proto.criu.IpcShmEntry;
import drydock.proto.criu.PipeDataEntry;
import drydock.proto.criu.SkPacketEntry;
import drydock.proto.criu.TcpStreamEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The raw bytes behind one entry: which they are, by what the message says. More than are there are
 * a finding, and those that are there are given.
 */
final class Payloads {
  private static final int WORD = 4;
  private static final int LONG = 8;

  /** Each takes room on the heap; a queue holds 32,000 messages of no bytes by default. */
  private static final int MAX_MESSAGES = 1 << 17;

  private final ImageFile image;
  private final ByteSource near;
  private final List<Payload> found = new ArrayList<>();
  private long at;

  /** {@code at} is where they begin. */
  Payloads(ImageFile image, long at, ByteSource near) {
    this.image = image;
    this.at = at;
    this.near = near;
  }

  /** Where the next entry begins. */
  long end() {
    return at;
  }

  List<Payload> of(ImageKind kind, int index, byte[] message, FindingLog log) throws IOException {
    try {
      switch (kind.payload()) {
        case NONE -> {}
        case PIPE -> take("data", 0, unsigned(PipeDataEntry.parseFrom(message).getBytes()), log);
        case PACKET -> take("data", 0, unsigned(SkPacketEntry.parseFrom(message).getLength()), log);
        case STREAM -> stream(TcpStreamEntry.parseFrom(message), log);
        case SEGMENT -> segment(IpcShmEntry.parseFrom(message), log);
        case SEMAPHORES -> {
          take("semaphores", 0, 2L * unsigned(IpcSemEntry.parseFrom(message).getNsems()), log);
          pad(LONG);
        }
        case MESSAGES -> messages(unsigned(IpcMsgEntry.parseFrom(message).getQnum()), log);
        case MAP -> map(BpfmapDataEntry.parseFrom(message), log);
        case GHOST -> ghost(index, message, log);
      }
    } catch (InvalidProtocolBufferException e) {
      throw new CorruptDataException(image.origin(), at, "a message that is none");
    }
    return List.copyOf(found);
  }

  private void stream(TcpStreamEntry stream, FindingLog log) throws IOException {
    take("received", 0, unsigned(stream.getInqLen()), log);
    take("sent", 0, unsigned(stream.getOutqLen()), log);
  }

  private void map(BpfmapDataEntry map, FindingLog log) throws IOException {
    take("keys", 0, unsigned(map.getKeysBytes()), log);
    take("values", 0, unsigned(map.getValuesBytes()), log);
  }

  private void segment(IpcShmEntry segment, FindingLog log) throws IOException {
    if (!segment.getInPagemaps()) {
      take("data", 0, segment.getSize(), log);
      pad(WORD);
    }
  }

  /** Of the first entry everything, unless chunks follow as entries of their own. */
  private void ghost(int index, byte[] message, FindingLog log) throws IOException {
    if (index > 0) {
      GhostChunkEntry chunk = GhostChunkEntry.parseFrom(message);
      take("chunk", chunk.getOff(), chunk.getLen(), log);
    } else if (!GhostFileEntry.parseFrom(message).getChunks()) {
      take("data", 0, image.bytes().size() - at, log);
    }
  }

  private void messages(long count, FindingLog log) throws IOException {
    if (count > MAX_MESSAGES) {
      throw new CorruptDataException(
          image.origin(), at, "queued messages", Long.toString(count), "at most " + MAX_MESSAGES);
    }
    for (long i = 0; i < count && at < image.bytes().size(); i++) {
      long left = image.bytes().size() - at - WORD;
      long size = left < 0 ? 0 : LittleEndian.u32(near.bytes(at, WORD), 0);
      if (size > 64 || size > left) {
        throw new CorruptDataException(
            image.origin(), at, "the head of a queued message", size + " bytes", "at most 64");
      }
      IpcMsg head = IpcMsg.parseFrom(near.bytes(at + WORD, (int) size));
      at += WORD + size;
      take("message", head.getMtype(), unsigned(head.getMsize()), log);
      pad(LONG);
    }
  }

  private void take(String name, long place, long size, FindingLog log) throws IOException {
    long left = image.bytes().size() - at;
    if (size < 0 || size > left) {
      String wanted = Long.toUnsignedString(size) + " bytes";
      log.add(
          Finding.damage(image.origin(), at, "data that is cut short", left + " bytes", wanted));
    }
    long there = size < 0 ? left : Math.min(size, left);
    Origin origin = image.origin().child(name + " at " + at);
    found.add(new Payload(name, place, at, image.bytes().slice(origin, at, there)));
    at += there;
  }

  private void pad(int unit) {
    Payload last = found.get(found.size() - 1);
    long over = last.bytes().size() % unit;
    at = Math.min(image.bytes().size(), over == 0 ? at : at + unit - over);
  }

  private static long unsigned(int number) {
    return Integer.toUnsignedLong(number);
  }
}
