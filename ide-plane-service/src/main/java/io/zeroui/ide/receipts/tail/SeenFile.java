package io.zeroui.ide.receipts.tail;

import io.zeroui.contracts.identity.RepoId;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A receipt file as a look at the folders found it.
 *
 * @param repoId whose folder it lies in
 * @param file the file
 * @param relative its path relative to {@code ZU_ROOT}
 * @param size its size, in bytes
 * @param identity what distinguishes it from another file of the same name; null where the file system has nothing
 */
public record SeenFile(RepoId repoId, Path file, String relative, long size, @Nullable Object identity) {
}
