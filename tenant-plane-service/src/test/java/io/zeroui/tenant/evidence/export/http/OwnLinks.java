package io.zeroui.tenant.evidence.export.http;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.tenant.evidence.export.ExportId;
import io.zeroui.testing.TestCredentials;
import java.util.HexFormat;

/** Links that the plane would have made, for any time. */
public final class OwnLinks {

    private OwnLinks() {
    }

    /** A rightly signed link. */
    public static String link(TenantId tenant, String id, String sha256, long expires) {
        String signature = new LinkKey(HexFormat.of().parseHex(TestCredentials.logKey()), "local").sign(tenant, new ExportId(id), sha256,
                expires);
        return "/v1/evidence/export-links/" + tenant + "/" + id + "?sha256=" + sha256 + "&expires=" + expires + "&signature=" + signature;
    }
}
