package io.zeroui.contracts.rulings.providers;

import io.zeroui.contracts.rulings.names.VersionOrder;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Versions of a model or an adapter, by name and newest first. */
record Subject<V extends RuledVersion>(Map<String, V> byVersion, List<V> newestFirst) {

    static <V extends RuledVersion> Subject<V> of(List<V> versions) {
        Map<String, V> byVersion = new HashMap<>();
        versions.forEach(one -> byVersion.put(one.version(), one));
        return new Subject<>(byVersion, versions.stream()
                .sorted(Comparator.comparing((V one) -> one.version(), VersionOrder.INSTANCE).thenComparing(RuledVersion::version).reversed())
                .toList());
    }

    /** The version that a question is about; one that must not be used where there is no other; null for one that there is not. */
    @Nullable
    V find(@Nullable String version, Instant at) {
        if (version != null) {
            return byVersion.get(version);
        }
        V deprecated = null;
        for (V one : newestFirst) {
            if (one.isUsable(at) && one.standing() == Standing.ACTIVE) {
                return one;
            }
            if (deprecated == null && one.isUsable(at)) {
                deprecated = one;
            }
        }
        return deprecated != null || newestFirst.isEmpty() ? deprecated : newestFirst.get(0);
    }
}
