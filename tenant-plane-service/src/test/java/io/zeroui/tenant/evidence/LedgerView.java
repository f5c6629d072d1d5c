package io.zeroui.tenant.evidence;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A tenant's ledger seen from outside: its files, and its rows through the administrator's login. */
final class LedgerView {

    static final Region REGION = Region.of("local");
    final TenantId tenant;

    LedgerView(TenantId tenant) {
        this.tenant = tenant;
    }

    Path evidence() {
        return PlaneResource.zuRoot().zuRoot().evidenceFolder(tenant, REGION);
    }

    Path trust() {
        return PlaneResource.zuRoot().zuRoot().tenantTrustFolder(tenant, REGION);
    }

    /** How many lines the tenant's history of policies has. */
    int historyLines() {
        try {
            return Files.readAllLines(PlaneResource.zuRoot().zuRoot().tenantPolicyHistory(tenant, REGION)).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All lines of the evidence files. */
    List<String> storedLines() {
        return lines("data");
    }

    List<String> journal() {
        return lines("journal");
    }

    List<String> deadLetters() {
        return lines("dlq");
    }

    /** The only file of a kind. */
    Path file(String kind) {
        try (Stream<Path> files = Files.walk(evidence().resolve(kind))) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Receipt ids in the order of the ledger. */
    List<String> indexed() {
        return column("SELECT receipt_id FROM app.receipts_index WHERE tenant_id = '" + tenant + "' "
                + "ORDER BY ledger_sequence");
    }

    /** Rows whose link does not follow from the row, or what is left of it, before it in the chain. */
    List<String> brokenLinks() {
        return column("""
                SELECT receipt_id FROM (
                    SELECT receipt_id, chain_position, hash, commitment, prev_hash, chain_hash,
                           lag(hash, 1, '\\x%1$s'::bytea) OVER chain AS before,
                           lag(chain_hash, 1, '\\x%1$s'::bytea) OVER chain AS chain_before,
                           row_number() OVER chain AS position
                    FROM (SELECT receipt_id, chain_id, ledger_sequence, chain_position, hash, commitment, prev_hash, chain_hash
                          FROM app.receipts_index WHERE tenant_id = '%2$s'
                          UNION ALL
                          SELECT receipt_id, chain_id, ledger_sequence, chain_position, '\\x%1$s'::bytea, NULL, NULL, chain_hash
                          FROM app.erased_receipts WHERE tenant_id = '%2$s') AS lines
                    WINDOW chain AS (PARTITION BY chain_id ORDER BY ledger_sequence)) AS links
                WHERE prev_hash <> before OR chain_position <> position
                   OR chain_hash <> sha256('\\x01'::bytea || chain_before || commitment)
                """.formatted("00".repeat(32), tenant));
    }

    static List<String> column(String sql) {
        RealRuntime runtime = RealRuntime.with(RuntimePart.TENANT);
        try (Connection connection = RealRuntime.connect(runtime.adminUrl(Plane.TENANT));
                var rows = connection.createStatement().executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void execute(String sql) {
        try (Connection connection = RealRuntime.connect(
                RealRuntime.with(RuntimePart.TENANT).adminUrl(Plane.TENANT))) {
            connection.createStatement().execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All lines of the files of a kind. */
    List<String> lines(String kind) {
        Path folder = evidence().resolve(kind);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                lines.addAll(Files.readAllLines(file));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
