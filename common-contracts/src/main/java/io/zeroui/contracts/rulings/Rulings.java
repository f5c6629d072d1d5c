package io.zeroui.contracts.rulings;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.rulings.GateVerdict.SubjectKind;
import io.zeroui.contracts.rulings.providers.ProviderRules;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the shared plane has ruled, at one moment.
 *
 * @param schema {@value #SCHEMA}: nobody takes another signed document for this one
 * @param organisation whose registry, kebab-case
 * @param epoch raised by people who begin the versions anew; from 1
 * @param version within the epoch; whoever has believed one never believes a lower one again
 * @param issuedAt when it was signed
 * @param expiresAt from when whoever has it must take it for stale
 * @param providers the rules by which providers may be used
 * @param verdicts what gates say
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Rulings(@JsonProperty(required = true) String schema, @JsonProperty(required = true) String organisation,
        @JsonProperty(required = true) long epoch, @JsonProperty(required = true) long version,
        @JsonProperty(required = true) Instant issuedAt, @JsonProperty(required = true) Instant expiresAt,
        @JsonProperty(required = true) ProviderRules providers, @JsonProperty(required = true) List<GateVerdict> verdicts) {

    /** What kind of document this is. */
    public static final String SCHEMA = "zeroui.rulings.v1";

    /** Above it no canonical number would follow. */
    private static final long MAX_VERSION = 1L << 53;

    public Rulings {
        if (!SCHEMA.equals(schema) || organisation == null || epoch < 1 || epoch > MAX_VERSION || version < 1 || version > MAX_VERSION
                || issuedAt == null || expiresAt == null || providers == null || verdicts == null) {
            throw new IllegalArgumentException("not rulings: schema, organisation, versions, times, rules or verdicts are missing or wrong");
        }
        if (!TenantId.of(organisation).value().equals(organisation) || !issuedAt.isBefore(expiresAt)) {
            throw new IllegalArgumentException("rulings of an impossible organisation, or that expire before they are issued");
        }
        verdicts = List.copyOf(verdicts);
    }

    /** Whether these are newer than others of the same organisation. */
    public boolean isNewerThan(Rulings other) {
        return epoch != other.epoch ? epoch > other.epoch : version > other.version;
    }

    /** Whether nobody has said for so long that these are the newest that they must be taken for stale. */
    public boolean isStale(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** Whether they say the same as others, whenever and under whatever version that was issued. */
    public boolean saysTheSameAs(Rulings other) {
        return organisation.equals(other.organisation) && epoch == other.epoch && providers.equals(other.providers)
                && verdicts.equals(other.verdicts);
    }

    /** The newest verdict of a gate about a subject's version that counts now. */
    public Optional<GateVerdict> verdict(String gate, SubjectKind kind, String subjectId, String subjectVersion, Instant now) {
        return verdicts.stream()
                .filter(one -> one.gate().equals(gate) && one.subjectKind() == kind && one.subjectId().equals(subjectId)
                        && one.subjectVersion().equals(subjectVersion) && one.counts(now))
                .max(Comparator.comparing(GateVerdict::decidedAt));
    }
}
