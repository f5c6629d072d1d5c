package io.zeroui.contracts.fabric;

import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.OrganisationId;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * The root of the storage fabric and where things are below it. Every component is typed, so no path leaves the root.
 *
 * @param path the root, absolute and normalised
 */
public record ZuRoot(Path path) {

    private static final String RECEIPTS = "receipts.jsonl";

    public ZuRoot {
        path = path.toAbsolutePath().normalize();
    }

    /** {@code ide/receipts}: one folder per repository, and those that lie beside them. */
    public Path ideReceiptsFolder() {
        return below("ide", "receipts");
    }

    /** {@code ide/receipts/{repo-id}/{yyyy}/{mm}/receipts.jsonl}. */
    public Path ideReceipts(RepoId repoId, YearMonth month) {
        return ideReceiptsFolder().resolve(repoId.value()).resolve(year(month.getYear()))
                .resolve(String.format(Locale.ROOT, "%02d", month.getMonthValue())).resolve(RECEIPTS);
    }

    /** {@code ide/receipts/quarantine}. */
    public Path ideQuarantineFolder() {
        return ideReceiptsFolder().resolve("quarantine");
    }

    /** {@code ide/receipts/quarantine/{yyyy-mm-dd}.jsonl}. */
    public Path ideQuarantine(LocalDate day) {
        return ideQuarantineFolder().resolve(date(day) + ".jsonl");
    }

    /** {@code ide/policy/trust/pubkeys}. */
    public Path ideTrustFolder() {
        return below("ide", "policy", "trust", "pubkeys");
    }

    /** {@code ide/policy/trust/pubkeys/{kid}.pem}. */
    public Path ideTrust(Kid kid) {
        return ideTrustFolder().resolve(pem(kid));
    }

    /** Where an edge looks for public keys, in this order: its own folder, then those of older tools. */
    public List<Path> ideTrustFolders() {
        return List.of(ideTrustFolder(), below("product", "policy", "trust", "pubkeys"),
                tenantTrustFolderOfOlderTools());
    }

    /** {@code tenant}: one folder per tenant. */
    public Path tenantsFolder() {
        return below("tenant");
    }

    /** {@code tenant/{tenant-id}/{region}/evidence}. */
    public Path evidenceFolder(TenantId tenantId, Region region) {
        return tenantFolder(tenantId, region).resolve("evidence");
    }

    /** {@code tenant/{tenant-id}/{region}/evidence/data}. */
    public Path evidenceDataFolder(TenantId tenantId, Region region) {
        return evidenceFolder(tenantId, region).resolve("data");
    }

    /** {@code tenant/{tenant-id}/{region}/evidence/data/{repo-id}/dt=YYYY-MM-DD/receipts.jsonl}. */
    public Path evidenceData(TenantId tenantId, Region region, RepoId repoId, LocalDate day) {
        return evidenceDataFolder(tenantId, region).resolve(repoId.value()).resolve(partition(day)).resolve(RECEIPTS);
    }

    /** {@code tenant/{tenant-id}/{region}/evidence/journal}. */
    public Path evidenceJournalFolder(TenantId tenantId, Region region) {
        return evidenceFolder(tenantId, region).resolve("journal");
    }

    /** {@code tenant/{tenant-id}/{region}/evidence/journal/dt=YYYY-MM-DD/journal.jsonl}. */
    public Path evidenceJournal(TenantId tenantId, Region region, LocalDate day) {
        return evidenceJournalFolder(tenantId, region).resolve(partition(day)).resolve("journal.jsonl");
    }

    /** {@code tenant/{tenant-id}/{region}/evidence/log}: checkpoint, tiles and, below {@code witness}, cosigned checkpoints of the Merkle log. */
    public Path evidenceLogFolder(TenantId tenantId, Region region) {
        return evidenceFolder(tenantId, region).resolve("log");
    }

    /** {@code tenant/{tenant-id}/{region}/evidence/courier}: what couriers said of their batches. */
    public Path evidenceCourierFolder(TenantId tenantId, Region region) {
        return evidenceFolder(tenantId, region).resolve("courier");
    }

    /** {@code tenant/{tenant-id}/{region}/evidence/courier/dt=YYYY-MM-DD/batches.jsonl}. */
    public Path evidenceCourier(TenantId tenantId, Region region, LocalDate day) {
        return evidenceCourierFolder(tenantId, region).resolve(partition(day)).resolve("batches.jsonl");
    }

    /** {@code tenant/{tenant-id}/{region}/evidence/erasures}: erasures that are being carried out. */
    public Path evidenceErasureFolder(TenantId tenantId, Region region) {
        return evidenceFolder(tenantId, region).resolve("erasures");
    }

    /** {@code tenant/{tenant-id}/{region}/evidence/bases}: what a ledger goes on from whose oldest days were dropped. */
    public Path evidenceBaseFolder(TenantId tenantId, Region region) {
        return evidenceFolder(tenantId, region).resolve("bases");
    }

    /** {@code tenant/{tenant-id}/{region}/evidence/exports}: one folder per export. */
    public Path evidenceExportsFolder(TenantId tenantId, Region region) {
        return evidenceFolder(tenantId, region).resolve("exports");
    }

    /** {@code tenant/{tenant-id}/{region}/evidence/exports/{export-id}}: an export and its file. */
    public Path evidenceExportFolder(TenantId tenantId, Region region, UUID exportId) {
        return evidenceExportsFolder(tenantId, region).resolve(exportId.toString());
    }

    /** {@code tenant/{tenant-id}/{region}/evidence/dlq}. */
    public Path evidenceDeadLetterFolder(TenantId tenantId, Region region) {
        return evidenceFolder(tenantId, region).resolve("dlq");
    }

    /** {@code tenant/{tenant-id}/{region}/evidence/dlq/dt=YYYY-MM-DD/dead-letters.jsonl}. */
    public Path evidenceDeadLetters(TenantId tenantId, Region region, LocalDate day) {
        return evidenceDeadLetterFolder(tenantId, region).resolve(partition(day)).resolve("dead-letters.jsonl");
    }

    /** {@code tenant/{tenant-id}/{region}/context/exports}: one folder per export of context. */
    public Path contextExportsFolder(TenantId tenantId, Region region) {
        return tenantFolder(tenantId, region).resolve("context").resolve("exports");
    }

    /** {@code tenant/{tenant-id}/{region}/context/exports/{export-id}}. */
    public Path contextExportFolder(TenantId tenantId, Region region, UUID exportId) {
        return contextExportsFolder(tenantId, region).resolve(exportId.toString());
    }

    /** {@code tenant/{tenant-id}/{region}/policy/trust/pubkeys}. */
    public Path tenantTrustFolder(TenantId tenantId, Region region) {
        return tenantFolder(tenantId, region).resolve("policy").resolve("trust").resolve("pubkeys");
    }

    /** {@code tenant/{tenant-id}/{region}/policy/trust/pubkeys/{kid}.pem}. */
    public Path tenantTrust(TenantId tenantId, Region region, Kid kid) {
        return tenantTrustFolder(tenantId, region).resolve(pem(kid));
    }

    /** {@code tenant/policy/trust/pubkeys}, where older tools keep keys that all tenants trust. */
    public Path tenantTrustFolderOfOlderTools() {
        return below("tenant", "policy", "trust", "pubkeys");
    }

    /** {@code product/{region}/policy/trust/pubkeys}. */
    public Path productTrustFolder(Region region) {
        return below("product", region.value(), "policy", "trust", "pubkeys");
    }

    /** {@code product/{region}/policy/trust/roots}: {@code {version}.root.json}, whose keys count for what. */
    public Path policyRootFolder(Region region) {
        return below("product", region.value(), "policy", "trust", "roots");
    }

    /** {@code product/{region}/policy/registry}: releases, templates, revocations. */
    public Path policyRegistryFolder(Region region) {
        return below("product", region.value(), "policy", "registry");
    }

    /** {@code product/{region}/policy/registry/releases}: one folder per tenant. */
    public Path policyReleasesFolder(Region region) {
        return policyRegistryFolder(region).resolve("releases");
    }

    /** {@code product/{region}/policy/registry/releases/{tenant-id}/published}: what was signed for a tenant. */
    public Path publishedPolicyFolder(Region region, TenantId tenantId) {
        return policyReleasesFolder(region).resolve(tenantId.value()).resolve("published");
    }

    /** {@code tenant/{tenant-id}/{region}/policy/release}: metadata of the release that the tenant's mirror has. */
    public Path tenantPolicyReleaseFolder(TenantId tenantId, Region region) {
        return tenantFolder(tenantId, region).resolve("policy").resolve("release");
    }

    /** {@code tenant/{tenant-id}/{region}/policy/snapshots}: {@code {policy-id}/{version}.json}. */
    public Path tenantPolicySnapshotFolder(TenantId tenantId, Region region) {
        return tenantFolder(tenantId, region).resolve("policy").resolve("snapshots");
    }

    /** {@code tenant/{tenant-id}/{region}/policy/overlays}: {@code {version}.json}, what the tenant adds; the newest counts. */
    public Path tenantPolicyOverlayFolder(TenantId tenantId, Region region) {
        return tenantFolder(tenantId, region).resolve("policy").resolve("overlays");
    }

    /** {@code ide/policy/overlay}: {@code overlay.json}, what the edge's tenant adds. */
    public Path idePolicyOverlayFolder() {
        return below("ide", "policy", "overlay");
    }

    /** {@code tenant/{tenant-id}/{region}/policy/history/history.jsonl}: what edges could have since when, and what they reported. */
    public Path tenantPolicyHistory(TenantId tenantId, Region region) {
        return tenantFolder(tenantId, region).resolve("policy").resolve("history").resolve("history.jsonl");
    }

    /** {@code ide/policy/release}: metadata of the release that is active on the edge. */
    public Path idePolicyReleaseFolder() {
        return below("ide", "policy", "release");
    }

    /** {@code ide/policy/cache}: {@code {policy-id}-{version}.json}. */
    public Path idePolicyCacheFolder() {
        return below("ide", "policy", "cache");
    }

    /** {@code ide/policy/current}: {@code {policy-id}.json} points to the version that is active. */
    public Path idePolicyCurrentFolder() {
        return below("ide", "policy", "current");
    }

    /** {@code product/{region}/policy/registry/releases/{tenant-id}/history.jsonl}. */
    public Path policyHistory(Region region, TenantId tenantId) {
        return policyReleasesFolder(region).resolve(tenantId.value()).resolve("history.jsonl");
    }

    /** {@code product/{region}/policy/registry/releases/{tenant-id}/snapshots/{policy-id}/{version}.json}. */
    public Path policySnapshot(Region region, TenantId tenantId, PolicyVersion id) {
        return policyReleasesFolder(region).resolve(tenantId.value()).resolve("snapshots").resolve(id.policyId())
                .resolve(id.version() + ".json");
    }

    /** {@code product/{region}/policy/registry/templates}: templates, and schemas of policies' contents. */
    public Path policyTemplatesFolder(Region region) {
        return policyRegistryFolder(region).resolve("templates");
    }

    /** {@code product/{region}/policy/registry/revocations/{tenant-id}/{policy-id}-{version}.json}. */
    public Path policyRevocation(Region region, TenantId tenantId, PolicyVersion id) {
        return policyRegistryFolder(region).resolve("revocations").resolve(tenantId.value()).resolve(id.id() + ".json");
    }

    /** {@code tenant/zeroui-rulings/{region}}: the tenant plane's copy of what the shared plane has ruled. */
    public Path tenantRulingsFolder(Region region) {
        return below("tenant", "zeroui-rulings", region.value());
    }

    /** {@code product/{region}/rulings}: the product plane's copy of the same. */
    public Path productRulingsFolder(Region region) {
        return below("product", region.value(), "rulings");
    }

    /** {@code shared/{org-id}/{region}}: areas of the shared plane. */
    public Path sharedFolder(OrganisationId organisation, Region region) {
        return below("shared", organisation.value(), region.value());
    }

    /** {@code {kid}.pem} in a trust folder: the key. */
    public static Path keyFile(Path trustFolder, Kid kid) {
        return trustFolder.resolve(pem(kid));
    }

    /** {@code {kid}.json} in a trust folder: what is known of the key. */
    public static Path keyDocument(Path trustFolder, Kid kid) {
        return trustFolder.resolve(kid.value() + ".json");
    }

    /**
     * The path of a file below the root as indexes keep it: relative, with {@code /}.
     *
     * @throws IllegalArgumentException when the file is not below the root
     */
    public String relative(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        if (!absolute.startsWith(path) || absolute.equals(path)) {
            throw new IllegalArgumentException("not below the root " + path + ": " + file);
        }
        StringBuilder relative = new StringBuilder();
        for (Path component : path.relativize(absolute)) {
            relative.append(relative.length() == 0 ? "" : "/").append(component);
        }
        return relative.toString();
    }

    /**
     * The file of a relative path, the reverse of {@link #relative}.
     *
     * @throws IllegalArgumentException when the path is absolute, or has components such as {@code ..}, or is none
     */
    public Path resolve(String relative) {
        try {
            Path given = Path.of(relative);
            Path resolved = path.resolve(given);
            boolean plain = !given.isAbsolute() && !relative.isEmpty() && relative.indexOf('\\') < 0
                    && resolved.normalize().equals(resolved) && !resolved.equals(path);
            if (plain && resolved.startsWith(path)) {
                return resolved;
            }
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("not a path", e);
        }
        throw new IllegalArgumentException("not a plain path below the root: '" + relative + "'");
    }

    private Path tenantFolder(TenantId tenantId, Region region) {
        return below("tenant", tenantId.value(), region.value());
    }

    private Path below(String first, String... more) {
        return path.resolve(Path.of(first, more));
    }

    private static String pem(Kid kid) {
        return kid.value() + ".pem";
    }

    private static String partition(LocalDate day) {
        return "dt=" + date(day);
    }

    private static String date(LocalDate day) {
        return year(day.getYear())
                + String.format(Locale.ROOT, "-%02d-%02d", day.getMonthValue(), day.getDayOfMonth());
    }

    private static String year(int year) {
        if (year < 0 || year > 9999) {
            throw new IllegalArgumentException("the fabric has no folder for the year " + year);
        }
        return String.format(Locale.ROOT, "%04d", year);
    }
}
