package drydock.fs;

/**
 * What makes two nodes one where several trees are seen as one: in which of them it lies, and its
 * {@link Node#identity()} there. The methods are written out: what the compiler makes is put
 * together anew in each run of the program.
 */
public record Identity(Object within, Object of) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Identity that && within.equals(that.within) && of.equals(that.of);
  }

  @Override
  public int hashCode() {
    return 31 * within.hashCode() + of.hashCode();
  }
}
