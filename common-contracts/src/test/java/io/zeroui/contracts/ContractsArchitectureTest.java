package io.zeroui.contracts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import com.google.errorprone.annotations.CheckReturnValue;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

class ContractsArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.zeroui.contracts");

    @Test
    void contractsImportNoFramework() {
        noClasses().should().dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta..", "io.vertx..", "io.smallrye..", "org.hibernate..",
                        "org.eclipse.microprofile..")
                .because("every plane, the command line and the tests share the contracts, with whatever framework they have")
                .check(CLASSES);
    }

    @Test
    void contractsDoNoInputOrOutput() {
        noClasses().should().dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.channels..", "java.sql..")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.nio.file.Files")
                .orShould().dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(File|RandomAccess|.*(Input|Output)Stream|.*(Reader|Writer)).*")
                .because(
                        "what planes agree on is decided from bytes in memory, so that it can be tested and rebuilt without a system")
                .check(CLASSES);
    }

    @Test
    void contractsImportNoPlane() {
        noClasses().should().dependOnClassesThat()
                .resideInAnyPackage("io.zeroui.runtime..", "io.zeroui.ide..", "io.zeroui.tenant..", "io.zeroui.product..",
                        "io.zeroui.shared..",
                        "io.zeroui.cli..", "io.zeroui.testing..")
                .because("planes depend on the contracts and never the other way round")
                .check(CLASSES);
    }

    @Test
    void everyPackageSaysThatNullsAreMarkedAndResultsUsed() {
        assertThat(CLASSES.stream().map(type -> type.getPackage()).distinct().toList()).hasSizeGreaterThan(9)
                .allSatisfy(ContractsArchitectureTest::assertMarked);
    }

    private static void assertMarked(JavaPackage javaPackage) {
        assertThat(javaPackage.isAnnotatedWith(NullMarked.class)).as(javaPackage.getName()).isTrue();
        assertThat(javaPackage.isAnnotatedWith(CheckReturnValue.class)).as(javaPackage.getName()).isTrue();
    }
}
