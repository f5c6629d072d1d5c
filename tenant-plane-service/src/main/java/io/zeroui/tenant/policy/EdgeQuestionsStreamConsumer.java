package io.zeroui.tenant.policy;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.runtime.policy.PolicyEvents;
import io.zeroui.runtime.streams.StreamBatch;
import io.zeroui.runtime.streams.StreamEntry;
import io.zeroui.tenant.policy.PolicyEdges.Report;
import io.zeroui.tenant.registry.KnownRegistry.Enrolment;
import io.zeroui.tenant.registry.RegistryConfig;
import io.zeroui.tenant.registry.RegistryConfig.UnenrolledEdges;
import io.zeroui.tenant.registry.RegistryMirror;
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
    private final RegistryMirror registry;
    private final TenantId unenrolled;
    private final boolean takesUnenrolled;
    private final Clock clock;

    EdgeQuestionsStreamConsumer(TenantPolicies policies, PolicyEdges edges, PolicyQuestions questions, PolicyAnswers answers, RegistryMirror registry,
            PolicyMirrorConfig config, RegistryConfig registered, Clock clock) {
        this.takesUnenrolled = registered.unenrolledEdges() == UnenrolledEdges.ACCEPT;
        this.clock = clock;
        this.policies = policies;
        this.edges = edges;
        this.questions = questions;
        this.answers = answers;
        this.registry = registry;
        this.unenrolled = TenantId.of(config.unenrolledTenant());
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
        TenantId streams = entry.requireScope().tenant();
        TenantId whose = streams == null ? unenrolled : streams;
        Enrolment enrolment = registry.known().edges().get(edge);
        boolean isTheirs = enrolment == null ? streams == null && takesUnenrolled
                : enrolment.tenant().equals(whose) && enrolment.state() == RegistryState.ACTIVE;
        if (!asked.tenantId().equals(whose.value()) || !isTheirs) {
            throw new InvalidEvent("the edge " + edge + " is not told of the policies of " + asked.tenantId());
        }
        return new Report(whose, edge, asked, clock.instant());
    }
}
