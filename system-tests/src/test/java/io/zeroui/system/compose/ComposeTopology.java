package io.zeroui.system.compose;

import io.zeroui.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Which container of a compose file is on which network, and by which names it is known there. */
final class ComposeTopology {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z_]+:-([^}]*)}");
    /** What a network may have without being another one than its name says. */
    private static final Set<String> KNOWN_NETWORK_SETTINGS = Set.of("internal", "driver_opts");
    private static final String NO_GATEWAY = "-";

    private final Map<String, Map<String, Object>> networks;
    private final Map<String, Map<String, Object>> services;

    private ComposeTopology(Map<String, Map<String, Object>> networks, Map<String, Map<String, Object>> services) {
        this.networks = networks;
        this.services = services;
    }

    /** That of {@code deploy/compose/compose.yaml}. */
    static ComposeTopology asWritten() throws IOException {
        return parse(Files.readString(Checkout.root().resolve("deploy/compose/compose.yaml")));
    }

    /** @throws IllegalArgumentException for what would need more than a bridge per network */
    static ComposeTopology parse(String yaml) {
        Map<String, Object> file = map(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
        ComposeTopology topology = new ComposeTopology(mapOfMaps(file.get("networks")), mapOfMaps(file.get("services")));
        topology.networks.forEach((name, settings) -> {
            if (!KNOWN_NETWORK_SETTINGS.containsAll(settings.keySet())) {
                throw new IllegalArgumentException("network " + name + " has settings that are not known: " + settings.keySet());
            }
        });
        topology.services.forEach((name, settings) -> {
            if (settings.containsKey("network_mode") || !topology.networks.keySet().containsAll(topology.memberships(name).keySet())) {
                throw new IllegalArgumentException("service " + name + " is on networks that are not in the file");
            }
        });
        return topology;
    }

    /** The same with one service on one more network. */
    ComposeTopology withServiceOn(String service, String network) {
        Map<String, Map<String, Object>> changed = new LinkedHashMap<>(services);
        changed.put(service, joined(service, network));
        return new ComposeTopology(networks, changed);
    }

    /** The same with one more network, which everybody is on. */
    ComposeTopology withNetworkOfAll(String network) {
        Map<String, Map<String, Object>> more = new LinkedHashMap<>(networks);
        more.put(network, Map.of());
        Map<String, Map<String, Object>> changed = new LinkedHashMap<>();
        services.keySet().forEach(service -> changed.put(service, joined(service, network)));
        return new ComposeTopology(more, changed);
    }

    /** The lines that {@code positions.sh} lays out; addresses are 172.30.{network}.{container}. */
    List<String> plan() {
        List<String> lines = new ArrayList<>();
        List<String> order = List.copyOf(networks.keySet());
        order.forEach(network -> lines.add(isInternal(network) ? "network " + network
                : "network " + network + " " + address(order.indexOf(network), 1)));
        int host = 2;
        for (String service : services.keySet()) {
            for (String network : memberships(service).keySet()) {
                int subnet = order.indexOf(network);
                lines.add(String.join(" ", "member", network, container(service), address(subnet, host),
                        isInternal(network) ? NO_GATEWAY : address(subnet, 1), String.join(" ", names(service, network))));
            }
            host++;
        }
        return lines;
    }

    private static String address(int subnet, int host) {
        return "172.30." + subnet + "." + host;
    }

    private boolean isInternal(String network) {
        return Boolean.TRUE.equals(networks.get(network).get("internal"));
    }

    private String container(String service) {
        Matcher name = VARIABLE.matcher(services.get(service).get("container_name").toString());
        return name.replaceAll("$1");
    }

    /** An engine answers for the service, the container and its aliases, to members of the same network only. */
    private Set<String> names(String service, String network) {
        Set<String> names = new LinkedHashSet<>(List.of(service, container(service)));
        if (memberships(service).get(network).get("aliases") instanceof List<?> aliases) {
            aliases.forEach(alias -> names.add(alias.toString()));
        }
        return names;
    }

    /** A list of names, or a map with settings. */
    private Map<String, Map<String, Object>> memberships(String service) {
        Object written = services.get(service).get("networks");
        if (written instanceof List<?> list) {
            Map<String, Map<String, Object>> memberships = new LinkedHashMap<>();
            list.forEach(network -> memberships.put(network.toString(), Map.of()));
            return memberships;
        }
        return mapOfMaps(written);
    }

    private Map<String, Object> joined(String service, String network) {
        Map<String, Object> memberships = new LinkedHashMap<>(memberships(service));
        memberships.put(network, Map.of());
        Map<String, Object> settings = new TreeMap<>(services.get(service));
        settings.put("networks", memberships);
        return settings;
    }

    private static Map<String, Map<String, Object>> mapOfMaps(Object written) {
        Map<String, Map<String, Object>> maps = new LinkedHashMap<>();
        map(written).forEach((name, value) -> maps.put(name, value == null ? Map.of() : map(value)));
        return maps;
    }

    private static Map<String, Object> map(Object written) {
        if (!(written instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("not a map: " + written);
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key.toString(), value));
        return copy;
    }
}
