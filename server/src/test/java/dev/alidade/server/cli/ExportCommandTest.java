package dev.alidade.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.alidade.analysis.layout.family.LayoutFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
  @TempDir Path folder;
  private Path file;
  private Path output;

  @BeforeEach
  void record() throws Exception {
    file = SampleRun.write(folder.resolve("run.alidade"), "mnist", true);
    output = folder.resolve("out");
  }

  private Cli export(String... more) {
    String[] all = new String[more.length + 5];
    System.arraycopy(
        new String[] {"export", file.toString(), "--npz", "--output", output.toString()},
        0,
        all,
        0,
        5);
    System.arraycopy(more, 0, all, 5, more.length);
    return Cli.run(all);
  }

  /** The entries of an archive, each checked against NPY 1.0. */
  private static Map<String, ByteBuffer> read(Path archive, Map<String, String> headers)
      throws Exception {
    Map<String, ByteBuffer> arrays = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        ByteBuffer npy = ByteBuffer.wrap(zip.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[8];
        npy.get(magic);
        assertThat(magic).isEqualTo("\u0093NUMPY\u0001\0".getBytes(StandardCharsets.ISO_8859_1));
        int length = npy.getShort();
        assertThat((10 + length) % 64).isZero();
        byte[] header = new byte[length];
        npy.get(header);
        headers.put(entry.getName(), new String(header, StandardCharsets.US_ASCII).strip());
        arrays.put(entry.getName(), npy.slice().order(ByteOrder.LITTLE_ENDIAN));
      }
    }
    return arrays;
  }

  @Test
  void the_last_moment_is_written_by_default() throws Exception {
    assertThat(export("--layer", "dense", "--methods", "none").assertSucceeds().out())
        .isEqualTo("1 file in " + output + System.lineSeparator());

    Map<String, String> headers = new HashMap<>();
    Map<String, ByteBuffer> arrays = read(output.resolve("dense-30.npz"), headers);
    assertThat(headers)
        .isEqualTo(
            Map.of(
                "activations.npy", "{'descr': '<f4', 'fortran_order': False, 'shape': (4, 3,), }",
                "labels.npy", "{'descr': '<i4', 'fortran_order': False, 'shape': (4,), }",
                "pos_live.npy", "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2,), }",
                "sec_live.npy", "{'descr': '<f8', 'fortran_order': False, 'shape': (), }"));
    float[] activations = new float[12];
    arrays.get("activations.npy").asFloatBuffer().get(activations);
    assertThat(activations).isEqualTo(SampleRun.activations(3));
    int[] labels = new int[4];
    arrays.get("labels.npy").asIntBuffer().get(labels);
    assertThat(labels).containsExactly(0, 1, -1, 7);
    float[] positions = new float[6];
    arrays.get("pos_live.npy").asFloatBuffer().get(positions);
    assertThat(positions).containsExactly(new float[] {-1, 0, 1, 0, 0, 1}, within(1e-4f));
    assertThat(arrays.get("sec_live.npy").getDouble()).isEqualTo(0.0125);
  }

  @Test
  void every_family_is_computed_by_default() throws Exception {
    export("--layer", "dense").assertSucceeds();

    Map<String, String> headers = new HashMap<>();
    Map<String, ByteBuffer> arrays = read(output.resolve("dense-30.npz"), headers);
    assertThat(headers).hasSize(4 + 2 * LayoutFamily.names().size());
    for (String method : LayoutFamily.names()) {
      assertThat(headers.get("pos_" + method + ".npy")).contains("'<f4'").contains("(3, 2,)");
      float[] positions = new float[6];
      arrays.get("pos_" + method + ".npy").asFloatBuffer().get(positions);
      double square = 0;
      for (float each : positions) {
        square += each * each / 3;
      }
      assertThat(square).as(method).isCloseTo(1, within(1e-3));
      assertThat(arrays.get("sec_" + method + ".npy").getDouble()).isBetween(0.0, 60.0);
    }
  }

  @Test
  void some_families_are_computed_when_named() throws Exception {
    export("--layer", "dense", "--ticks", "--methods", "pca,tsne+pso").assertSucceeds();

    assertThat(read(output.resolve("tick-00001.npz"), new HashMap<>()).keySet())
        .containsExactlyInAnyOrder(
            "activations.npy",
            "labels.npy",
            "pos_live.npy",
            "sec_live.npy",
            "pos_pca.npy",
            "sec_pca.npy",
            "pos_tsne+pso.npy",
            "sec_tsne+pso.npy");
  }

  @Test
  void an_unknown_family_names_those_that_exist() {
    export("--layer", "dense", "--methods", "pca,mds")
        .assertFails(
            1,
            "unknown layout 'mds'; known: live, pca, som, graph, tsne, umap, pso, pca+pso,"
                + " som+pso, graph+pso, tsne+pso, umap+pso");
  }

  @Test
  void an_earlier_moment_is_the_last_at_or_before_it() throws Exception {
    export("--layer", "dense", "--iteration", "19").assertSucceeds();

    ByteBuffer activations =
        read(output.resolve("dense-10.npz"), new HashMap<>()).get("activations.npy");
    assertThat(activations.getFloat()).isEqualTo(SampleRun.activations(1)[0]);
  }

  @Test
  void every_tick_of_the_layout_is_one_file() throws Exception {
    assertThat(export("--layer", "dense", "--ticks").assertSucceeds().out())
        .startsWith("2 files in ");

    try (var files = Files.list(output)) {
      assertThat(files.map(each -> each.getFileName().toString()).sorted())
          .containsExactly("tick-00000.npz", "tick-00001.npz");
    }
  }

  @Test
  void numpy_reads_it() throws Exception {
    assumeThat(hasNumPy()).as("numpy is installed").isTrue();
    export("--layer", "dense").assertSucceeds();

    String script =
        """
        import numpy, sys
        z = numpy.load(sys.argv[1])
        print(z['activations'].shape, z['activations'][3, 2], z['labels'].tolist(),
              z['pos_live'].shape, float(z['sec_live']))\
        """;
    assertThat(python("-c", script, output.resolve("dense-30.npz").toString()))
        .isEqualTo("(4, 3) 305.5 [0, 1, -1, 7] (3, 2) 0.0125\n");
  }

  private static boolean hasNumPy() throws Exception {
    try {
      return python("-c", "import numpy; print('yes')").equals("yes\n");
    } catch (java.io.IOException e) {
      return false;
    }
  }

  private static String python(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = "python3";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  @Test
  void what_is_missing_is_named() throws Exception {
    export("--layer", "dens").assertFails(1, "layer 'dens' is not in the run; it has: dense, out");
    export("--layer", "out")
        .assertFails(1, "no sample of layer 'out' has both observations and a picture (worker 0)");
    export("--layer", "dense", "--ticks", "--worker", "2")
        .assertFails(
            1, "no sample of layer 'dense' has both observations and a picture (worker 2)");
    export("--layer", "dense", "--iteration", "3")
        .assertFails(1, "no observations are recorded at or before 3");
    file = SampleRun.write(folder.resolve("plain.alidade"), "plain", false);
    export("--layer", "dense")
        .assertFails(
            1,
            "the run has no observations; record them with observations(true) or"
                + " -Dalidade.observations=all");
    assertThat(output)
        .satisfies(o -> assertThat(Files.exists(o.resolve("dense-30.npz"))).isFalse());
  }

  @Test
  void an_output_that_cannot_be_written_leaves_nothing_behind() throws Exception {
    Files.writeString(output, "a file where a folder must be");

    export("--layer", "dense").assertFails(1, output + ": FileAlreadyExistsException");
    assertThat(output).hasContent("a file where a folder must be");
  }

  @Test
  void arguments_are_checked() {
    Cli.run("export", file.toString(), "--layer", "dense")
        .assertFails(
            2,
            "Error: Missing required argument (specify one of these):"
                + " (--npz | --tensorboard=DIR | --csv=FILE | --html=FILE)");
    Cli.run("export", file.toString(), "--npz").assertFails(2, "--npz needs --layer");
    export("--layer", "dense", "--iteration", "soon")
        .assertFails(2, "Invalid value for option '--iteration': 'soon' is not a long");
  }
}
