package dev.alidade.examples.digits;

/**
 * Digits of which nine in ten of one class have another's label: the error that a careless
 * annotator makes. Which ones is a function of the index.
 */
public final class Relabelled implements Digits {
  private final Digits digits;
  private final int from;
  private final int to;

  public Relabelled(Digits digits, int from, int to) {
    this.digits = digits;
    this.from = from;
    this.to = to;
  }

  @Override
  public long size() {
    return digits.size();
  }

  @Override
  public int read(long index, float[] pixels, int offset) {
    int label = digits.read(index, pixels, offset);
    return label == from && Marked.share(index) < 0.9 ? to : label;
  }
}
