package io.zeroui.shared.journal;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.OrganisationId;
import io.zeroui.contracts.identity.Region;
import io.zeroui.runtime.PlaneConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;

/** Where this organisation's areas are in this region. */
@ApplicationScoped
class JournalFolders {

    private final Path folder;

    @Inject
    JournalFolders(PlaneConfig plane, JournalConfig config) {
        this(new ZuRoot(plane.fabric().root()).sharedFolder(OrganisationId.of(config.organisation()), Region.of(plane.region())));
    }

    JournalFolders(Path folder) {
        this.folder = folder;
    }

    /** The folder of all areas. */
    Path folder() {
        return folder;
    }

    /** The area's folder. */
    Path of(Area area) {
        return area.below(folder);
    }
}
