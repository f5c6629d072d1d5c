package io.zeroui.system.kubernetes;

import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1LabelSelectorRequirement;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicyPeer;
import io.kubernetes.client.openapi.models.V1NetworkPolicyPort;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether one pod may open a connection to another under a set of network policies: a pod that some policy selects may do
 * only what one of its policies allows, in both directions (Kubernetes documentation, "Network Policies").
 */
final class NetworkRules {

    private final List<V1NetworkPolicy> policies;
    private final Map<String, Map<String, String>> namespaceLabels;

    NetworkRules(List<V1NetworkPolicy> policies, Map<String, Map<String, String>> namespaceLabels) {
        this.policies = policies;
        this.namespaceLabels = namespaceLabels;
    }

    /**
     * A pod that takes part.
     *
     * @param ports its open TCP ports by name
     */
    record Pod(String namespace, Map<String, String> labels, Map<String, Integer> ports) {
    }

    /** Whether a TCP connection from one pod to a port of another is let through. */
    boolean allows(Pod from, Pod to, int port) {
        return leaves(from, to, port) && enters(from, to, port);
    }

    private boolean leaves(Pod from, Pod to, int port) {
        List<V1NetworkPolicy> selecting = selecting(from, "Egress");
        return selecting.isEmpty() || selecting.stream()
                .flatMap(policy -> orEmpty(policy.getSpec().getEgress()).stream().filter(rule -> matchesPort(rule.getPorts(), to, port)
                        && matchesPeer(rule.getTo(), policy.getMetadata().getNamespace(), to)))
                .findAny().isPresent();
    }

    private boolean enters(Pod from, Pod to, int port) {
        List<V1NetworkPolicy> selecting = selecting(to, "Ingress");
        return selecting.isEmpty() || selecting.stream()
                .flatMap(policy -> orEmpty(policy.getSpec().getIngress()).stream().filter(rule -> matchesPort(rule.getPorts(), to, port)
                        && matchesPeer(rule.getFrom(), policy.getMetadata().getNamespace(), from)))
                .findAny().isPresent();
    }

    private List<V1NetworkPolicy> selecting(Pod pod, String type) {
        return policies.stream()
                .filter(policy -> pod.namespace().equals(policy.getMetadata().getNamespace()))
                .filter(policy -> policy.getSpec().getPolicyTypes().contains(type))
                .filter(policy -> matches(policy.getSpec().getPodSelector(), pod.labels()))
                .toList();
    }

    private boolean matchesPeer(List<V1NetworkPolicyPeer> peers, String own, Pod pod) {
        return orEmpty(peers).isEmpty() || peers.stream().anyMatch(peer -> {
            if (peer.getIpBlock() != null) {
                return false; // addresses outside the cluster
            }
            boolean namespace = peer.getNamespaceSelector() == null ? own.equals(pod.namespace())
                    : matches(peer.getNamespaceSelector(), namespaceLabels.getOrDefault(pod.namespace(), Map.of()));
            return namespace && (peer.getPodSelector() == null || matches(peer.getPodSelector(), pod.labels()));
        });
    }

    private static boolean matchesPort(List<V1NetworkPolicyPort> ports, Pod to, int port) {
        return orEmpty(ports).isEmpty() || ports.stream().anyMatch(allowed -> {
            if (!"TCP".equals(Optional.ofNullable(allowed.getProtocol()).orElse("TCP"))) {
                return false;
            }
            return allowed.getPort() == null || (allowed.getPort().isInteger() ? allowed.getPort().getIntValue() == port
                    : Objects.equals(to.ports().get(allowed.getPort().getStrValue()), port));
        });
    }

    private static boolean matches(V1LabelSelector selector, Map<String, String> labels) {
        if (selector == null) {
            return true;
        }
        boolean equal = selector.getMatchLabels() == null || selector.getMatchLabels().entrySet().stream()
                .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())));
        return equal && orEmpty(selector.getMatchExpressions()).stream().allMatch(wanted -> matches(wanted, labels));
    }

    private static boolean matches(V1LabelSelectorRequirement wanted, Map<String, String> labels) {
        String value = labels.get(wanted.getKey());
        return switch (wanted.getOperator()) {
            case "In" -> value != null && wanted.getValues().contains(value);
            case "NotIn" -> value == null || !wanted.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> throw new IllegalArgumentException("no such operator: " + wanted.getOperator());
        };
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : list;
    }
}
