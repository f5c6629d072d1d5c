package io.zeroui.testing;

import org.jspecify.annotations.Nullable;

import io.zeroui.contracts.access.ApiKey;
import io.zeroui.contracts.access.KeyScope;

/** The administrator key of the services under test: a random one per JVM, the same for all class loaders in it. */
public final class TestCredentials {

    /** The setting by which a service knows the key. */
    public static final String VARIABLE = "ZEROUI_ADMIN_KEY_HASH";

    private static final String PROPERTY = "planes.under.test.admin-key";

    private TestCredentials() {
    }

    /** The key. */
    public static synchronized ApiKey administrator() {
        @Nullable
        String text = System.getProperty(PROPERTY);
        if (text == null) {
            text = ApiKey.generate(KeyScope.ALL).reveal();
            System.setProperty(PROPERTY, text);
        }
        return ApiKey.parse(text).orElseThrow();
    }

    /** What a service may know of it, the value of {@link #VARIABLE}. */
    public static String administratorHash() {
        return administrator().keyId() + ":" + administrator().hash();
    }

    /** The value of the header {@code Authorization}. */
    public static String authorization() {
        return "Bearer " + administrator().reveal();
    }
}
