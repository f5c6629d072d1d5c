package io.zeroui.shared.supplychain.sbom.store;

import io.zeroui.contracts.receipts.Hash;
import io.zeroui.shared.supplychain.sbom.model.Sbom;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Documents that were read and are about to be written into the tables: so they need not be read twice. Holds two at most. */
@ApplicationScoped
public class ReadSboms {

    private static final int KEPT = 2;

    private final Map<Hash, Sbom> kept = new LinkedHashMap<>();

    /** Keeps one for a moment. */
    public synchronized void put(Hash digest, Sbom sbom) {
        kept.put(digest, sbom);
        if (kept.size() > KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    /** One that is kept. */
    public synchronized Optional<Sbom> find(Hash digest) {
        return Optional.ofNullable(kept.get(digest));
    }

    /** Lets one go. */
    public synchronized void drop(Hash digest) {
        kept.remove(digest);
    }
}
