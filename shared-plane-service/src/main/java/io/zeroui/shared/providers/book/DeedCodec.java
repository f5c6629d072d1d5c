package io.zeroui.shared.providers.book;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.zeroui.shared.providers.book.RegistryDeed.EntryRegistered;
import io.zeroui.shared.providers.book.RegistryDeed.NamespaceGranted;
import io.zeroui.shared.providers.book.RegistryDeed.NamespaceWithdrawn;
import io.zeroui.shared.providers.book.RegistryDeed.RuleRemoved;
import io.zeroui.shared.providers.book.RegistryDeed.RuleSet;
import io.zeroui.shared.providers.book.RegistryDeed.StandingSet;

/** Deeds as the details of acts. */
public final class DeedCodec {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private DeedCodec() {
    }

    /** The detail of the deed's act. */
    public static ObjectNode write(RegistryDeed deed) {
        ObjectNode detail = MAPPER.valueToTree(deed);
        detail.remove("kind");
        detail.remove("subject");
        return detail;
    }

    /**
     * Reads the detail of an act.
     *
     * @throws IllegalArgumentException when it is not of that kind's form, or the kind is not known
     */
    public static RegistryDeed read(String kind, ObjectNode detail) {
        try {
            Class<? extends RegistryDeed> type = switch (kind) {
                case NamespaceGranted.KIND -> NamespaceGranted.class;
                case NamespaceWithdrawn.KIND -> NamespaceWithdrawn.class;
                case EntryRegistered.KIND -> EntryRegistered.class;
                case StandingSet.KIND -> StandingSet.class;
                case RuleSet.KIND -> RuleSet.class;
                case RuleRemoved.KIND -> RuleRemoved.class;
                default -> throw new IllegalArgumentException("no act of the registry of providers: " + kind);
            };
            return MAPPER.treeToValue(detail, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an act " + kind + " of another form: " + e.getOriginalMessage(), e);
        }
    }
}
