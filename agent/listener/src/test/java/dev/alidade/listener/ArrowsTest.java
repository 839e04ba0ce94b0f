package dev.alidade.listener;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.alidade.wire.violation.Upwards;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows of the design between the agent's modules, and what none of them may know. */
class ArrowsTest {
  private static final String[] FOREIGN = {
    "dev.alidade.server..", "io.vertx..", "io.netty..", "io.micrometer..", "io.prometheus.."
  };

  private static final ArchRule WIRE_IS_LOWEST =
      noClasses()
          .that()
          .resideInAPackage("dev.alidade.wire..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.alidade.analysis..", "dev.alidade.recording..", "dev.alidade.listener..");

  private static final JavaClasses AGENT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.alidade");

  static Stream<ArchRule> arrows() {
    return Stream.of(
        WIRE_IS_LOWEST,
        noClasses().should().dependOnClassesThat().resideInAnyPackage(FOREIGN),
        classes()
            .that()
            .resideInAPackage("dev.alidade.analysis..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.alidade.analysis..", "java..", "org.jspecify.."),
        noClasses()
            .that()
            .resideInAPackage("dev.alidade.recording..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.alidade.analysis..", "dev.alidade.listener..", "org.nd4j.."),
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.alidade.listener..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "org.bytedeco.."),
        noClasses()
            .that()
            .resideInAPackage("dev.alidade.listener.capture..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.alidade.listener.pipeline..",
                "dev.alidade.listener.send..",
                "dev.alidade.wire..",
                "dev.alidade.recording.."),
        slices().matching("dev.alidade.(*)..").should().beFreeOfCycles(),
        slices().matching("dev.alidade.listener.(*)..").should().beFreeOfCycles());
  }

  @ParameterizedTest
  @MethodSource
  void arrows(ArchRule rule) {
    rule.check(AGENT);
  }

  @Test
  void arrowThatIsBroken_isSeen() {
    JavaClasses broken = new ClassFileImporter().importClasses(Upwards.class);
    assertThat(WIRE_IS_LOWEST.evaluate(broken).hasViolation()).isTrue();
  }
}
