package io.zeroui.contracts.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ZuRootTest {

    private static final ZuRoot ROOT = new ZuRoot(Path.of("/srv/zu_root"));
    private static final TenantId ACME = TenantId.of("acme");
    private static final Region EU = Region.of("eu-1");
    private static final RepoId REPO = RepoId.of("payments-api");
    private static final LocalDate DAY = LocalDate.of(2026, 1, 31);

    @Test
    void pathsAreThoseOfTheFabric() {
        assertThat(relative(ROOT.ideReceipts(REPO, YearMonth.of(2026, 1))))
                .isEqualTo("ide/receipts/payments-api/2026/01/receipts.jsonl");
        assertThat(relative(ROOT.ideQuarantine(DAY))).isEqualTo("ide/receipts/quarantine/2026-01-31.jsonl");
        assertThat(relative(ROOT.ideTrust(Kid.of("k.1")))).isEqualTo("ide/policy/trust/pubkeys/k.1.pem");
        assertThat(ROOT.ideTrustFolders().stream().map(ZuRootTest::relative)).containsExactly("ide/policy/trust/pubkeys",
                "product/policy/trust/pubkeys", "tenant/policy/trust/pubkeys");
        assertThat(relative(ROOT.evidenceData(ACME, EU, REPO, DAY)))
                .isEqualTo("tenant/acme/eu-1/evidence/data/payments-api/dt=2026-01-31/receipts.jsonl");
        assertThat(relative(ROOT.evidenceJournal(ACME, EU, DAY)))
                .isEqualTo("tenant/acme/eu-1/evidence/journal/dt=2026-01-31/journal.jsonl");
        assertThat(relative(ROOT.evidenceDeadLetters(ACME, EU, DAY)))
                .isEqualTo("tenant/acme/eu-1/evidence/dlq/dt=2026-01-31/dead-letters.jsonl");
        assertThat(relative(ROOT.tenantTrust(ACME, EU, Kid.of("k")))).isEqualTo("tenant/acme/eu-1/policy/trust/pubkeys/k.pem");
        assertThat(relative(ROOT.productTrustFolder(EU))).isEqualTo("product/eu-1/policy/trust/pubkeys");
    }

    @Test
    void relativePathsAreResolvedBack() {
        Path file = ROOT.evidenceData(ACME, EU, REPO, DAY);
        assertThat(ROOT.resolve(ROOT.relative(file))).isEqualTo(file);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", ".", "..", "../x", "a/../b", "a/./b", "/etc/passwd", "a\\b", "a\u0000b", "../zu_root_2/x",
            "a/.." })
    void pathsThatAreNotPlainOrLeaveTheRootAreRefused(String relative) {
        assertThatIllegalArgumentException().isThrownBy(() -> ROOT.resolve(relative));
    }

    @Test
    void filesOutsideOfTheRootHaveNoRelativePath() {
        assertThatIllegalArgumentException().isThrownBy(() -> ROOT.relative(Path.of("/srv/zu_root_2/x")));
        assertThatIllegalArgumentException().isThrownBy(() -> ROOT.relative(Path.of("/srv/zu_root/../x")));
        assertThatIllegalArgumentException().isThrownBy(() -> ROOT.relative(ROOT.path()));
    }

    @Test
    void yearsHaveFourDigits() {
        assertThat(relative(ROOT.ideReceipts(REPO, YearMonth.of(7, 1)))).contains("/0007/01/");
        assertThatIllegalArgumentException().isThrownBy(() -> ROOT.ideQuarantine(LocalDate.of(10_000, 1, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> ROOT.ideReceipts(REPO, YearMonth.of(-1, 1)));
    }

    @Property(tries = 5_000)
    void noTextLeadsOutOfTheRoot(@ForAll("nasty") String text) {
        for (Supplier<Path> path : pathsOf(text)) {
            Path result;
            try {
                result = path.get();
            } catch (IllegalArgumentException refused) {
                continue;
            }
            assertThat(result.normalize()).isEqualTo(result).startsWithRaw(ROOT.path()).isNotEqualTo(ROOT.path());
        }
    }

    @Provide
    Arbitrary<String> nasty() {
        Arbitrary<String> parts = Arbitraries.of("..", ".", "/", "\\", "a", "-", "\u0000", "%2e", "~", "quarantine", "dt=", ":",
                "…");
        return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(20),
                parts.list().ofMaxSize(6).map(list -> String.join("", list)));
    }

    private static List<Supplier<Path>> pathsOf(String text) {
        List<Supplier<Path>> paths = new ArrayList<>();
        paths.add(() -> ROOT.ideReceipts(RepoId.of(text), YearMonth.of(2026, 1)));
        paths.add(() -> ROOT.ideTrust(Kid.of(text)));
        paths.add(() -> ROOT.evidenceData(TenantId.of(text), EU, REPO, DAY));
        paths.add(() -> ROOT.evidenceData(ACME, Region.of(text), REPO, DAY));
        paths.add(() -> ROOT.evidenceData(ACME, EU, RepoId.of(text), DAY));
        paths.add(() -> ROOT.tenantTrust(ACME, EU, Kid.of(text)));
        paths.add(() -> ROOT.resolve(text));
        return paths;
    }

    private static String relative(Path path) {
        return ROOT.relative(path);
    }
}
