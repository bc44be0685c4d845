package drydock.timeline;

import java.io.IOException;

/** What can tell events. In no order; what cannot be read becomes a finding. */
public interface EventSource {
  /** Is told each event. */
  @FunctionalInterface
  interface Sink {
    void add(Event event) throws IOException;
  }

  void emit(Sink sink) throws IOException;
}
