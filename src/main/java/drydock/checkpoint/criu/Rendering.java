package drydock.checkpoint.criu;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import drydock.bytes.CorruptDataException;
import drydock.proto.criu.Hint;
import drydock.proto.criu.HintFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Any message as names and values, as {@code crit decode --pretty} shows them: flags and enums by
 * their names, addresses and masks in hexadecimal, devices as major:minor. What the schema does not
 * know is there as {@code "field 17"}.
 */
public final class Rendering {
  private static final String UNKNOWN = "field ";

  private Rendering() {}

  /** What the message of an entry is called: {@code MmEntry}; null of a kind that is not known. */
  public static String type(ImageEntry entry) {
    return MessageTypes.of(entry.kind(), entry.index()).getName();
  }

  /**
   * All fields of the message of an entry.
   *
   * @throws CorruptDataException when it is no message of its kind
   */
  public static Rendered.Fields of(ImageEntry entry) throws CorruptDataException {
    Descriptor type = MessageTypes.of(entry.kind(), entry.index());
    try {
      return fields(DynamicMessage.parseFrom(type, entry.message()), false);
    } catch (InvalidProtocolBufferException e) {
      throw new CorruptDataException(
          entry.origin(), entry.offset(), "a message " + type.getName() + " that is none");
    }
  }

  /**
   * The same of a message that is decoded already. It is asked as one of no class: fields of a
   * class are asked for by reflection, for which code is made in each run.
   */
  public static Rendered.Fields of(Message message) {
    try {
      Descriptor type = message.getDescriptorForType();
      return fields(DynamicMessage.parseFrom(type, message.toByteString()), false);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("what was decoded is not decoded again", e);
    }
  }

  private static Rendered.Fields fields(Message message, boolean hex) {
    Map<String, Rendered> fields = new LinkedHashMap<>();
    message
        .getAllFields()
        .forEach((field, value) -> fields.put(field.getName(), field(field, value, hex)));
    message
        .getUnknownFields()
        .asMap()
        .forEach((number, value) -> fields.put(UNKNOWN + number, unknown(value)));
    return new Rendered.Fields(fields);
  }

  private static Rendered field(FieldDescriptor field, Object value, boolean inHex) {
    Hint hint = field.getOptions().getExtension(HintFile.hint);
    boolean hex = inHex || hint.getHex();
    if (!field.isRepeated()) {
      return single(field, hint, value, hex);
    }
    List<?> values = (List<?>) value;
    if (hint.getAddress()) {
      return new Rendered.Many(List.of(address(values)));
    }
    List<Rendered> items = new ArrayList<>(values.size());
    values.forEach(each -> items.add(single(field, hint, each, hex)));
    return new Rendered.Many(items);
  }

  private static Rendered single(FieldDescriptor field, Hint hint, Object value, boolean hex) {
    return switch (field.getJavaType()) {
      case MESSAGE -> fields((Message) value, hex);
      case ENUM -> new Rendered.Word(((EnumValueDescriptor) value).getName());
      case BOOLEAN -> new Rendered.Flag((Boolean) value);
      case BYTE_STRING -> bytes(hint, ((ByteString) value).toByteArray());
      case INT -> number(field, hint, (Integer) value, hex);
      case LONG -> number(field, hint, (Long) value, hex);
      default -> new Rendered.Word(value.toString());
    };
  }

  private static Rendered bytes(Hint hint, byte[] bytes) {
    return hint.getText() || hint.hasForm() ? new Rendered.Text(bytes) : new Rendered.Blob(bytes);
  }

  private static Rendered number(FieldDescriptor field, Hint hint, Number value, boolean hex) {
    boolean signed =
        switch (field.getType()) {
          case INT32, INT64, SINT32, SINT64, SFIXED32, SFIXED64 -> true;
          default -> false;
        };
    long number =
        value instanceof Integer && !signed
            ? Integer.toUnsignedLong(value.intValue())
            : value.longValue();
    if (hex) {
      return new Rendered.Word("0x" + Long.toHexString(number));
    }
    if (hint.getDevice()) {
      return new Rendered.Word(DeviceNumber.of(number, hint.getOldDevice()).toString());
    }
    if (hint.hasFlags()) {
      return new Rendered.Word(BitNames.of(hint.getFlags(), number));
    }
    String name = hint.hasNames() ? NumberNames.of(field.getName(), number) : null;
    if (name != null) {
      return new Rendered.Word(name);
    }
    return signed ? new Rendered.Whole(number) : new Rendered.Count(number);
  }

  /** Words in the order of the network, however many there are. */
  private static Rendered address(List<?> words) {
    byte[] raw = new byte[words.size() * Integer.BYTES];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (byte) ((Integer) words.get(i / Integer.BYTES) >>> Byte.SIZE * (i % Integer.BYTES));
    }
    return new Rendered.Word(IpAddress.text(raw));
  }

  private static Rendered unknown(UnknownFieldSet.Field field) {
    List<Rendered> all = new ArrayList<>();
    field.getVarintList().forEach(each -> all.add(new Rendered.Count(each)));
    field.getFixed32List().forEach(each -> all.add(new Rendered.Word(hex32(each))));
    field
        .getFixed64List()
        .forEach(each -> all.add(new Rendered.Word("0x" + Long.toHexString(each))));
    field.getLengthDelimitedList().forEach(each -> all.add(new Rendered.Blob(each.toByteArray())));
    field.getGroupList().forEach(each -> all.add(group(each)));
    return all.size() == 1 ? all.get(0) : new Rendered.Many(all);
  }

  private static String hex32(int value) {
    return "0x" + Integer.toHexString(value);
  }

  private static Rendered group(UnknownFieldSet set) {
    Map<String, Rendered> fields = new LinkedHashMap<>();
    set.asMap().forEach((number, value) -> fields.put(UNKNOWN + number, unknown(value)));
    return new Rendered.Fields(fields);
  }
}
