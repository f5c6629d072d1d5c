package io.zeroui.tenant.evidence.export;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.tenant.registry.RegistryMirror;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The exports of tenants. Every method fails with a {@link ProblemException}: 503 while it is not known which exports there are,
 * or their files cannot be written; 403 where the tenant is deleted.
 */
@ApplicationScoped
public class Exports {

    private static final Logger LOG = Logger.getLogger(Exports.class);

    private final ExportBook book;
    private final ExportRuns runs;
    private final ExportFiles files;
    private final ExportThreads threads;
    private final RegistryMirror registry;

    Exports(ExportBook book, ExportRuns runs, ExportFiles files, ExportThreads threads, RegistryMirror registry) {
        this.book = book;
        this.runs = runs;
        this.files = files;
        this.threads = threads;
        this.registry = registry;
    }

    /** Asks for an export; 404 where nobody knows the tenant, 429 where it has as many as it may have. */
    public Uni<Export> begin(TenantId tenant, ExportWish wish, String by) {
        check(tenant);
        if (!registry.known().tenants().containsKey(tenant)) {
            throw new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "the registry has no tenant " + tenant);
        }
        return written(threads.run(() -> book.add(tenant, wish, by)));
    }

    /** One export of the tenant; 404 where there is none. */
    public Export get(TenantId tenant, @Nullable ExportId id) {
        check(tenant);
        return (id == null ? Optional.<Export> empty() : book.find(tenant, id)).orElseThrow(Exports::notFound);
    }

    /** The tenant's exports, newest first. */
    public List<Export> list(TenantId tenant) {
        check(tenant);
        return book.list(tenant);
    }

    /** Rows that the present attempt has written. */
    public long rowsWritten(Export export) {
        ExportRun run = book.run(export.id());
        Export.File file = export.file();
        return run != null ? run.rows() : file != null ? file.rows() : 0;
    }

    /** Removes an export and its file, or ends it before it is done; 404 where there is none. */
    public Uni<Void> remove(TenantId tenant, @Nullable ExportId id) {
        Export export = get(tenant, id);
        return written(threads.run(() -> book.remove(tenant, export.id()))).invoke(removed -> {
            if (!removed) {
                throw notFound();
            }
        }).replaceWithVoid();
    }

    /** The file of an export that is done; empty where it has gone meanwhile. */
    public Uni<Optional<Path>> file(Export export) {
        return threads.run(() -> files.find(export));
    }

    private void check(TenantId tenant) {
        if (!runs.isLoaded()) {
            throw new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "the ledgers are being recovered; try again");
        }
        if (runs.isDeleted(tenant)) {
            throw new ProblemException(ErrorCode.FORBIDDEN, "the tenant is deleted: nothing of it is given out");
        }
    }

    private static <T> Uni<T> written(Uni<T> change) {
        return change.onFailure(IOException.class).transform(failure -> {
            LOG.errorf(failure, "exports cannot be written");
            return new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "the files of exports cannot be written now; try again");
        });
    }

    private static ProblemException notFound() {
        return new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "the tenant has no such export");
    }
}
