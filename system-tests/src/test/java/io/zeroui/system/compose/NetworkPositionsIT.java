package io.zeroui.system.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.Plane;
import io.zeroui.system.compose.PositionsLab.Findings;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * From the network position that compose gives a service, its own database, its connection pool and Redis answer, and no other
 * plane's do, neither by name nor by address. Without a container engine, in network namespaces; {@code verify.sh} tries the
 * same on an engine.
 */
class NetworkPositionsIT {

    private static Map<String, Findings> findings;

    @BeforeAll
    static void tryAllTopologies() throws IOException, InterruptedException {
        ComposeTopology asWritten = ComposeTopology.asWritten();
        findings = new PositionsLab()
                .topologyAlsoWithEveryName("as-written", asWritten)
                .topology("tenant-on-ide", asWritten.withServiceOn("tenant-plane-service", "ide"))
                .topology("one-for-all", asWritten.withNetworkOfAll("everybody"))
                .run();
    }

    @ParameterizedTest
    @EnumSource(Plane.class)
    void fromItsPositionAServiceReachesItsOwnStores(Plane plane) {
        String key = plane.key();

        assertThat(findings.get("as-written").held()).contains(
                key + " -> its own database (postgres-" + key + ":5432) is open",
                key + " -> its own connection pool (pool-" + key + ":6432) is open",
                key + " -> redis (redis:6379) is open",
                key + ": its database answers a query",
                key + ": its connection pool answers a query",
                key + ": Redis answers PING");
    }

    @ParameterizedTest
    @EnumSource(Plane.class)
    void everyOtherPlanesStoresRefuseByNameAndByAddress(Plane plane) {
        assertThat(findings.get("as-written").failed()).isEmpty();
        for (Plane other : others(plane)) {
            assertThat(findings.get("as-written").held()).as(plane + " to " + other).containsAll(
                    refusals(plane, other).toList());
            assertThat(findings.get("as-written").held()).as(plane + " to " + other)
                    .filteredOn(sentence -> sentence.startsWith(plane.key() + " -> " + other.key() + "'s")
                            && sentence.contains("(172.30."))
                    .as("two stores with two addresses each, tried twice").hasSize(8);
        }
    }

    @ParameterizedTest
    @EnumSource(Plane.class)
    void andDoSoWhereEveryNameIsKnown(Plane plane) {
        for (Plane other : others(plane)) {
            assertThat(findings.get("as-written").held())
                    .contains(plane.key() + ": knows where " + other.key() + "'s database and pool are");
            String refusal = refusals(plane, other).findFirst().orElseThrow();
            assertThat(findings.get("as-written").held()).filteredOn(refusal::equals).hasSize(2);
        }
    }

    @Test
    void aServiceOnAnotherPlanesNetworkIsFound() {
        assertThat(findings.get("tenant-on-ide").failed()).allMatch(sentence -> sentence.startsWith("tenant -> ide's "))
                .contains("tenant -> ide's database (postgres-ide:5432) is open, must be shut",
                        "tenant -> ide's connection pool (pool-ide:6432) is open, must be shut")
                .anyMatch(sentence -> sentence.startsWith("tenant -> ide's database (172.30."))
                .anyMatch(sentence -> sentence.startsWith("tenant -> ide's connection pool (172.30."));
    }

    @Test
    void aNetworkThatAllShareIsFoundFromEveryPosition() {
        for (Plane plane : Plane.values()) {
            for (Plane other : others(plane)) {
                assertThat(findings.get("one-for-all").failed()).as(plane + " to " + other)
                        .anyMatch(sentence -> sentence.startsWith(plane.key() + " -> " + other.key() + "'s database ("))
                        .anyMatch(sentence -> sentence.startsWith(plane.key() + " -> " + other.key() + "'s connection pool ("));
            }
        }
    }

    @Test
    void aFileWhoseNetworksAreNotWhatTheirNamesSayIsNotLaidOut() {
        assertThatThrownBy(() -> ComposeTopology.parse("""
                services: {a: {networks: [x]}}
                networks: {x: {name: y}}
                """)).hasMessageContaining("network x has settings that are not known: [name]");
        assertThatThrownBy(() -> ComposeTopology.parse("""
                services: {a: {network_mode: host}}
                networks: {x: {}}
                """)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Plane> others(Plane plane) {
        return Arrays.stream(Plane.values()).filter(other -> other != plane).toList();
    }

    private static Stream<String> refusals(Plane from, Plane to) {
        Stream<String> databases = Stream.of("postgres-", "postgres_", "zeroui-postgres-")
                .map(name -> "database (" + name + to.key() + ":5432)");
        Stream<String> pools = Stream.of("pool-", "pool_", "zeroui-pool-")
                .map(name -> "connection pool (" + name + to.key() + ":6432)");
        return Stream.concat(databases, pools).map(store -> from.key() + " -> " + to.key() + "'s " + store + " is shut");
    }
}
