package drydock.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialFileTest {
  @TempDir Path folder;

  private Path target;
  private Path partial;

  @BeforeEach
  void name() {
    target = folder.resolve("x");
    partial = folder.resolve("x.partial");
  }

  @Test
  void itHasItsNameWhenItIsWhole() throws IOException {
    try (PartialFile file = PartialFile.create(target)) {
      file.out().write('a');
      assertThat(target).doesNotExist();
      assertThat(partial).exists();
      file.finish();
    }
    assertThat(target).hasContent("a");
    assertThat(partial).doesNotExist();
  }

  @Test
  void nothingIsLeftOfWhatIsNotFinished() throws IOException {
    try (PartialFile file = PartialFile.create(target)) {
      file.out().write('a');
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatIsFinishedCanBeTakenAway() throws IOException {
    try (PartialFile file = PartialFile.create(target)) {
      file.finish();
      file.undo();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatSomebodyPutThereMeanwhileStays() throws IOException {
    try (PartialFile file = PartialFile.create(target)) {
      Files.writeString(target, "mine");
      assertThatThrownBy(file::finish).isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(target).hasContent("mine");
    assertThat(partial).doesNotExist();
  }
}
