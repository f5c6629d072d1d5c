package io.zeroui.contracts.rulings.providers;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What decides a question, in the order in which it is looked for: the first that applies is the ground. */
public enum Ground {
    /** The registry has no such model. */
    UNKNOWN_MODEL,
    /** The registry has no such version of the model. */
    UNKNOWN_MODEL_VERSION,
    /** The version of the model is revoked, or all are and none was named. */
    MODEL_REVOKED,
    /** The sunset of the model's version is over. */
    MODEL_RETIRED,
    /** The registry has no such adapter. */
    UNKNOWN_ADAPTER,
    /** The registry has no such version of the adapter. */
    UNKNOWN_ADAPTER_VERSION,
    /** The version of the adapter is revoked, or all are and none was named. */
    ADAPTER_REVOKED,
    /** The sunset of the adapter's version is over. */
    ADAPTER_RETIRED,
    /** The adapter's artifact is another one than was registered. */
    ADAPTER_CHECKSUM,
    /** The adapter does not work with that version of the model. */
    ADAPTER_INCOMPATIBLE,
    /** The model is not offered in the region. */
    REGION_NOT_OFFERED,
    /** The model's terms do not cover data of the category. */
    CATEGORY_NOT_ACCEPTED,
    /** A rule denies it. */
    DENY_RULE,
    /** A rule allows it, and none denies it. The only ground that allows. */
    ALLOW_RULE,
    /** No rule is about it. */
    NO_RULE,
    /** Nobody has ever told what the rules are. */
    NO_RULINGS;

    /** The name in answers, for example {@code deny-rule}. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
