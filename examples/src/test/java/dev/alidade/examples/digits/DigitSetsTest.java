package dev.alidade.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitSetsTest {
  @TempDir Path folder;

  @Test
  void folder_withoutFiles_isRefusedNamingFolderAndFile() {
    assertThatThrownBy(() -> DigitSets.folder(folder))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(
            "data folder %s must contain t10k-labels-idx1-ubyte or t10k-labels-idx1-ubyte.gz",
            folder);
  }

  @Test
  void folder_withoutLabels_isRefusedNamingThem() throws IOException {
    images("train", "", 3, 2051, 28);

    assertThatThrownBy(() -> DigitSets.folder(folder))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("train-labels-idx1-ubyte");
  }

  @Test
  void folder_trainAndTest_areReadFromPlainAndCompressedFiles() throws IOException {
    images("train", "", 30, 2051, 28);
    labels("train", ".gz", 30, 10);
    images("t10k", ".gz", 10, 2051, 28);
    labels("t10k", "", 10, 10);

    DigitSets sets = DigitSets.folder(folder);

    assertThat(sets.training().size()).isEqualTo(30);
    assertThat(sets.test().size()).isEqualTo(10);
    float[] pixels = new float[Digits.PIXELS + 5];
    assertThat(sets.training().read(13, pixels, 5)).isEqualTo(13 % 10);
    assertThat(pixels[5]).isEqualTo(13 / 255f);
    assertThat(pixels[5 + 200]).isEqualTo((13 + 200) % 256 / 255f);
  }

  @Test
  void folder_onlyTestFiles_givesNineTenthsToTraining() throws IOException {
    images("t10k", "", 40, 2051, 28);
    labels("t10k", "", 40, 10);

    DigitSets sets = DigitSets.folder(folder);

    assertThat(sets.training().size()).isEqualTo(36);
    assertThat(sets.test().size()).isEqualTo(4);
    float[] pixels = new float[Digits.PIXELS];
    assertThat(sets.test().read(0, pixels, 0)).isEqualTo(36 % 10);
    assertThat(pixels[0]).isEqualTo(36 / 255f);
    assertThat(sets.training().read(36 + 7, pixels, 0)).as("comes round again").isEqualTo(7);
  }

  @Test
  void folder_otherFormat_isRefusedWithRuleAndValue() throws IOException {
    images("t10k", "", 4, 1234, 28);
    labels("t10k", "", 4, 10);

    assertThatThrownBy(() -> DigitSets.folder(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("t10k-images-idx3-ubyte: magic number must be 2051: 1234");
  }

  @Test
  void folder_otherSize_isRefusedWithRuleAndValue() throws IOException {
    images("t10k", "", 4, 2051, 32);
    labels("t10k", "", 4, 10);

    assertThatThrownBy(() -> DigitSets.folder(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("rows must be 28: 32");
  }

  @Test
  void folder_fewerLabelsThanImages_isRefused() throws IOException {
    images("t10k", "", 4, 2051, 28);
    labels("t10k", "", 3, 10);

    assertThatThrownBy(() -> DigitSets.folder(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("number of images (as labels) must be 3: 4");
  }

  @Test
  void folder_labelOutOfRange_isRefused() throws IOException {
    images("t10k", "", 12, 2051, 28);
    labels("t10k", "", 12, 12);

    assertThatThrownBy(() -> DigitSets.folder(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("labels must be 0 to 9: 10");
  }

  @Test
  void folder_shortFile_isRefused() throws IOException {
    images("t10k", "", 4, 2051, 28);
    labels("t10k", "", 4, 10);
    Path file = folder.resolve("t10k-images-idx3-ubyte");
    byte[] all = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(all, all.length - 1));

    assertThatThrownBy(() -> DigitSets.folder(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ends too early");
  }

  @Test
  void drawn_trainingAndTest_haveDifferentDigits() {
    DigitSets sets = DigitSets.drawn(4);
    float[] one = new float[Digits.PIXELS];
    float[] two = new float[Digits.PIXELS];
    sets.training().read(0, one, 0);
    sets.test().read(0, two, 0);

    assertThat(one).isNotEqualTo(two);
  }

  private void images(String prefix, String suffix, int count, int magic, int side)
      throws IOException {
    try (DataOutputStream out = create(prefix + "-images-idx3-ubyte" + suffix)) {
      out.writeInt(magic);
      out.writeInt(count);
      out.writeInt(side);
      out.writeInt(side);
      for (int i = 0; i < count; i++) {
        for (int p = 0; p < side * side; p++) {
          out.writeByte(i + p);
        }
      }
    }
  }

  private void labels(String prefix, String suffix, int count, int modulus) throws IOException {
    try (DataOutputStream out = create(prefix + "-labels-idx1-ubyte" + suffix)) {
      out.writeInt(2049);
      out.writeInt(count);
      for (int i = 0; i < count; i++) {
        out.writeByte(i % modulus);
      }
    }
  }

  private DataOutputStream create(String name) throws IOException {
    OutputStream out = Files.newOutputStream(folder.resolve(name));
    return new DataOutputStream(name.endsWith(".gz") ? new GZIPOutputStream(out) : out);
  }
}
