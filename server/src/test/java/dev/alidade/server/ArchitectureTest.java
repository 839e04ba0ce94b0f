package dev.alidade.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The arrows of the server. */
class ArchitectureTest {
  private static final JavaClasses SERVER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.alidade.server");

  private static final ArchRule NO_FRAMEWORK =
      noClasses()
          .that()
          .resideInAPackage("dev.alidade.server..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "dev.alidade.listener..");

  /** The store is below everything; nobody but the parts' own door knows HTTP routes. */
  private static final ArchRule STORE_STANDS_ALONE =
      noClasses()
          .that()
          .resideInAPackage("dev.alidade.server.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.alidade.server.live..",
              "dev.alidade.server.ingest..",
              "dev.alidade.server.meters..",
              "dev.alidade.server.http..");

  /** Credentials are looked at in one place. */
  private static final ArchRule SECURITY_STANDS_ALONE =
      classes()
          .that()
          .resideInAPackage("dev.alidade.server.security..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.alidade.server.security..",
              "java..",
              "javax.crypto..",
              "io.vertx.core",
              "org.jspecify..");

  @Test
  void server_knows_no_training_framework() {
    NO_FRAMEWORK.check(SERVER);
  }

  @Test
  void store_stands_alone() {
    STORE_STANDS_ALONE.check(SERVER);
  }

  @Test
  void security_stands_alone() {
    SECURITY_STANDS_ALONE.check(SERVER);
  }

  @Test
  void parts_have_no_cycles() {
    slices().matching("dev.alidade.server.(*)..").should().beFreeOfCycles().check(SERVER);
  }

  @Test
  void rule_sees_a_violation() {
    JavaClasses violating =
        new ClassFileImporter().importClasses(dev.alidade.server.store.violation.Violation.class);
    assertThatThrownBy(() -> STORE_STANDS_ALONE.check(violating))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Violation");
  }
}
