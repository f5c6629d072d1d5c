package io.zeroui.system.kubernetes;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import io.zeroui.testing.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** All manifests of an overlay, as the API's own types: an unknown field or a wrong type is refused. */
final class Manifests {

    private static final Map<String, Class<? extends KubernetesObject>> KINDS = Map.of(
            "v1/Namespace", V1Namespace.class,
            "v1/ConfigMap", V1ConfigMap.class,
            "v1/ServiceAccount", V1ServiceAccount.class,
            "v1/Service", V1Service.class,
            "v1/PersistentVolumeClaim", V1PersistentVolumeClaim.class,
            "apps/v1/StatefulSet", V1StatefulSet.class,
            "policy/v1/PodDisruptionBudget", V1PodDisruptionBudget.class,
            "networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy.class,
            "autoscaling/v2/HorizontalPodAutoscaler", V2HorizontalPodAutoscaler.class);

    private final List<KubernetesObject> objects;

    private Manifests(List<KubernetesObject> objects) {
        this.objects = objects;
    }

    /** Renders an overlay. */
    static Manifests ofOverlay(String overlay) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("zeroui-render", ".log");
        Process render = new ProcessBuilder(Checkout.root().resolve("deploy/kubernetes/render.sh").toString(), overlay)
                .redirectError(errors.toFile()).start();
        String text = new String(render.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean ended = render.waitFor(5, TimeUnit.MINUTES);
        if (!ended || render.exitValue() != 0) {
            throw new IllegalStateException("rendering " + overlay + " failed: " + Files.readString(errors));
        }
        Files.delete(errors);
        return parse(text);
    }

    /** @throws JsonParseException for what the API would not take */
    static Manifests parse(String text) {
        Gson gson = JSON.getGson();
        List<KubernetesObject> objects = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
            Map<?, ?> map = (Map<?, ?>) document;
            Class<? extends KubernetesObject> type = KINDS.get(map.get("apiVersion") + "/" + map.get("kind"));
            if (type == null) {
                throw new JsonParseException("no such kind: " + map.get("apiVersion") + "/" + map.get("kind"));
            }
            objects.add(gson.fromJson(gson.toJson(map), type));
        }
        return new Manifests(objects);
    }

    /** Those of one type. */
    <T extends KubernetesObject> List<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<KubernetesObject> all() {
        return objects;
    }
}
