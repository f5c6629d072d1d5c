package io.zeroui.runtime.policy.bundles;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.StartupEvent;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.trust.PolicyRefused;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes bundles, and keeps those that were asked for last: many callers ask for the same. */
@ApplicationScoped
public class PolicyBundles {

    private static final Logger LOG = Logger.getLogger(PolicyBundles.class);
    private static final int TOO_LARGE = 422;

    private final BundleConfig config;
    private final Optional<BundleSigner> signer;
    private final Map<BundlePlan, PolicyBundle> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long keptBytes;

    PolicyBundles(BundleConfig config) {
        this.config = config;
        this.signer = BundleSigner.of(config);
    }

    /** A key that cannot be used is told at the start, not to the first caller. */
    void start(@Observes StartupEvent event) {
        LOG.debugf("bundles are %s", signer.isPresent() ? "signed" : "not signed");
    }

    /** Where the snapshots of a release are. */
    @FunctionalInterface
    public interface Snapshots {

        /**
         * The snapshot of a policy of the release.
         *
         * @throws PolicyRefused when what is there is not what was signed
         */
        JsonNode get(PolicyVersion policy) throws PolicyRefused, IOException;
    }

    /**
     * The bundle of a plan. Blocking: it may read files.
     *
     * @throws PolicyRefused when a snapshot is not what was signed, or not there any more
     * @throws ProblemException 422 when it is larger than {@link BundleConfig#maxBytes()}
     */
    public synchronized PolicyBundle of(BundlePlan plan, Snapshots snapshots) throws PolicyRefused, IOException {
        @Nullable
        PolicyBundle known = kept.get(plan);
        if (known != null) {
            return known;
        }
        try {
            BundleFiles files = new BundleFiles(plan, config.maxBytes());
            for (BundlePlan.Part part : plan.parts()) {
                files.add(part, snapshots.get(part.policy()));
            }
            PolicyBundle made = files.finish(signer);
            keep(plan, made);
            return made;
        } catch (BundleTooLarge e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, TOO_LARGE, String.valueOf(e.getMessage()),
                    Map.of("bundle", plan.name(), "max_bytes", config.maxBytes()));
        }
    }

    private void keep(BundlePlan plan, PolicyBundle made) {
        kept.put(plan, made);
        keptBytes += made.bytes().length;
        var eldest = kept.entrySet().iterator();
        while (keptBytes > config.keptBytes() && eldest.hasNext()) {
            keptBytes -= eldest.next().getValue().bytes().length;
            eldest.remove();
        }
    }
}
