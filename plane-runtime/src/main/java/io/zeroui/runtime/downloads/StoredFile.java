package io.zeroui.runtime.downloads;

import java.nio.file.Path;

/**
 * A file that does not change.
 *
 * @param length in bytes
 * @param sha256 of its bytes, hex
 * @param mediaType of its content
 * @param name under which a browser keeps it; letters, digits, dots and dashes
 */
public record StoredFile(Path path, long length, String sha256, String mediaType, String name) {
}
