package io.zeroui.contracts.rulings.providers;

import io.zeroui.contracts.rulings.names.NamePattern;
import io.zeroui.contracts.rulings.names.VersionRange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A version of an adapter with its patterns and ranges read. */
record CompiledAdapter(RuledAdapter.Version of, List<CompiledFit> fits) implements RuledVersion {

    /** Models that it works with. */
    record CompiledFit(NamePattern model, VersionRange versions) {

        static CompiledFit of(RuledAdapter.Fit fit) {
            return new CompiledFit(NamePattern.parse(fit.model()), VersionRange.parse(fit.versions()));
        }
    }

    static CompiledAdapter of(RuledAdapter.Version version) {
        return new CompiledAdapter(version, version.fits().stream().map(CompiledFit::of).toList());
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

    boolean worksWith(String model, String version) {
        for (CompiledFit fit : fits) {
            if (fit.model().matches(model) && fit.versions().contains(version)) {
                return true;
            }
        }
        return false;
    }
}
