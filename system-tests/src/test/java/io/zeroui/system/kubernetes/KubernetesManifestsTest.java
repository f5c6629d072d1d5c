package io.zeroui.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParseException;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import io.zeroui.contracts.Plane;
import io.zeroui.system.kubernetes.NetworkRules.Pod;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the manifests promise, checked on what kustomize renders of them. */
class KubernetesManifestsTest {

    private static final int HTTP = 8080;
    private static final int POSTGRES = 5432;
    private static final int REDIS = 6379;
    private static final List<Integer> PORTS = List.of(HTTP, POSTGRES, REDIS, 22, 443);

    @ParameterizedTest
    @ValueSource(strings = {"pilot", "cloud"})
    void everyManifestIsWhatTheApiTakes(String overlay) throws Exception {
        Manifests manifests = Manifests.ofOverlay(overlay);

        assertThat(manifests.all(V1StatefulSet.class)).extracting(set -> set.getMetadata().getName())
                .contains("ide-plane-service", "tenant-plane-service", "product-plane-service", "shared-plane-service",
                        "redis");
        assertThat(manifests.all()).allSatisfy(object -> assertThat(object.getMetadata().getName()).isNotEmpty());
    }

    @Test
    void aFieldThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> Manifests.parse("""
                apiVersion: v1
                kind: Service
                metadata: {name: x}
                spec: {selektor: {a: b}}
                """)).isInstanceOfAny(JsonParseException.class, IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pilot", "cloud"})
    void noPodReachesAnythingButItsOwnDatabaseAndRedis(String overlay) throws Exception {
        Manifests manifests = Manifests.ofOverlay(overlay);

        assertThat(allowed(manifests, manifests.all(V1NetworkPolicy.class))).isEqualTo(expected(overlay));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pilot", "cloud"})
    void withoutAnyOneOfThePoliciesMoreOrLessIsReached(String overlay) throws Exception {
        Manifests manifests = Manifests.ofOverlay(overlay);
        List<V1NetworkPolicy> policies = manifests.all(V1NetworkPolicy.class);

        assertThat(policies).hasSizeGreaterThanOrEqualTo(10);
        for (V1NetworkPolicy policy : policies) {
            List<V1NetworkPolicy> others = policies.stream().filter(other -> other != policy).toList();
            String name = policy.getMetadata().getNamespace() + "/" + policy.getMetadata().getName();
            if (name.endsWith("default-deny")) {
                assertThat(strangerReaches(manifests, others)).as("without %s", name).isTrue();
            } else {
                assertThat(allowed(manifests, others)).as("without %s", name).isNotEqualTo(expected(overlay));
            }
        }
        assertThat(strangerReaches(manifests, policies)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pilot", "cloud"})
    void aGatewayReachesServicesAndNothingElse(String overlay) throws Exception {
        Manifests manifests = Manifests.ofOverlay(overlay);
        Map<String, Map<String, String>> namespaces = namespaces(manifests);
        namespaces.put("gateway", Map.of("zeroui.io/may-call", "planes"));
        namespaces.put("elsewhere", Map.of());
        NetworkRules rules = new NetworkRules(manifests.all(V1NetworkPolicy.class), namespaces);
        Pod gateway = new Pod("gateway", Map.of(), Map.of());
        Pod stranger = new Pod("elsewhere", Map.of(), Map.of());

        assertThat(pods(manifests)).isNotEmpty().allSatisfy((name, pod) -> {
            assertThat(rules.allows(gateway, pod, HTTP)).as(name).isEqualTo(name.endsWith("/service"));
            assertThat(rules.allows(gateway, pod, POSTGRES)).as(name).isFalse();
            assertThat(rules.allows(gateway, pod, REDIS)).as(name).isFalse();
            PORTS.forEach(port -> assertThat(rules.allows(stranger, pod, port)).as(name).isFalse());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"pilot", "cloud"})
    void everyPodRunsWithNothingItDoesNotNeed(String overlay) throws Exception {
        assertThat(Manifests.ofOverlay(overlay).all(V1StatefulSet.class)).allSatisfy(set -> {
            V1PodSpec pod = set.getSpec().getTemplate().getSpec();
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getHostNetwork()).isNull();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getVolumes()).allSatisfy(volume -> assertThat(volume.getHostPath()).isNull());
            assertThat(pod.getContainers()).allSatisfy(KubernetesManifestsTest::isLockedDown);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"pilot", "cloud"})
    void secretsComeByReferenceOnly(String overlay) throws Exception {
        Manifests manifests = Manifests.ofOverlay(overlay);

        assertThat(manifests.all()).extracting(object -> object.getKind()).doesNotContain("Secret");
        assertThat(manifests.all(V1StatefulSet.class)).allSatisfy(set -> containers(set).forEach(container -> {
            if (container.getEnv() != null) {
                assertThat(container.getEnv()).allSatisfy(variable -> {
                    if (variable.getName().matches(".*(URL|PASSWORD|KEY|SECRET|TOKEN).*")) {
                        assertThat(variable.getValue()).as(variable.getName()).isNull();
                        assertThat(variable.getValueFrom().getSecretKeyRef()).as(variable.getName()).isNotNull();
                    }
                });
            }
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pilot", "cloud"})
    void aServiceKnowsItsOwnDatabaseOnly(String overlay) throws Exception {
        Manifests manifests = Manifests.ofOverlay(overlay);

        for (Plane plane : Plane.values()) {
            V1StatefulSet set = manifests.all(V1StatefulSet.class).stream()
                    .filter(found -> found.getMetadata().getName().equals(plane.key() + "-plane-service")).findFirst()
                    .orElseThrow();
            Set<String> urls = containers(set).flatMap(container -> container.getEnv().stream())
                    .map(variable -> variable.getName()).filter(name -> name.contains("_DB_")).collect(Collectors.toSet());
            assertThat(urls).containsExactlyInAnyOrder(plane.databaseUrlVariable(), plane.migrationUrlVariable());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pilot", "cloud"})
    void everySelectorFindsItsPodsAndEveryScalerItsWorkload(String overlay) throws Exception {
        Manifests manifests = Manifests.ofOverlay(overlay);
        Map<String, Pod> pods = pods(manifests);

        assertThat(manifests.all(V1Service.class)).allSatisfy(service -> assertThat(
                selected(pods, service.getMetadata().getNamespace(), service.getSpec().getSelector())).hasSize(1));
        assertThat(manifests.all(V1PodDisruptionBudget.class)).hasSize(pods.size()).allSatisfy(budget -> assertThat(
                selected(pods, budget.getMetadata().getNamespace(), budget.getSpec().getSelector().getMatchLabels()))
                .hasSize(1));
        Set<String> workloads = manifests.all(V1StatefulSet.class).stream().map(set -> set.getMetadata().getName())
                .collect(Collectors.toSet());
        List<V2HorizontalPodAutoscaler> scalers = manifests.all(V2HorizontalPodAutoscaler.class);
        assertThat(scalers).hasSize(2).allSatisfy(scaler -> {
            assertThat(workloads).contains(scaler.getSpec().getScaleTargetRef().getName());
            assertThat(scaler.getSpec().getMetrics().get(0).getPods().getMetric().getName())
                    .isEqualTo("zeroui_stream_lag_entries");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"pilot", "cloud"})
    void onlyWhatMayHaveManyReplicasSharesItsVolume(String overlay) throws Exception {
        Manifests manifests = Manifests.ofOverlay(overlay);
        Set<String> scaled = manifests.all(V2HorizontalPodAutoscaler.class).stream()
                .map(scaler -> scaler.getMetadata().getNamespace()).collect(Collectors.toSet());

        assertThat(manifests.all(V1PersistentVolumeClaim.class)).hasSize(4).allSatisfy(claim -> assertThat(
                claim.getSpec().getAccessModes()).containsExactly(
                        scaled.contains(claim.getMetadata().getNamespace()) ? "ReadWriteMany" : "ReadWriteOnce"));
    }

    private static void isLockedDown(V1Container container) {
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getStartupProbe()).isNotNull();
        assertThat(container.getReadinessProbe()).isNotNull();
        assertThat(container.getLivenessProbe()).isNotNull();
        assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
        assertThat(container.getResources().getLimits()).containsKey("memory");
    }

    /** {@code from -> to:port} for every pair of pods and every port that matters. */
    private static Set<String> allowed(Manifests manifests, List<V1NetworkPolicy> policies) {
        NetworkRules rules = new NetworkRules(policies, namespaces(manifests));
        Map<String, Pod> pods = pods(manifests);
        Set<String> allowed = new TreeSet<>();
        pods.forEach((fromName, from) -> pods.forEach((toName, to) -> PORTS.forEach(port -> {
            if (from != to && rules.allows(from, to, port)) {
                allowed.add(fromName + " -> " + toName + ":" + port);
            }
        })));
        return allowed;
    }

    private static Set<String> expected(String overlay) {
        Set<String> expected = new TreeSet<>();
        for (Plane plane : Plane.values()) {
            String service = "zeroui-" + plane.key() + "/service";
            expected.add(service + " -> zeroui-bus/redis:" + REDIS);
            if (overlay.equals("pilot")) {
                expected.add(service + " -> zeroui-" + plane.key() + "/database:" + POSTGRES);
            }
        }
        return expected;
    }

    /** Whether a pod without labels, in one of the namespaces, gets anywhere or is reached by anybody. */
    private static boolean strangerReaches(Manifests manifests, List<V1NetworkPolicy> policies) {
        NetworkRules rules = new NetworkRules(policies, namespaces(manifests));
        Pod outside = new Pod("elsewhere", Map.of(), Map.of());
        return namespaces(manifests).keySet().stream().map(namespace -> new Pod(namespace, Map.of(), Map.of()))
                .anyMatch(stranger -> rules.allows(stranger, outside, 443) || rules.allows(outside, stranger, 443));
    }

    private static Map<String, Map<String, String>> namespaces(Manifests manifests) {
        Map<String, Map<String, String>> namespaces = new HashMap<>();
        manifests.all(V1Namespace.class).forEach(namespace -> {
            Map<String, String> labels = new HashMap<>(
                    Objects.requireNonNullElse(namespace.getMetadata().getLabels(), Map.of()));
            labels.put("kubernetes.io/metadata.name", namespace.getMetadata().getName());
            namespaces.put(namespace.getMetadata().getName(), labels);
        });
        return namespaces;
    }

    /** One pod per workload, named {@code namespace/component}. */
    private static Map<String, Pod> pods(Manifests manifests) {
        Map<String, Pod> pods = new TreeMap<>();
        manifests.all(V1StatefulSet.class).forEach(set -> {
            Map<String, String> labels = set.getSpec().getTemplate().getMetadata().getLabels();
            Map<String, Integer> ports = containers(set).flatMap(container -> container.getPorts().stream())
                    .collect(Collectors.toMap(port -> port.getName(), port -> port.getContainerPort()));
            pods.put(set.getMetadata().getNamespace() + "/" + labels.get("app.kubernetes.io/component"),
                    new Pod(set.getMetadata().getNamespace(), labels, ports));
        });
        return pods;
    }

    private static Set<String> selected(Map<String, Pod> pods, String namespace, Map<String, String> selector) {
        Set<String> selected = new HashSet<>();
        pods.forEach((name, pod) -> {
            if (pod.namespace().equals(namespace) && pod.labels().entrySet().containsAll(selector.entrySet())) {
                selected.add(name);
            }
        });
        return selected;
    }

    private static Stream<V1Container> containers(V1StatefulSet set) {
        return set.getSpec().getTemplate().getSpec().getContainers().stream();
    }
}
