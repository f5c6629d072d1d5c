package io.zeroui.shared.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * Something that was done.
 *
 * @param number its place in the area's journal, from 1
 * @param at when, to the microsecond; never before the act before it
 * @param by who: the caller as access control names him
 * @param kind what, for example {@code model-registered}
 * @param detail everything else; nobody changes it
 */
public record Act(long number, Instant at, String by, String kind, ObjectNode detail) {
}
