package io.zeroui.contracts.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.boundaries.PlaneMatrix;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.OrganisationId;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every folder of the fabric is classified, and its plane may hold the class. */
class FabricFolderTest {

    private static final ZuRoot ROOT = new ZuRoot(Path.of("/srv/zu_root"));
    private static final Map<Class<?>, Object> SAMPLES = Map.of(RepoId.class, RepoId.of("payments-api"), YearMonth.class,
            YearMonth.of(2026, 1), LocalDate.class, LocalDate.of(2026, 1, 31), Kid.class, Kid.of("k.1"), TenantId.class,
            TenantId.of("acme"), Region.class, Region.of("eu-1"), UUID.class, new UUID(1, 2),
            PolicyVersion.class, new PolicyVersion("gate", "1.0"), OrganisationId.class, OrganisationId.of("acme"));

    @ParameterizedTest
    @EnumSource(FabricFolder.class)
    void aFolderIsInThePartOfAPlaneThatMayHoldItsClass(FabricFolder folder) {
        assertThat(PlaneMatrix.mayHold(folder.plane(), folder.dataClass())).as(folder.pattern()).isTrue();
        assertThat(folder.pattern().split("/", -1)[0]).isEqualTo(folder.plane().key());
    }

    @Test
    void everyFolderThatTheRootCanNameIsClassified() throws ReflectiveOperationException {
        List<Path> files = new ArrayList<>();
        for (Method method : named()) {
            for (Path path : paths(method)) {
                boolean folder = method.getName().contains("Folder");
                String relative = ROOT.relative(folder ? path : Objects.requireNonNull(path.getParent()));
                assertThat(FabricFolder.isOnTheWay(relative)).as(method.getName() + " is " + relative).isTrue();
                if (!folder) {
                    files.add(path);
                    assertThat(FabricFolder.find(relative)).as(method.getName() + " is " + relative).isPresent();
                }
            }
        }
        assertThat(files).hasSize(12);
    }

    @Test
    void everyCatalogueEntryIsAFolderThatTheRootCanName() throws ReflectiveOperationException {
        List<FabricFolder> named = new ArrayList<>();
        for (Method method : named()) {
            for (Path path : paths(method)) {
                FabricFolder.find(ROOT.relative(path)).ifPresent(named::add);
                if (!method.getName().contains("Folder")) {
                    FabricFolder.find(ROOT.relative(Objects.requireNonNull(path.getParent()))).ifPresent(named::add);
                }
            }
        }
        // below the shared plane's folder its journals name the areas
        assertThat(named).containsAll(Arrays.stream(FabricFolder.values())
                .filter(folder -> folder.plane() != Plane.SHARED || folder == FabricFolder.SHARED_ROOT).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = { "shared", "shared/receipts", "ide", "ide/receipts", "ide/receipts/x", "tenant/acme",
            "product/eu-1/evidence", "tenant/acme/eu-1/evidence/data/repo/dt=today", "ide/receipts/repo/2026/1", "", "." })
    void elsewhereNoFilesBelong(String relative) {
        assertThat(FabricFolder.find(relative)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "shared/acme/eu-1/secrets", "product/eu-1/evidence", "tenant/acme/eu-1/evidence/raw", "ide/policy/secrets" })
    void aFolderThatLeadsNowhereIsNotOnTheWay(String relative) {
        assertThat(FabricFolder.isOnTheWay(relative)).isFalse();
    }

    private static List<Method> named() {
        List<Method> methods = Arrays.stream(ZuRoot.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getReturnType() == Path.class || method.getReturnType() == List.class)
                .filter(method -> !List.of("path", "resolve").contains(method.getName())).toList();
        assertThat(methods).hasSizeGreaterThan(14);
        return methods;
    }

    private static List<Path> paths(Method method) throws IllegalAccessException, InvocationTargetException {
        Object[] arguments = Arrays.stream(method.getParameterTypes()).map(SAMPLES::get).map(Objects::requireNonNull).toArray();
        Object answer = method.invoke(ROOT, arguments);
        return answer instanceof List<?> list ? list.stream().map(Path.class::cast).toList() : List.of((Path) answer);
    }
}
