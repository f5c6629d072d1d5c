package io.zeroui.contracts.rulings.providers;

import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.rulings.names.NamePattern;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A version of a model with its patterns read. */
record CompiledModel(RuledModel.Version of, List<NamePattern> regions) implements RuledVersion {

    static CompiledModel of(RuledModel.Version version) {
        return new CompiledModel(version, version.regions().stream().map(NamePattern::parse).toList());
    }

    @Override
    public String version() {
        return of.version();
    }

    @Override
    public Standing standing() {
        return of.standing();
    }

    @Override
    public @Nullable Instant sunset() {
        return of.sunset();
    }

    boolean isOfferedIn(Region region) {
        for (NamePattern one : regions) {
            if (one.matches(region.value())) {
                return true;
            }
        }
        return false;
    }
}
