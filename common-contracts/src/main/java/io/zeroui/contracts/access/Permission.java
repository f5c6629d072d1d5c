package io.zeroui.contracts.access;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a caller may do. A key or token of one tenant has its permissions for that tenant only; {@code …:all} lets a
 * credential without a tenant reach any tenant's data, which leaves an audit record.
 */
public enum Permission {
    /** Look receipts of the ledger up, and verify them. */
    EVIDENCE_READ,
    /** The same for every tenant. */
    EVIDENCE_READ_ALL,
    /** Write into the ledger over the evidence API. */
    EVIDENCE_WRITE,
    /** The same for every tenant. */
    EVIDENCE_WRITE_ALL,
    /** See who read a tenant's evidence. */
    EVIDENCE_AUDIT,
    /** The same for every tenant. */
    EVIDENCE_AUDIT_ALL,
    /** Export evidence. */
    EVIDENCE_EXPORT,
    /** The same for every tenant. */
    EVIDENCE_EXPORT_ALL,
    /** Erase receipts. */
    EVIDENCE_ERASE,
    /** The same for every tenant. */
    EVIDENCE_ERASE_ALL,
    /** See, place and release legal holds. */
    EVIDENCE_HOLD,
    /** The same for every tenant. */
    EVIDENCE_HOLD_ALL,
    /** See and set how long a tenant's evidence is kept, and drop what is older. */
    EVIDENCE_RETENTION,
    /** The same for every tenant. */
    EVIDENCE_RETENTION_ALL,
    /** See what context a tenant has exported. */
    CONTEXT_READ,
    /** The same for every tenant. */
    CONTEXT_READ_ALL,
    /** Export redacted context, and withdraw it. */
    CONTEXT_WRITE,
    /** The same for every tenant. */
    CONTEXT_WRITE_ALL,
    /** Look receipts of an edge up. */
    RECEIPTS_READ,
    /** The same for every tenant. */
    RECEIPTS_READ_ALL,
    /** Send receipts to an edge. */
    RECEIPTS_WRITE,
    /** The same for every tenant. */
    RECEIPTS_WRITE_ALL,
    /** Read an edge's quarantine. */
    QUARANTINE_READ,
    /** Read reports over receipts. */
    REPORTS_READ,
    /** The same for every tenant. */
    REPORTS_READ_ALL,
    /** See which tenants and edges there are. */
    TENANTS_READ,
    /** Create, suspend, resume and delete tenants; enrol, suspend and remove edges. */
    TENANTS_MANAGE,
    /** See which keys tenants' receipts are signed with. */
    KEYS_READ,
    /** Add, rotate, revoke and restore keys of tenants. */
    KEYS_MANAGE,
    /** See which logs are witnessed, how far, and by which keys. */
    WITNESS_READ,
    /** Accept another key of a log that is witnessed. */
    WITNESS_MANAGE,
    /** See policies, their histories, templates and schemas, and what is active where. */
    POLICY_READ,
    /** The same for every tenant. */
    POLICY_READ_ALL,
    /** Write drafts of policies, and submit them. */
    POLICY_AUTHOR,
    /** The same for every tenant; also write templates and schemas, which are for all. */
    POLICY_AUTHOR_ALL,
    /** Approve and reject what somebody else wrote. */
    POLICY_APPROVE,
    /** The same for every tenant. */
    POLICY_APPROVE_ALL,
    /** Release, promote, halt, kill and revoke policies. */
    POLICY_RELEASE,
    /** The same for every tenant. */
    POLICY_RELEASE_ALL,
    /** Search vectors, read points and collections. */
    VECTORS_READ,
    /** The same for every tenant. */
    VECTORS_READ_ALL,
    /** Write, change and delete points. */
    VECTORS_WRITE,
    /** The same for every tenant. */
    VECTORS_WRITE_ALL,
    /** Make, change and delete collections, aliases and payload indexes. */
    VECTORS_ADMIN,
    /** The same for every tenant. */
    VECTORS_ADMIN_ALL,
    /** See providers, models, adapters and the rules by which they may be used; ask whether something may be. */
    PROVIDERS_READ,
    /** Register providers, models and adapters; write rules; withdraw what must not be used. */
    PROVIDERS_MANAGE,
    /** See suites, datasets, runs and their scores. */
    EVALUATION_READ,
    /** Write suites and datasets, bring in runs. */
    EVALUATION_WRITE,
    /** Set gates, and decide on them. */
    EVALUATION_GATE,
    /** See bills of materials, components, statements and attestations. */
    SUPPLY_READ,
    /** Bring in bills of materials, statements and attestations. */
    SUPPLY_WRITE,
    /** Say whose attestations are trusted. */
    SUPPLY_TRUST,
    /** Read the telemetry of all planes. */
    TELEMETRY_READ,
    /** Read the status of a plane. */
    STATUS_READ,
    /** Read the metrics of a service. */
    METRICS_READ,
    /** Make, list, rotate and revoke API keys. */
    CREDENTIALS_MANAGE;

    private static final Map<String, Permission> BY_TEXT = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(Permission::text, Function.identity()));

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', ':');

    /** As it is written in keys, tokens and requests, for example {@code evidence:read:all}. */
    @JsonValue
    public String text() {
        return text;
    }

    /** The permission of that text; empty where there is none. */
    public static Optional<Permission> find(String text) {
        return Optional.ofNullable(BY_TEXT.get(text));
    }

    /** All permissions: what the first administrator key has. */
    public static Set<Permission> all() {
        return EnumSet.allOf(Permission.class);
    }
}
