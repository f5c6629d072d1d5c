package io.zeroui.tenant.policy;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import io.zeroui.runtime.policy.PolicyEvents;
import io.zeroui.runtime.streams.StreamBatch;
import io.zeroui.runtime.streams.StreamEntry;
import io.zeroui.tenant.policy.PolicyEdges.Report;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Answers edges; of several questions of one the newest. Whose policies an edge gets is said by its stream, not by its question. */
@ApplicationScoped
class EdgeQuestionsStreamConsumer {

    private final TenantPolicies policies;
    private final PolicyEdges edges;
    private final PolicyQuestions questions;
    private final PolicyAnswers answers;
    private final FollowingEdges following;
    private final Clock clock;

    EdgeQuestionsStreamConsumer(TenantPolicies policies, PolicyEdges edges, PolicyQuestions questions, PolicyAnswers answers,
            FollowingEdges following, Clock clock) {
        this.policies = policies;
        this.edges = edges;
        this.questions = questions;
        this.answers = answers;
        this.following = following;
        this.clock = clock;
    }

    @Incoming("ide-policy-questions")
    Uni<Void> consume(StreamBatch batch) {
        Map<StreamScope, Report> newest = new LinkedHashMap<>();
        for (StreamEntry entry : batch.entries()) {
            try {
                Report report = read(entry);
                newest.put(entry.requireScope().of(report.edge()), report);
            } catch (IllegalArgumentException e) {
                batch.deadLetter(entry, String.valueOf(e.getMessage()));
            }
        }
        newest.forEach(edges::note);
        newest.forEach(questions::add);
        return policies.note(newest.values()).chain(answers::answer);
    }

    private Report read(StreamEntry entry) {
        PolicyAsked asked = PolicyEvents.readAsked(entry.event());
        if (asked.edgeId() == null) {
            throw new InvalidEvent("a question of no edge");
        }
        EdgeId edge = EdgeId.of(asked.edgeId());
        TenantId whose = following.whose(entry.requireScope());
        if (!asked.tenantId().equals(whose.value()) || !following.mayAsk(entry.requireScope(), edge)) {
            throw new InvalidEvent("the edge " + edge + " is not told of the policies of " + asked.tenantId());
        }
        return new Report(whose, edge, asked, clock.instant());
    }
}
