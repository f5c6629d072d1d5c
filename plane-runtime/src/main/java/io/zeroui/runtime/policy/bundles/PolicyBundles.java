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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/** Makes bundles, and keeps those that were asked for last: many callers ask for the same. */
@ApplicationScoped
public class PolicyBundles {

    private static final Logger LOG = Logger.getLogger(PolicyBundles.class);
    private static final int TOO_LARGE = 422;

    private final BundleConfig config;
    private final Optional<BundleSigner> signer;
    private final KeptBundles kept;

    PolicyBundles(BundleConfig config) {
        this.config = config;
        this.signer = BundleSigner.of(config);
        this.kept = new KeptBundles(config.keptBytes(), config.keptBytesOfTenant());
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
     * The bundle of a plan. Blocking: it may read files, or wait for another caller who makes the same bundle; who wants another one does
     * not wait.
     *
     * @throws PolicyRefused when a snapshot is not what was signed, or not there any more
     * @throws ProblemException 422 when it is larger than {@link BundleConfig#maxBytes()}
     */
    public PolicyBundle of(BundlePlan plan, Snapshots snapshots) throws PolicyRefused, IOException {
        CompletableFuture<PolicyBundle> mine = new CompletableFuture<>();
        CompletableFuture<PolicyBundle> others = kept.find(plan, mine);
        if (others != null) {
            return answer(plan, others);
        }
        make(plan, snapshots, mine);
        return answer(plan, mine);
    }

    private void make(BundlePlan plan, Snapshots snapshots, CompletableFuture<PolicyBundle> making) {
        try {
            BundleFiles files = new BundleFiles(plan, config.maxBytes());
            for (BundlePlan.Part part : plan.parts()) {
                files.add(part, snapshots.get(part.policy()));
            }
            PolicyBundle made = files.finish(signer);
            kept.made(plan, made);
            making.complete(made);
        } catch (Throwable e) { // also an Error: others wait for this bundle
            kept.failed(plan, e);
            making.completeExceptionally(e);
        }
    }

    private PolicyBundle answer(BundlePlan plan, CompletableFuture<PolicyBundle> making) throws PolicyRefused, IOException {
        try {
            return making.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof BundleTooLarge) {
                throw new ProblemException(ErrorCode.VALIDATION_ERROR, TOO_LARGE, String.valueOf(cause.getMessage()),
                        Map.of("bundle", plan.name(), "max_bytes", config.maxBytes()));
            }
            if (cause instanceof PolicyRefused refused) {
                throw refused;
            }
            if (cause instanceof IOException unread) {
                throw unread;
            }
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
