package drydock.checkpoint;

import drydock.bytes.ByteSource;
import drydock.oci.Fields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A JSON document that is a list: read as an object that has it under one name. */
final class JsonList {
  static final String NAME = "list";

  private JsonList() {}

  static Fields of(ByteSource document, int limit) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(("{\"" + NAME + "\":").getBytes(StandardCharsets.UTF_8));
    whole.writeBytes(document.allBytes(limit));
    whole.write('}');
    return Fields.parse(whole.toByteArray(), document.origin());
  }
}
