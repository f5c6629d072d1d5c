package io.zeroui.contracts.access;

import java.util.regex.Pattern;

/** Text that may quote a credential which somebody put where it does not belong: into a path, a header, a document. */
public final class CredentialText {

    private static final Pattern API_KEY = Pattern.compile("(zu_[a-z]{2,8}_[0-9A-Za-z]{4,32}_)[0-9A-Za-z_]{4,}");
    private static final Pattern WEB_TOKEN = Pattern.compile("eyJ[0-9A-Za-z_-]{4,}\\.[0-9A-Za-z_.-]+");

    private CredentialText() {
    }

    /** The text without the secrets of API keys, whole or broken, and without web tokens. A key's id stays. */
    public static String redacted(String text) {
        String redacted = text;
        if (redacted.contains(ApiKey.PREFIX)) {
            redacted = API_KEY.matcher(redacted).replaceAll("$1…");
        }
        if (redacted.contains("eyJ")) {
            redacted = WEB_TOKEN.matcher(redacted).replaceAll("eyJ…");
        }
        return redacted;
    }
}
