package io.zeroui.contracts.fabric;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.boundaries.DataClass;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Every folder of {@code ZU_ROOT} that may hold files: whose it is, and the class of what lies in it. */
public enum FabricFolder {
    IDE_RECEIPTS(Plane.IDE, DataClass.RECEIPT_BODY, "ide/receipts/{repo}/{year}/{month}"),
    IDE_QUARANTINE(Plane.IDE, DataClass.RECEIPT_BODY, "ide/receipts/quarantine"),
    IDE_TRUST(Plane.IDE, DataClass.POLICY, "ide/policy/trust/pubkeys"),
    /** Metadata of the release that is active, and of those before it. */
    IDE_POLICY_RELEASE(Plane.IDE, DataClass.POLICY, "ide/policy/release", true),
    IDE_POLICY_OVERLAY(Plane.IDE, DataClass.POLICY, "ide/policy/overlay"),
    IDE_POLICY_CACHE(Plane.IDE, DataClass.POLICY, "ide/policy/cache"),
    IDE_POLICY_CURRENT(Plane.IDE, DataClass.POLICY, "ide/policy/current"),
    /** Locks of the ledgers. */
    TENANTS(Plane.TENANT, DataClass.PLANE_STATE, "tenant"),
    TENANT_TRUST(Plane.TENANT, DataClass.POLICY, "tenant/{tenant}/{region}/policy/trust/pubkeys"),
    TENANT_POLICY_RELEASE(Plane.TENANT, DataClass.POLICY, "tenant/{tenant}/{region}/policy/release", true),
    TENANT_POLICY_SNAPSHOTS(Plane.TENANT, DataClass.POLICY, "tenant/{tenant}/{region}/policy/snapshots", true),
    /** What a tenant adds to its policies; who wrote it and why. */
    TENANT_POLICY_OVERLAYS(Plane.TENANT, DataClass.POLICY, "tenant/{tenant}/{region}/policy/overlays"),
    /** Releases and edges' reports of them; beside it what a crash tore off. */
    TENANT_POLICY_HISTORY(Plane.TENANT, DataClass.POLICY, "tenant/{tenant}/{region}/policy/history"),
    TENANT_TRUST_OF_OLDER_TOOLS(Plane.TENANT, DataClass.POLICY, "tenant/policy/trust/pubkeys"),
    EVIDENCE_DATA(Plane.TENANT, DataClass.RECEIPT_BODY, "tenant/{tenant}/{region}/evidence/data/{repo}/dt={day}"),
    EVIDENCE_JOURNAL(Plane.TENANT, DataClass.RECEIPT_METADATA, "tenant/{tenant}/{region}/evidence/journal/dt={day}"),
    /** Checkpoint and tiles of the tenant's Merkle log, as C2SP tlog-tiles has them; below {@code witness} what was cosigned. */
    EVIDENCE_LOG(Plane.TENANT, DataClass.RECEIPT_METADATA, "tenant/{tenant}/{region}/evidence/log", true),
    EVIDENCE_COURIER(Plane.TENANT, DataClass.RECEIPT_METADATA, "tenant/{tenant}/{region}/evidence/courier/dt={day}"),
    /** Erasures that are being carried out; empty but for moments, and after a crash. */
    EVIDENCE_ERASURES(Plane.TENANT, DataClass.RECEIPT_METADATA, "tenant/{tenant}/{region}/evidence/erasures"),
    /** What a ledger goes on from whose oldest days were dropped. */
    EVIDENCE_BASES(Plane.TENANT, DataClass.RECEIPT_METADATA, "tenant/{tenant}/{region}/evidence/bases"),
    /** Exports: for each what it is, and the file that is fetched until it expires. */
    EVIDENCE_EXPORTS(Plane.TENANT, DataClass.RECEIPT_BODY, "tenant/{tenant}/{region}/evidence/exports/{export}"),
    EVIDENCE_DEAD_LETTERS(Plane.TENANT, DataClass.RECEIPT_BODY, "tenant/{tenant}/{region}/evidence/dlq/dt={day}"),
    /** Exports of redacted context: what each is until it is withdrawn, and how far it has come. */
    TENANT_CONTEXT_EXPORTS(Plane.TENANT, DataClass.TENANT_CONTEXT, "tenant/{tenant}/{region}/context/exports/{export}"),
    /** What was signed for a tenant: release, targets, snapshots. */
    PRODUCT_POLICY_PUBLISHED(Plane.PRODUCT, DataClass.POLICY, "product/{region}/policy/registry/releases/{tenant}/published", true),
    PRODUCT_POLICY_ROOTS(Plane.PRODUCT, DataClass.POLICY, "product/{region}/policy/trust/roots"),
    PRODUCT_TRUST(Plane.PRODUCT, DataClass.POLICY, "product/{region}/policy/trust/pubkeys"),
    /** The lock of who writes policies. */
    POLICY_REGISTRY(Plane.PRODUCT, DataClass.PLANE_STATE, "product/{region}/policy/registry"),
    POLICY_HISTORY(Plane.PRODUCT, DataClass.POLICY, "product/{region}/policy/registry/releases/{tenant}"),
    POLICY_SNAPSHOTS(Plane.PRODUCT, DataClass.POLICY, "product/{region}/policy/registry/releases/{tenant}/snapshots/{policy}"),
    POLICY_TEMPLATES(Plane.PRODUCT, DataClass.POLICY, "product/{region}/policy/registry/templates"),
    POLICY_REVOCATIONS(Plane.PRODUCT, DataClass.POLICY, "product/{region}/policy/registry/revocations/{tenant}"),
    PRODUCT_TRUST_OF_OLDER_TOOLS(Plane.PRODUCT, DataClass.POLICY, "product/policy/trust/pubkeys"),
    /** Journals of the shared plane, and below {@code objects} the documents that their acts name; so in all of its areas. */
    SHARED_PROVIDERS(Plane.SHARED, DataClass.REGISTRY, "shared/{org}/{region}/provider-registry", true),
    SHARED_EVAL_HARNESS(Plane.SHARED, DataClass.REGISTRY, "shared/{org}/{region}/eval/harness", true),
    SHARED_EVAL_RESULTS(Plane.SHARED, DataClass.REGISTRY, "shared/{org}/{region}/eval/results", true),
    SHARED_SBOM(Plane.SHARED, DataClass.REGISTRY, "shared/{org}/{region}/security/sbom", true),
    SHARED_SUPPLY_CHAIN(Plane.SHARED, DataClass.REGISTRY, "shared/{org}/{region}/security/supply-chain", true),
    /** The lock of who writes the shared plane's files. */
    SHARED_ROOT(Plane.SHARED, DataClass.PLANE_STATE, "shared/{org}/{region}");

    private final Plane plane;
    private final DataClass dataClass;
    private final String pattern;
    private final List<Pattern> components;
    private final boolean deep;

    FabricFolder(Plane plane, DataClass dataClass, String pattern) {
        this(plane, dataClass, pattern, false);
    }

    /** @param deep whether everything below the folder is part of it */
    FabricFolder(Plane plane, DataClass dataClass, String pattern, boolean deep) {
        this.plane = plane;
        this.dataClass = dataClass;
        this.pattern = pattern;
        this.components = Arrays.stream(pattern.split("/")).map(FabricFolder::component).toList();
        this.deep = deep;
    }

    /** The plane whose it is. */
    public Plane plane() {
        return plane;
    }

    /** What lies in it. */
    public DataClass dataClass() {
        return dataClass;
    }

    /** Where it is, for example {@code tenant/{tenant}/{region}/evidence/dlq/dt={day}}. */
    public String pattern() {
        return pattern;
    }

    /** The folder at a path relative to the root, with {@code /}; empty where no files belong. */
    public static Optional<FabricFolder> find(String relative) {
        List<String> path = List.of(relative.split("/", -1));
        return Arrays.stream(values())
                .filter(folder -> folder.components.size() == path.size() && folder.beginsLike(path) || folder.isAbove(path))
                .findFirst();
    }

    /** Whether the path relative to the root is a catalogued folder, or one above it that holds folders only. */
    public static boolean isOnTheWay(String relative) {
        List<String> path = List.of(relative.split("/", -1));
        return Arrays.stream(values())
                .anyMatch(folder -> folder.components.size() >= path.size() && folder.beginsLike(path)
                        || folder.isAbove(path));
    }

    private boolean isAbove(List<String> path) {
        return deep && path.size() > components.size() && beginsLike(path.subList(0, components.size()))
                && path.stream().noneMatch(component -> component.isEmpty() || component.startsWith("."));
    }

    private boolean beginsLike(List<String> path) {
        for (int i = 0; i < path.size(); i++) {
            if (!components.get(i).matcher(path.get(i)).matches()) {
                return false;
            }
        }
        return true;
    }

    private static Pattern component(String text) {
        return Pattern.compile(switch (text) {
            case "{year}" -> "\\d{4}";
            case "{month}" -> "\\d{2}";
            case "dt={day}" -> "dt=\\d{4}-\\d{2}-\\d{2}";
            default -> text.startsWith("{") ? "[^/]+" : Pattern.quote(text);
        });
    }
}
