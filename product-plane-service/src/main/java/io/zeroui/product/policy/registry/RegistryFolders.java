package io.zeroui.product.policy.registry;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.runtime.PlaneConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Where this region's registry of policies is. */
@ApplicationScoped
public class RegistryFolders {

    private final ZuRoot root;
    private final Region region;

    @Inject
    RegistryFolders(PlaneConfig plane) {
        this(new ZuRoot(plane.fabric().root()), Region.of(plane.region()));
    }

    /** Below that root, for that region. */
    public RegistryFolders(ZuRoot root, Region region) {
        this.root = root;
        this.region = region;
    }

    /** The fabric. */
    public ZuRoot root() {
        return root;
    }

    /** The region. */
    public Region region() {
        return region;
    }
}
