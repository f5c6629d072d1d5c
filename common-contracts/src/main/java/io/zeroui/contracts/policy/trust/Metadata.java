package io.zeroui.contracts.policy.trust;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import java.time.Instant;
import java.util.Map;

/** What a role has signed (TUF §4.3 to §4.6). */
public sealed interface Metadata {

    /** The version of the document, from 1. */
    long version();

    /** From when on it is not believed any more. */
    Instant expires();

    /**
     * Which keys count for what.
     *
     * @param keys by key id
     * @param roles of every role; each has its keys among {@code keys}
     */
    record Root(long version, Instant expires, Map<String, Ed25519PublicKey> keys, Map<RoleName, Role> roles) implements Metadata {
        public Root {
            Versions.require(version);
            keys = Map.copyOf(keys);
            roles = Map.copyOf(roles);
            for (RoleName name : RoleName.values()) {
                Role role = roles.get(name);
                if (role == null || !keys.keySet().containsAll(role.keyIds())) {
                    throw new IllegalArgumentException("a root without the role " + name.key() + " or without a key of it");
                }
            }
        }

        /** The role; every root has all of them. */
        Role role(RoleName name) {
            Role role = roles.get(name);
            if (role == null) {
                throw new IllegalStateException("a root has every role");
            }
            return role;
        }
    }

    /**
     * That a snapshot is the newest.
     *
     * @param issuedAt when it was signed: no clock of a believer goes behind it
     */
    record Timestamp(TenantId tenant, long version, Instant expires, Instant issuedAt, FileMeta snapshot) implements Metadata {
        public Timestamp {
            Versions.require(version);
            if (!issuedAt.isBefore(expires)) {
                throw new IllegalArgumentException("a timestamp that was never valid");
            }
        }
    }

    /** Which targets belong to it. */
    record Snapshot(TenantId tenant, long version, Instant expires, FileMeta targets) implements Metadata {
        public Snapshot {
            Versions.require(version);
        }
    }

    /** Which policies there are; no two of them have the same {@link PolicyVersion#id()}, which names files and is in receipts. */
    record Targets(TenantId tenant, long version, Instant expires, Map<PolicyVersion, Target> targets) implements Metadata {
        public Targets {
            Versions.require(version);
            targets = Map.copyOf(targets);
            if (targets.keySet().stream().map(PolicyVersion::id).distinct().count() != targets.size()) {
                throw new IllegalArgumentException("targets with two policies of one name");
            }
        }
    }

    /**
     * A policy's version among the targets.
     *
     * @param length of its snapshot's bytes
     * @param sha256 of them
     * @param custom what the product plane says about it beside, an object
     */
    record Target(int length, Hash sha256, JsonNode custom) {
        public Target {
            if (length < 1 || !custom.isObject()) {
                throw new IllegalArgumentException("a target without bytes, or with something else than an object");
            }
        }
    }
}
