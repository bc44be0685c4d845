package drydock.timeline;

import java.io.IOException;

/** Takes what sources and the files of trees tell, as far as it is wanted. */
public interface Gathering {
  /** Adds what a source tells. */
  void add(EventSource source) throws IOException;

  /** Adds the times of a tree's files; of deleted and hidden ones where that is wanted. */
  void add(View view, boolean deleted, BodyFileWriter.Progress progress) throws IOException;
}
