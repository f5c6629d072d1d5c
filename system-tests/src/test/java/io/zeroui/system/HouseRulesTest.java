package io.zeroui.system;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.zeroui.contracts.Plane;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules of the house over the compiled classes of all services; a violation is a boundary that only a review would see. */
class HouseRulesTest {

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.zeroui.ide", "io.zeroui.tenant", "io.zeroui.product", "io.zeroui.shared",
                    "io.zeroui.runtime", "io.zeroui.contracts");

    @Test
    void theRulesLookAtTheClassesOfEveryPlane() {
        for (Plane plane : Plane.values()) {
            assertThat(ALL.containPackage("io.zeroui." + plane.key())).as(plane.key()).isTrue();
        }
        assertThat(ALL.containPackage("io.zeroui.runtime.streams")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Plane.class)
    void aPlaneImportsNoOtherPlane(Plane plane) {
        String[] others = Arrays.stream(Plane.values()).filter(other -> other != plane)
                .map(other -> "io.zeroui." + other.key() + "..").toArray(String[]::new);

        noClasses().that().resideInAPackage("io.zeroui." + plane.key() + "..")
                .should().dependOnClassesThat().resideInAnyPackage(others)
                .because("planes talk only over channels of the catalogue").check(ALL);
    }

    @Test
    void theRuntimeKnowsNoPlane() {
        noClasses().that().resideInAPackage("io.zeroui.runtime..")
                .should().dependOnClassesThat().resideInAnyPackage("io.zeroui.ide..", "io.zeroui.tenant..",
                        "io.zeroui.product..", "io.zeroui.shared..")
                .because("what every plane is made of must not depend on one of them").check(ALL);
    }

    @Test
    void contractsHaveNoFramework() {
        noClasses().that().resideInAPackage("io.zeroui.contracts..")
                .should().dependOnClassesThat().resideInAnyPackage("io.quarkus..", "jakarta..", "io.vertx..",
                        "io.smallrye..", "io.zeroui.runtime..")
                .because("contracts are what other programs may use as well").check(ALL);
    }

    @Test
    void onlyStoresSpeakSql() {
        noClasses().that().resideOutsideOfPackages("io.zeroui.runtime.database..", "io.zeroui.runtime.tenancy..")
                .and().haveSimpleNameNotContaining("Store")
                .and().resideInAnyPackage("io.zeroui.ide..", "io.zeroui.tenant..", "io.zeroui.product..",
                        "io.zeroui.runtime..")
                .should().dependOnClassesThat().resideInAnyPackage("io.vertx.mutiny.sqlclient..",
                        "io.vertx.sqlclient..", "java.sql..")
                .because("SQL lives beside the method that runs it, in one place per capability").check(ALL);
    }

    @Test
    void onlyTenancyGetsADatabaseConnection() {
        noClasses().that().resideOutsideOfPackages("io.zeroui.runtime.tenancy..", "io.zeroui.runtime.database..")
                .should().dependOnClassesThat(nameMatching("io\\.vertx\\.(mutiny\\.)?(sqlclient|pgclient)\\."
                        + "(SqlClient|SqlConnection|Pool|PgPool|PgConnection|PgBuilder|ClientBuilder)"
                        + "|java\\.sql\\.(Connection|DriverManager|Statement)|javax\\.sql\\.DataSource"))
                .because("a statement runs in a transaction that says for which tenant it is; stores get Tenancy")
                .check(ALL);
    }

    @Test
    void onlyTelemetryWhichIsNoTenantsOpensPanacheSessions() {
        noClasses().that().resideOutsideOfPackage("io.zeroui.shared.telemetry..")
                .should().dependOnClassesThat().resideInAnyPackage("io.quarkus.hibernate..", "org.hibernate..",
                        "jakarta.persistence..")
                .because("a session does not say for which tenant it is").check(ALL);
    }

    @Test
    void onlyTheStreamsPackageSpeaksToRedisAndTheRateLimitsCountThere() {
        noClasses().that().resideOutsideOfPackages("io.zeroui.runtime.streams..", "io.zeroui.runtime.limits")
                .should().dependOnClassesThat().resideInAnyPackage("io.vertx.mutiny.redis..", "io.vertx.redis..",
                        "io.quarkus.redis..")
                .because("a plane reaches the bus through the channels of the catalogue").check(ALL);
    }

    @Test
    void onlyThePublisherAppendsToStreams() {
        noClasses().that().haveNameNotMatching("io\\.zeroui\\.runtime\\.streams\\.StreamPublisher")
                .should().callMethodWhere(target(owner(name("io.zeroui.runtime.streams.StreamCommands"))).and(target(name("add"))))
                .because("the publisher refuses what a channel does not carry").check(ALL);
    }

    @Test
    void noServiceCallsAnotherByHttp() {
        noClasses().that().resideOutsideOfPackages("io.zeroui.tenant.evidence.witness.outside", "io.zeroui.product.vectors.text.embedding")
                .and().doNotHaveFullyQualifiedName("io.zeroui.runtime.bodies.AnswerBody").should().dependOnClassesThat().resideInAnyPackage("java.net.http..",
                "org.eclipse.microprofile.rest.client..", "io.vertx.mutiny.ext.web.client..",
                "io.vertx.ext.web.client..")
                .because("there is one road between planes, and it is not HTTP; a witness outside and a service that embeds are nobody's plane").check(ALL);
    }

    @Test
    void whatReadsAnswersAsksForNone() {
        noClasses().that().haveFullyQualifiedName("io.zeroui.runtime.bodies.AnswerBody")
                .should().dependOnClassesThat(nameMatching("java\\.net\\.http\\.(HttpClient|HttpRequest|WebSocket).*"))
                .because("it bounds what others have asked for").check(ALL);
    }

    @Test
    void everyEndpointSaysWhatItsCallerMustBeAllowedToDo() {
        methods().that().areAnnotatedWith("jakarta.ws.rs.GET").or().areAnnotatedWith("jakarta.ws.rs.POST")
                .or().areAnnotatedWith("jakarta.ws.rs.PUT").or().areAnnotatedWith("jakarta.ws.rs.PATCH")
                .or().areAnnotatedWith("jakarta.ws.rs.DELETE")
                .should().beAnnotatedWith("io.zeroui.runtime.security.RequiresPermission")
                .because("an endpoint without a permission answers nobody, and that is found too late").check(ALL);
    }

    @Test
    void everyEndpointThatReachesATenantsDataIsLimited() {
        methods().that(reachATenantsData())
                .should().beAnnotatedWith("io.zeroui.runtime.limits.Limited")
                .because("one tenant must not take the service from the others").check(ALL);
        methods().that().areAnnotatedWith("io.zeroui.runtime.limits.Limited")
                .should().beAnnotatedWith("io.zeroui.runtime.security.RequiresPermission")
                .because("whose tokens they are is known from the credential").check(ALL);
    }

    @Test
    void onlyTheGateRegistersRoutes() {
        noClasses().that().resideOutsideOfPackage("io.zeroui.runtime.security.gate..")
                .should().dependOnClassesThat().haveFullyQualifiedName("io.vertx.ext.web.Router")
                .orShould().dependOnClassesThat().resideInAPackage("io.quarkus.vertx.web..")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("io.quarkus.vertx.http.runtime.filters.Filters")
                .because("a route beside the resources is authorised where it is registered: implement AuthorisedRoute")
                .check(ALL);
    }

    @Test
    void resourcesAreNamedForWhatTheyAre() {
        classes().that().areAnnotatedWith("jakarta.ws.rs.Path").should().haveSimpleNameEndingWith("Resource")
                .because("a reader finds the HTTP surface by name").check(ALL);
    }

    @Test
    void everyPackageIsNullMarkedAndChecksItsReturnValues() {
        List<String> unmarked = ALL.stream().map(type -> type.getPackage()).distinct()
                .filter(found -> !isMarked(found)).map(JavaPackage::getName).sorted().toList();

        assertThat(unmarked).as("packages without @NullMarked and @CheckReturnValue in package-info").isEmpty();
    }

    /** A permission that is not for the whole plane only. */
    private static DescribedPredicate<JavaMethod> reachATenantsData() {
        return DescribedPredicate.describe("reach a tenant's data", method -> method.tryGetAnnotationOfType(
                "io.zeroui.runtime.security.RequiresPermission")
                .map(permission -> !Boolean.TRUE.equals(permission.get("planeWide").orElse(false))).orElse(false));
    }

    private static boolean isMarked(JavaPackage found) {
        return found.tryGetPackageInfo()
                .map(info -> info.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                .orElse(false);
    }
}
