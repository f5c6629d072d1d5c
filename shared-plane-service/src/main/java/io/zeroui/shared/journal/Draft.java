package io.zeroui.shared.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What shall be done.
 *
 * @param kind what, for example {@code model-registered}
 * @param detail everything that its projection needs; at most about a mebibyte as JSON, numbers as doubles hold them
 */
public record Draft(String kind, ObjectNode detail) {
}
