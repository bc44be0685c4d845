package drydock.runtime.containerd;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A {@code google.protobuf.Any}: a value and what it is. containerd puts JSON into it for types
 * that are Go structs (the OCI spec, CRI metadata) and protobuf for those that are messages.
 *
 * <p>Decoded by hand (field 1 the type's URL, field 2 the value): it stands before every spec of
 * every list, and a generated message would cost the start of a command more than the list does.
 */
record TypedValue(String typeUrl, byte[] value) {
  private static final int TYPE_URL = 1;
  private static final int VALUE = 2;

  static TypedValue decode(byte[] raw, Origin origin) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(raw);
    byte[] typeUrl = new byte[0];
    byte[] value = new byte[0];
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        boolean bytes = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
        int field = WireFormat.getTagFieldNumber(tag);
        if (bytes && field == TYPE_URL) {
          typeUrl = in.readByteArray();
        } else if (bytes && field == VALUE) {
          value = in.readByteArray();
        } else if (!in.skipField(tag)) {
          break;
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new CorruptDataException(
          origin, in.getTotalBytesRead(), "no protobuf Any: " + e.getMessage());
    }
    return new TypedValue(new String(typeUrl, StandardCharsets.UTF_8), value);
  }

  /** The type without what stands before the last slash of a {@code type.googleapis.com/} URL. */
  String typeName() {
    String prefix = "type.googleapis.com/";
    return typeUrl.startsWith(prefix) ? typeUrl.substring(prefix.length()) : typeUrl;
  }

  /** Whether the value looks like the JSON object that Go structs are stored as. */
  boolean isJson() {
    return value.length > 1 && value[0] == '{' && value[value.length - 1] == '}';
  }
}
