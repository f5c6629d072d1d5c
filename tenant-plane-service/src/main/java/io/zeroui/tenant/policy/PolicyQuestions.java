package io.zeroui.tenant.policy;

import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.tenant.policy.PolicyEdges.Report;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/** Questions that wait for an answer, of each edge the newest, in the order in which edges began to wait. In memory: edges ask again. */
@ApplicationScoped
class PolicyQuestions {

    private static final int MOST = 100_000;

    private final Map<StreamScope, Report> waiting = new LinkedHashMap<>();

    /** Lets a question wait; beyond 100,000 edges it is dropped, and comes again. */
    synchronized void add(StreamScope edge, Report report) {
        if (waiting.size() < MOST || waiting.containsKey(edge)) {
            waiting.put(edge, report);
        }
    }

    /** Takes the first ones out. */
    synchronized Map<StreamScope, Report> take(int most) {
        Map<StreamScope, Report> first = new LinkedHashMap<>();
        waiting.entrySet().stream().limit(most).forEach(one -> first.put(one.getKey(), one.getValue()));
        first.keySet().forEach(waiting::remove);
        return first;
    }

    /** Puts questions back for which there is no room, before all others; what was asked meanwhile is newer. */
    synchronized void putBack(Map<StreamScope, Report> questions) {
        if (!questions.isEmpty()) {
            Map<StreamScope, Report> others = new LinkedHashMap<>(waiting);
            waiting.clear();
            questions.forEach((edge, report) -> waiting.put(edge, others.getOrDefault(edge, report)));
            others.forEach(waiting::putIfAbsent);
        }
    }

    /** Whether none waits. */
    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }
}
