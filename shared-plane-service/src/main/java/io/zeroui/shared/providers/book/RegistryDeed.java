package io.zeroui.shared.providers.book;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.rulings.providers.ProviderRule;
import io.zeroui.contracts.rulings.providers.Standing;
import io.zeroui.shared.providers.entries.EntryKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can be done to the registry; the details of its acts. */
public sealed interface RegistryDeed {

    /** The kind of act, for example {@code rule-set}. */
    String kind();

    /** What it is about, for people and filters: a namespace, {@code {kind}/{name}[@{version}]}, or {@code rule/{id}}. */
    String subject();

    /**
     * A namespace stands for a key from now on.
     *
     * @param namespace which one
     * @param publicKey the key, raw, base64
     * @param proof the key's signature under the statement
     * @param agreement signature of who held it, or the namespace above, before; null where nobody did
     * @param reason why
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NamespaceGranted(String namespace, String publicKey, String proof, @Nullable String agreement, String reason) implements RegistryDeed {

        static final String KIND = "namespace-granted";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String subject() {
            return "namespace/" + namespace;
        }
    }

    /**
     * A namespace stands for nobody any more.
     *
     * @param namespace which one
     * @param reason why
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record NamespaceWithdrawn(String namespace, String reason) implements RegistryDeed {

        static final String KIND = "namespace-withdrawn";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String subject() {
            return "namespace/" + namespace;
        }
    }

    /**
     * A version is there, for ever as it is.
     *
     * @param namespace the one whose holder has signed it
     * @param document the signed document
     * @param kindOfEntry what it is about, as the document says
     * @param name which one, as the document says
     * @param version its version, as the document says
     * @param sha256 of the document's canonical form, hex
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record EntryRegistered(String namespace, ObjectNode document, EntryKind kindOfEntry, String name, String version, String sha256)
            implements RegistryDeed {

        static final String KIND = "entry-registered";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String subject() {
            return kindOfEntry.key() + "/" + name + "@" + version;
        }
    }

    /**
     * A version, or all of a name, stands otherwise.
     *
     * @param kindOfEntry what it is about
     * @param name which one
     * @param version which version; null for all, those to come too
     * @param standing how it stands from now on
     * @param sunset from when it must not be used any more; only where it is deprecated
     * @param reason why
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StandingSet(EntryKind kindOfEntry, String name, @Nullable String version, Standing standing, @Nullable Instant sunset, String reason)
            implements RegistryDeed {

        static final String KIND = "standing-set";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String subject() {
            return kindOfEntry.key() + "/" + name + (version == null ? "" : "@" + version);
        }
    }

    /**
     * A rule counts, in the place of its version before.
     *
     * @param rule the rule
     * @param reason why
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record RuleSet(ProviderRule rule, String reason) implements RegistryDeed {

        static final String KIND = "rule-set";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String subject() {
            return "rule/" + rule.id();
        }
    }

    /**
     * A rule does not count any more.
     *
     * @param id which one
     * @param reason why
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record RuleRemoved(String id, String reason) implements RegistryDeed {

        static final String KIND = "rule-removed";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String subject() {
            return "rule/" + id;
        }
    }
}
