package io.zeroui.tenant.policy;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.tenant.policy.PolicyEdges.Report;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Answers edges, as fast as there is room on their streams. Who waits is answered from what it said last; an answer that fails is dropped, since edges ask
 * again.
 */
@ApplicationScoped
class PolicyAnswers {

    private static final Logger LOG = Logger.getLogger(PolicyAnswers.class);
    private static final int TOGETHER = 64;
    private static final long LOOK_MILLIS = 250;

    private final PolicyQuestions questions;
    private final TenantPolicies policies;
    private final PolicyOverlays overlays;
    private final PolicyNews news;
    private final Vertx vertx;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile long timer;

    PolicyAnswers(PolicyQuestions questions, TenantPolicies policies, PolicyOverlays overlays, PolicyNews news, Vertx vertx) {
        this.questions = questions;
        this.policies = policies;
        this.overlays = overlays;
        this.news = news;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(LOOK_MILLIS, id -> {
            if (!questions.isEmpty()) {
                Uni<Void> round = answer();
                round.subscribe().with(done -> {
                });
            }
        });
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    /** Answers who waits while there is room; never fails. Done at once where it is being done. */
    Uni<Void> answer() {
        if (!busy.compareAndSet(false, true)) {
            return Uni.createFrom().voidItem();
        }
        return rounds(Set.of()).onFailure().invoke(failure -> LOG.warnf("edges are not told of policies now, they ask again: %s", failure))
                .onFailure().recoverWithNull()
                .onTermination().invoke(() -> busy.set(false));
    }

    /** @param full tenants for whose edges there is no more room now */
    private Uni<Void> rounds(Set<TenantId> full) {
        Map<StreamScope, Report> some = questions.take(TOGETHER, full);
        if (some.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Report> reports = List.copyOf(some.values());
        return policies.answer(reports)
                .chain(answers -> overlays.missing(reports).chain(added -> tell(some.keySet(), answers, added)))
                .chain(left -> {
                    Map<StreamScope, Report> back = new LinkedHashMap<>();
                    Set<TenantId> now = new HashSet<>(full);
                    left.forEach(edge -> {
                        Report report = Objects.requireNonNull(some.get(edge));
                        back.put(edge, report);
                        now.add(report.tenant());
                    });
                    questions.putBack(back);
                    return rounds(now);
                });
    }

    /** A fleet that comes back asks the same: such an answer is written once. Gives the edges for which there was no room. */
    private Uni<List<StreamScope>> tell(Collection<StreamScope> asking, List<List<PolicyDelivered>> answers, List<Optional<PolicyDelivered>> added) {
        Map<List<PolicyDelivered>, Map<Optional<PolicyDelivered>, List<StreamScope>>> same = new IdentityHashMap<>();
        int number = 0;
        for (StreamScope edge : asking) {
            same.computeIfAbsent(answers.get(number), one -> new HashMap<>()).computeIfAbsent(added.get(number), one -> new ArrayList<>())
                    .add(edge);
            number++;
        }
        List<Uni<List<StreamScope>>> told = new ArrayList<>();
        same.forEach((documents, with) -> with.forEach((overlay, edges) -> told.add(
                news.tell(edges, Stream.concat(documents.stream(), overlay.stream()).toList()))));
        return Multi.createFrom().iterable(told).onItem().transformToUniAndConcatenate(one -> one)
                .collect().in(ArrayList<StreamScope>::new, List::addAll).map(left -> left);
    }
}
