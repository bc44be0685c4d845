package drydock.checkpoint.criu;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.io.IOException;

/**
 * What a message will take of the heap when it is decoded, found out before: two bytes of evidence
 * can be an object of a hundred.
 */
final class MessageCost {
  /** An area of memory takes about 150 bytes, and a process may have a few hundred thousand. */
  private static final long MAX_HEAP = 96L << 20;

  private static final int OBJECT = 96;

  /** An element of a list of numbers, and room for the list to grow. */
  private static final int ELEMENT = 16;

  private static final int MAX_DEPTH = 64;

  private long heap;

  private MessageCost() {}

  /**
   * Goes over a message without keeping anything of it.
   *
   * @throws CorruptDataException when it is none, or one that would take too much
   */
  static void check(Descriptor type, byte[] message, Origin origin, long offset)
      throws CorruptDataException {
    CodedInputStream in = CodedInputStream.newInstance(message);
    try {
      new MessageCost().add(type, in, 0);
    } catch (IOException e) {
      throw new CorruptDataException(
          origin,
          offset + in.getTotalBytesRead(),
          "a message " + type.getName() + " that is none (" + e.getMessage() + ")");
    }
  }

  private void add(Descriptor type, CodedInputStream in, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new InvalidProtocolBufferException("messages within messages, too deep");
    }
    heap += OBJECT;
    int tag = in.readTag();
    while (tag != 0) {
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      boolean isBlock = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      if (field != null && isBlock) {
        block(field, in, depth);
      } else if (!in.skipField(tag)) {
        throw new InvalidProtocolBufferException("the end of a group that never began");
      } else {
        heap += field == null ? OBJECT : ELEMENT;
      }
      if (heap > MAX_HEAP) {
        throw new InvalidProtocolBufferException("too many fields");
      }
      tag = in.readTag();
    }
  }

  private void block(FieldDescriptor field, CodedInputStream in, int depth) throws IOException {
    int size = in.readRawVarint32();
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      int limit = in.pushLimit(size);
      add(field.getMessageType(), in, depth + 1);
      in.checkLastTagWas(0);
      in.popLimit(limit);
    } else {
      // of numbers each may be a byte; of a text it is what it takes
      heap += field.isPackable() ? (long) ELEMENT * size : OBJECT + (long) size;
      in.skipRawBytes(size);
    }
  }
}
