package io.zeroui.shared.providers.publication;

import io.zeroui.contracts.policy.trust.MetadataSigner;
import io.zeroui.contracts.rulings.GateVerdict;
import io.zeroui.contracts.rulings.Rulings;
import io.zeroui.contracts.rulings.RulingsCodec;
import io.zeroui.contracts.rulings.SignedRulings;
import io.zeroui.contracts.rulings.providers.ProviderRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Signs rulings. A version is the time in milliseconds at which it was signed, or one more than the one before where that is not less: so a
 * registry that was restored from a backup goes on above what others have. Blocking, one thing at a time.
 */
final class RulingsDesk {

    private static final Logger LOG = Logger.getLogger(RulingsDesk.class);
    /** Rules leave so much room in a document. */
    private static final int VERDICT_BYTES = 500_000;
    private static final Comparator<GateVerdict> ORDER = Comparator.comparing(GateVerdict::gate).thenComparing(GateVerdict::subjectKind)
            .thenComparing(GateVerdict::subjectId).thenComparing(GateVerdict::subjectVersion).thenComparing(GateVerdict::decidedAt)
            .thenComparing(GateVerdict::run);

    private final MetadataSigner signer;
    private final RulingsFile file;
    private final String organisation;
    private final long epoch;
    private final Duration lifetime;
    private volatile @Nullable SignedRulings current;

    private RulingsDesk(MetadataSigner signer, RulingsFile file, String organisation, long epoch, Duration lifetime) throws IOException {
        this.signer = signer;
        this.file = file;
        this.organisation = organisation;
        this.epoch = epoch;
        this.lifetime = lifetime;
        this.current = file.read();
    }

    /** A desk that goes on where the last one stopped. */
    static RulingsDesk open(MetadataSigner signer, Path folder, String organisation, RulingsConfig config) throws IOException {
        return new RulingsDesk(signer, new RulingsFile(folder, signer.publicKey()), organisation, config.epoch(), config.lifetime());
    }

    /** What was signed last. */
    @Nullable
    SignedRulings current() {
        return current;
    }

    /** The verdicts in it. */
    List<GateVerdict> verdicts() {
        SignedRulings known = current;
        return known == null ? List.of() : known.rulings().verdicts();
    }

    /** What counts now: signed anew and on the disk, or, where that says the same and is not about to expire, what was signed last. */
    synchronized SignedRulings sign(ProviderRules rules, List<GateVerdict> verdicts, Instant time) {
        Instant now = time.truncatedTo(ChronoUnit.MILLIS);
        Rulings last = current == null ? null : current.rulings();
        long era = last == null ? epoch : Math.max(epoch, last.epoch());
        long version = Math.max(now.toEpochMilli(), last == null || last.epoch() != era ? 1 : last.version() + 1);
        Rulings next = new Rulings(Rulings.SCHEMA, organisation, era, version, now, now.plus(lifetime), rules, chosen(verdicts, now));
        SignedRulings known = current;
        if (known != null && known.rulings().saysTheSameAs(next) && now.isBefore(known.rulings().expiresAt().minus(lifetime.dividedBy(2)))) {
            return known;
        }
        SignedRulings signed = RulingsCodec.sign(next, signer);
        try {
            file.write(signed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        current = signed;
        return signed;
    }

    private static List<GateVerdict> chosen(List<GateVerdict> verdicts, Instant now) {
        List<GateVerdict> chosen = new ArrayList<>();
        int bytes = 0;
        for (GateVerdict one : verdicts.stream().filter(verdict -> verdict.counts(now))
                .sorted(Comparator.comparing(GateVerdict::decidedAt).reversed().thenComparing(ORDER)).toList()) {
            bytes += RulingsCodec.sizeOf(one);
            if (chosen.size() == VerdictSource.MOST || bytes > VERDICT_BYTES) {
                LOG.warnf("only the newest %d of %d verdicts are published", chosen.size(), verdicts.size());
                break;
            }
            chosen.add(one);
        }
        return chosen.stream().sorted(ORDER).toList();
    }
}
