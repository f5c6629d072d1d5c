package io.zeroui.tenant.evidence.export.http;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.tenant.evidence.export.Export;
import io.zeroui.tenant.evidence.export.ExportConfig;
import io.zeroui.tenant.evidence.export.ExportId;
import io.zeroui.tenant.evidence.journal.LedgerFolders;
import io.zeroui.tenant.evidence.merkle.LogConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes and checks the links by which files are fetched without a credential. Without the plane's secret there are none. */
@ApplicationScoped
class ExportLinks {

    /** What links begin with. */
    static final String PREFIX = "/v1/evidence/export-links";

    private static final int GONE = 410;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,11}");

    private final @Nullable LinkKey key;
    private final ExportConfig config;
    private final Clock clock;

    ExportLinks(LogConfig secret, LedgerFolders folders, ExportConfig config, Clock clock) {
        this.key = secret.key().filter(hex -> !hex.isBlank())
                .map(hex -> new LinkKey(HexFormat.of().parseHex(hex.strip()), folders.region().value())).orElse(null);
        this.config = config;
        this.clock = clock;
    }

    /**
     * A link.
     *
     * @param url path and query
     * @param expiresAt when it is good no more
     */
    record Link(String url, Instant expiresAt) {
    }

    /**
     * Whom a link is for.
     *
     * @param sha256 of the file that it was made for
     */
    record Right(TenantId tenant, ExportId id, String sha256) {
    }

    /** A new link to the file of an export; empty where there is no file or no secret. */
    Optional<Link> make(Export export) {
        Export.File file = export.file();
        if (key == null || file == null) {
            return Optional.empty();
        }
        Instant most = clock.instant().plus(config.link());
        Instant expires = most.isBefore(file.expiresAt()) ? most : file.expiresAt();
        long seconds = expires.getEpochSecond();
        return Optional.of(new Link(PREFIX + "/" + export.tenant() + "/" + export.id() + "?sha256=" + file.sha256() + "&expires="
                + seconds + "&signature=" + key.sign(export.tenant(), export.id(), file.sha256(), seconds),
                Instant.ofEpochSecond(seconds)));
    }

    /**
     * What a link allows.
     *
     * @throws ProblemException 403 for what is no link of ours, 410 for one that was
     */
    Right check(@Nullable String tenant, @Nullable String id, @Nullable String sha256, @Nullable String expires,
            @Nullable String signature) {
        ExportId export = id == null ? null : ExportId.parse(id).orElse(null);
        if (key == null || tenant == null || export == null || signature == null || sha256 == null || expires == null
                || !SHA256.matcher(sha256).matches() || !SECONDS.matcher(expires).matches()) {
            throw notOurs();
        }
        TenantId whose = tenant(tenant);
        long end = Long.parseLong(expires);
        if (!key.isSigned(whose, export, sha256, end, signature)) {
            throw notOurs();
        }
        if (clock.instant().getEpochSecond() >= end) {
            throw gone("expired", "the link has expired; ask for the export again");
        }
        return new Right(whose, export, sha256);
    }

    /** That the file is not there any more. */
    static ProblemException gone(String reason, String detail) {
        return new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, GONE, detail, Map.of("reason", reason));
    }

    /** The same for everything that is wrong with a link. */
    private static ProblemException notOurs() {
        return new ProblemException(ErrorCode.FORBIDDEN, "this is not a link to an export");
    }

    private static TenantId tenant(String name) {
        try {
            return TenantId.of(name);
        } catch (IllegalArgumentException e) {
            throw notOurs();
        }
    }
}
