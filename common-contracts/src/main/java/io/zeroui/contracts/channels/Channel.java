package io.zeroui.contracts.channels;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.boundaries.PayloadClasses;
import io.zeroui.contracts.receipts.ReceiptLine;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One channel between planes.
 *
 * @param name as configuration and metrics name it
 * @param streamKey key of its stream, or the common start of its streams' keys
 * @param producer the only plane that writes to it
 * @param consumers the planes that read it, each with one consumer group
 * @param scope how many streams it has
 * @param payload what an event's data is; {@code ReceiptLine} stands for the line's raw bytes
 * @param carries the classes of data that may be in it; {@link #violations()} compares them with the plane contract
 * @param description what it is for
 */
public record Channel(String name, String streamKey, Plane producer, Set<Plane> consumers, KeyScope scope,
        Class<?> payload, Set<DataClass> carries, String description) {

    private static final String DEAD_LETTERS = "dead-letters";

    public Channel {
        consumers = Set.copyOf(consumers);
        carries = Set.copyOf(carries);
        if (consumers.isEmpty()) {
            throw new IllegalArgumentException("channel " + name + " has no consumer");
        }
    }

    /**
     * The key of the stream.
     *
     * @param of which one; null for a channel of scope GLOBAL
     * @throws IllegalArgumentException when it says less than the channel's scope wants, or more
     */
    public String key(@Nullable StreamScope of) {
        return streamKey + suffix(of);
    }

    /**
     * The key of the stream that keeps what could not be handled, with the reason. {@link #keyPattern()} does not match it:
     * who writes to a channel's streams does not thereby write to its dead letters.
     *
     * @param of which one; null for a channel of scope GLOBAL
     * @throws IllegalArgumentException when it says less than the channel's scope wants, or more
     */
    public String deadLetterKey(@Nullable StreamScope of) {
        return deadLetters(suffix(of));
    }

    private String suffix(@Nullable StreamScope of) {
        boolean fits = switch (scope) {
            case GLOBAL -> of == null;
            case TENANT -> of != null && of.edge() == null;
            case EDGE -> of != null && of.edge() != null;
        };
        if (!fits) {
            throw new IllegalArgumentException("channel " + name + " has scope " + scope + ", not the stream " + of);
        }
        return of == null ? "" : of.suffix();
    }

    private String deadLetters(String suffix) {
        return streamKey + (scope == KeyScope.GLOBAL ? ":" : "-") + DEAD_LETTERS + suffix;
    }

    /** Whether the data of its events are receipt lines, byte for byte, rather than a record as JSON. */
    public boolean carriesRawLines() {
        return payload == ReceiptLine.class;
    }

    /** Whether dead letters have the data of what could not be handled: not where a tenant may take it back, and would not find it there. */
    public boolean deadLettersKeepData() {
        return !carries.contains(DataClass.TENANT_CONTEXT);
    }

    /** The class of everything that its payload may hold. */
    public PayloadClasses payloadClasses() {
        return carriesRawLines() ? PayloadClasses.ofRaw(payload) : PayloadClasses.of(payload);
    }

    /** How it breaks the plane contract, in words; empty for a good channel. */
    public List<String> violations() {
        return ChannelRules.violations(this);
    }

    /** The glob that matches the keys of all its streams and nothing else's, as access control lists want it. */
    public String keyPattern() {
        return streamKey + scope.pattern();
    }

    /** The glob that matches the keys of all its dead-letter streams and nothing else's. */
    public String deadLetterPattern() {
        return deadLetters(scope.pattern());
    }

    /** How the keys of its streams look, for people, for example {@code zeroui:road:{tenant}}. */
    String keyForm() {
        return streamKey + scope.form();
    }

    /** How the keys of its dead-letter streams look, for people. */
    String deadLetterForm() {
        return deadLetters(scope.form());
    }

    /**
     * The consumer group of a plane: the plane's key.
     *
     * @throws IllegalArgumentException when the plane does not read this channel
     */
    public String group(Plane consumer) {
        if (!consumers.contains(consumer)) {
            throw new IllegalArgumentException("plane " + consumer.key() + " does not read channel " + name);
        }
        return consumer.key();
    }
}
