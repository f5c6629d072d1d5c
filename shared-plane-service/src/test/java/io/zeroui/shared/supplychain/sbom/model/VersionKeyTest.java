package io.zeroui.shared.supplychain.sbom.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VersionKeyTest {

    @Test
    void semanticVersionsSortAsTheirSpecificationSays() {
        List<String> inOrder = List.of("1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0",
                "1.0.1", "1.2.0", "1.10.0", "2.0.0-0.3.7", "2.0.0", "10.0.0");
        assertThat(sorted("npm", inOrder)).isEqualTo(inOrder);
    }

    @Test
    void versionsOfMavenSortAsThoseOfMaven() {
        List<String> inOrder = List.of("1-alpha-1", "1-beta1", "1-milestone-1", "1-rc1", "1-SNAPSHOT", "1", "1-sp", "1.0.1", "1.1", "1.2-rc2", "1.2", "1.10", "2.0", "2.0.17",
                "32.1.3-jre", "33.0-jre");
        assertThat(sorted("maven", inOrder)).isEqualTo(inOrder);
    }

    @Test
    void zerosAtTheEndAndBuildMetadataDoNotCount() {
        assertThat(VersionKey.of("maven", "1.0.0")).isEqualTo(VersionKey.of("maven", "1")).isEqualTo(VersionKey.of("maven", "1.0.Final"));
        assertThat(VersionKey.of("npm", "1.2.3+build.7")).isEqualTo(VersionKey.of("npm", "1.2.3"));
        assertThat(VersionKey.of("golang", "v1.2.3")).isEqualTo(VersionKey.of("golang", "1.2.3"));
        assertThat(VersionKey.of("npm", "1.0.10")).isNotEqualTo(VersionKey.of("npm", "1.0.1"));
    }

    private static List<String> sorted(String type, List<String> versions) {
        List<String> shuffled = new ArrayList<>(versions);
        Collections.shuffle(shuffled, new Random(7));
        shuffled.sort(Comparator.comparing(version -> VersionKey.of(type, version)));
        return shuffled;
    }
}
