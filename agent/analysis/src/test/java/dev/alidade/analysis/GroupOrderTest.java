package dev.alidade.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors were made by a second implementation, in Python, from the rule as documented. */
class GroupOrderTest {
  private static final Pattern CASE =
      Pattern.compile(
          "\"name\": \"([^\"]*)\", \"profiles\": \\[(\\[.*?\\])\\], \"alive\": (\\[.*?\\]),"
              + " \"order\": (\\[.*?\\])");

  record Case(String name, List<List<Double>> profiles, List<Double> alive, List<Double> order) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() throws Exception {
    String json;
    try (InputStream in = GroupOrderTest.class.getResourceAsStream("group-order.json")) {
      json = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
    }
    List<Case> cases = new ArrayList<>();
    Matcher matcher = CASE.matcher(json);
    while (matcher.find()) {
      List<List<Double>> profiles = new ArrayList<>();
      for (String row : matcher.group(2).split("\\], \\[")) {
        profiles.add(numbers(row));
      }
      cases.add(
          new Case(
              matcher.group(1), profiles, numbers(matcher.group(3)), numbers(matcher.group(4))));
    }
    assertThat(cases).hasSize((int) json.lines().filter(line -> line.contains("name")).count());
    return cases.stream();
  }

  private static List<Double> numbers(String row) {
    return Arrays.stream(row.replaceAll("[\\[\\]\\s]", "").split(","))
        .map(Double::valueOf)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void order_isThatOfTheVectors(Case vector) {
    int units = vector.alive().size();
    int groups = vector.profiles().size();
    float[] profiles = new float[groups * units];
    boolean[] isAlive = new boolean[units];
    for (int unit = 0; unit < units; unit++) {
      isAlive[unit] = vector.alive().get(unit) == 1;
      for (int group = 0; group < groups; group++) {
        profiles[group * units + unit] = vector.profiles().get(group).get(unit).floatValue();
      }
    }

    int[] order = GroupOrder.of(profiles, groups, units, isAlive);

    assertThat(Arrays.stream(order).asDoubleStream().boxed().toList()).isEqualTo(vector.order());
  }

  @Property(tries = 50)
  void everyGroup_isThereOnce(
      @ForAll @IntRange(min = 0, max = 12) int groups, @ForAll float[] seeds) {
    float[] profiles = new float[groups * 5];
    for (int i = 0; i < profiles.length && seeds.length > 0; i++) {
      float seed = seeds[i % seeds.length];
      profiles[i] = Float.isFinite(seed) ? seed % 10 : 0;
    }

    int[] order = GroupOrder.of(profiles, groups, 5, new boolean[] {true, true, true, false, true});

    assertThat(Arrays.stream(order).sorted().toArray())
        .isEqualTo(java.util.stream.IntStream.range(0, groups).toArray());
  }

  @Test
  void sizesThatDoNotFit_areNamed() {
    assertThatThrownBy(() -> GroupOrder.of(new float[5], 2, 3, new boolean[3]))
        .hasMessageStartingWith("profiles must be [groups, units]: 5 for 2 groups of 3 units");
  }
}
