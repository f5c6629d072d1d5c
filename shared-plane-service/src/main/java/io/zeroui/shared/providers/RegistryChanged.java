package io.zeroui.shared.providers;

/**
 * A CDI event: the registry has another act, and the book knows it.
 *
 * @param act its number
 */
public record RegistryChanged(long act) {
}
