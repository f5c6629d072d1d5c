package io.zeroui.runtime.streams;

/**
 * What one reader reads.
 *
 * @param channel the channel's name
 * @param key the stream's key
 * @param deadLetterKey the key of the dead-letter stream
 * @param group the consumer group, the consuming plane's name
 * @param consumer the name of this instance in the group; the same after a restart
 */
record StreamTarget(String channel, String key, String deadLetterKey, String group, String consumer) {
}
