package io.zeroui.contracts.policy.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.contracts.policy.Enforcement;
import io.zeroui.contracts.policy.PolicyLabels;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.lifecycle.Deed.Approved;
import io.zeroui.contracts.policy.lifecycle.Deed.Drafted;
import io.zeroui.contracts.policy.lifecycle.Deed.Halted;
import io.zeroui.contracts.policy.lifecycle.Deed.Killed;
import io.zeroui.contracts.policy.lifecycle.Deed.Promoted;
import io.zeroui.contracts.policy.lifecycle.Deed.Rejected;
import io.zeroui.contracts.policy.lifecycle.Deed.Released;
import io.zeroui.contracts.policy.lifecycle.Deed.Restored;
import io.zeroui.contracts.policy.lifecycle.Deed.Revoked;
import io.zeroui.contracts.policy.lifecycle.Deed.Submitted;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.contracts.policy.release.RolloutPlan;
import io.zeroui.contracts.receipts.Hash;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * Acts as lines of a history: {@code {"number":7,"at":"…","by":"key:…","act":"released","policy_id":"…","version":"…","reason":"…",…}}
 * with, behind these, {@code snapshot_hash}, {@code type}, {@code scope}, {@code enforcement} of what is drafted, {@code rollout} and
 * {@code fail_mode} of what is released, with {@code gate} and {@code steps} where it looks after itself, {@code rollout} of what is
 * promoted, {@code restored_from} of what is restored, {@code killed_until} of what is switched off. A reader ignores members that it
 * does not know.
 */
public final class PolicyActCodec {

    /** Limits of one line: 1 MiB, 8,192 members. */
    public static final JsonLimits LIMITS = new JsonLimits(1 << 20, 8, 4_096, 64, 8_192);

    private PolicyActCodec() {
    }

    /** The line, without a line feed. */
    public static byte[] write(PolicyAct act) {
        return tree(act).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The act as {@link #write} has it. */
    public static ObjectNode tree(PolicyAct act) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("number", act.number()).put("at", act.at().toString())
                .put("by", act.by()).put("act", act.deed().kind()).put("policy_id", act.policy().policyId())
                .put("version", act.policy().version());
        if (!act.reason().isEmpty()) {
            line.put("reason", act.reason());
        }
        if (act.deed() instanceof Drafted draft) {
            line.put("snapshot_hash", draft.content().prefixed()).put("type", draft.labels().type())
                    .put("scope", draft.labels().scope()).put("enforcement", draft.labels().enforcement().key());
        } else if (act.deed() instanceof Released release) {
            line.put("fail_mode", release.failMode().key()).set("rollout", rollout(release.rollout()));
            RolloutPlan plan = release.plan();
            if (plan != null) {
                plan.writeTo(line);
            }
        } else if (act.deed() instanceof Restored restoration) {
            line.put("restored_from", restoration.from());
        } else if (act.deed() instanceof Promoted promotion) {
            line.set("rollout", rollout(promotion.rollout()));
        } else if (act.deed() instanceof Killed killed && killed.until() != null) {
            line.put("killed_until", killed.until().toString());
        }
        return line;
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException when it is none, or of an act that this version does not know
     */
    public static PolicyAct read(byte[] bytes) {
        try {
            ObjectNode line = StrictJson.parseObject(bytes, LIMITS);
            JsonNode number = line.path("number");
            if (!number.isIntegralNumber() || !number.canConvertToLong()) {
                throw new IllegalArgumentException("an act has no number");
            }
            return new PolicyAct(number.longValue(), Instant.parse(text(line, "at")), text(line, "by"), line.path("reason").asText(""),
                    new PolicyVersion(text(line, "policy_id"), text(line, "version")), deed(line));
        } catch (InvalidJson | DateTimeException e) {
            throw new IllegalArgumentException("not an act: " + e.getMessage(), e);
        }
    }

    private static Deed deed(ObjectNode line) {
        return switch (text(line, "act")) {
            case "drafted" -> new Drafted(Hash.parse(text(line, "snapshot_hash")), new PolicyLabels(text(line, "type"),
                    text(line, "scope"), Enforcement.ofKey(text(line, "enforcement"))));
            case "submitted" -> new Submitted();
            case "approved" -> new Approved();
            case "rejected" -> new Rejected();
            case "released" -> new Released(rollout(line.path("rollout")), FailMode.ofKey(text(line, "fail_mode")),
                    RolloutPlan.read(line));
            case "restored" -> new Restored(text(line, "restored_from"));
            case "promoted" -> new Promoted(rollout(line.path("rollout")));
            case "halted" -> new Halted();
            case "killed" -> new Killed(line.hasNonNull("killed_until") ? Instant.parse(text(line, "killed_until")) : null);
            case "revoked" -> new Revoked();
            default -> throw new IllegalArgumentException("an unknown act");
        };
    }

    /** As lines and answers have it: {@code {"basis_points":2500,"edges":[…],"repos":[…]}}. */
    public static ObjectNode rollout(Rollout rollout) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("basis_points", rollout.basisPoints());
        rollout.edges().stream().map(EdgeId::value).sorted().forEach(node.putArray("edges")::add);
        rollout.repos().stream().map(RepoId::value).sorted().forEach(node.putArray("repos")::add);
        return node;
    }

    /**
     * Reads {@link #rollout(Rollout)}; names may be absent.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Rollout rollout(JsonNode node) {
        JsonNode share = node.path("basis_points");
        if (!share.isIntegralNumber() || !share.canConvertToInt()) {
            throw new IllegalArgumentException("a rollout has basis_points, an integer");
        }
        return new Rollout(share.intValue(), names(node.path("edges"), EdgeId::of), names(node.path("repos"), RepoId::of));
    }

    private static <T> Set<T> names(JsonNode list, Function<String, T> of) {
        if (!list.isArray() && !list.isMissingNode()) {
            throw new IllegalArgumentException("a rollout names edges and repos in arrays");
        }
        Set<T> names = new HashSet<>();
        list.forEach(name -> names.add(of.apply(name.isTextual() ? name.textValue() : "")));
        return names;
    }

    private static String text(ObjectNode line, String name) {
        JsonNode value = line.get(name);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("an act has no text " + name);
        }
        return value.textValue();
    }
}
