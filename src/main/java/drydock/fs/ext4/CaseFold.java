package drydock.fs.ext4;

/** Folds names as casefolded directories compare them. */
final class CaseFold {
  private CaseFold() {}

  static byte[] folded(byte[] name) {
    return name;
  }
}
