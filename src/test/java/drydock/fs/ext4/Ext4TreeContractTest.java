package drydock.fs.ext4;

import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.FileTreeContract;
import java.io.IOException;

class Ext4TreeContractTest extends FileTreeContract {
  @Override
  protected FileTree tree() throws IOException {
    return Images.tree("ext4-inline", new FindingLog());
  }
}
