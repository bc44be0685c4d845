package drydock.runtime.containerd;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import drydock.proto.CreateOptions;
import drydock.proto.Options;
import drydock.proto.RuncOptions;
import drydock.proto.ShimOptions;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Protobuf values as JSON: the fields that are set, by their names. A value of a type that is not
 * known, or that is not what its type says, comes as {@code {"type_url": ..., "value": base64}}.
 */
final class TypedJson {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private TypedJson() {}

  static byte[] of(TypedValue any) {
    Optional<JsonObject> known = parser(any.typeName()).flatMap(parser -> parsed(parser, any));
    return GSON.toJson(known.orElseGet(() -> wrapped(any))).getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<Parser<? extends Message>> parser(String type) {
    return switch (type) {
      case "containerd.runc.v1.Options" -> Optional.of(Options.parser());
      case "containerd.linux.runc.RuncOptions" -> Optional.of(RuncOptions.parser());
      case "containerd.linux.runc.CreateOptions" -> Optional.of(CreateOptions.parser());
      case "runtimeoptions.v1.Options", "cri.runtimeoptions.v1.Options" ->
          Optional.of(ShimOptions.parser());
      default -> Optional.empty();
    };
  }

  private static Optional<JsonObject> parsed(Parser<? extends Message> parser, TypedValue any) {
    try {
      Message message = parser.parseFrom(any.value());
      boolean whole = message.getUnknownFields().asMap().isEmpty();
      return whole ? Optional.of(object(message)) : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private static JsonObject object(Message message) {
    JsonObject object = new JsonObject();
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      object.add(field.getKey().getName(), element(field.getValue()));
    }
    return object;
  }

  private static JsonElement element(Object value) {
    if (value instanceof List<?> list) {
      JsonArray array = new JsonArray();
      list.forEach(each -> array.add(element(each)));
      return array;
    }
    if (value instanceof Boolean flag) {
      return new JsonPrimitive(flag);
    }
    if (value instanceof Integer number) {
      return new JsonPrimitive(Integer.toUnsignedLong(number));
    }
    if (value instanceof ByteString bytes) {
      return new JsonPrimitive(Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }
    return new JsonPrimitive(value.toString());
  }

  private static JsonObject wrapped(TypedValue any) {
    JsonObject object = new JsonObject();
    object.addProperty("type_url", any.typeUrl());
    object.addProperty("value", Base64.getEncoder().encodeToString(any.value()));
    return object;
  }
}
