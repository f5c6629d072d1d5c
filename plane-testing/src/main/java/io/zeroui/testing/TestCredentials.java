package io.zeroui.testing;

import io.zeroui.contracts.access.ApiKey;
import io.zeroui.contracts.access.KeyScope;
import io.zeroui.contracts.receipts.Hash;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The administrator key of the services under test: a random one per JVM, the same for all class loaders in it. */
public final class TestCredentials {

    /** The setting by which a service knows the key. */
    public static final String VARIABLE = "ZEROUI_ADMIN_KEY_HASH";

    /** The setting with the seed of the key that signs the ledgers' logs. */
    public static final String LOG_KEY_VARIABLE = "ZEROUI_EVIDENCE_LOG_KEY";

    /** The setting with the seed of the key that cosigns the ledgers' checkpoints. */
    public static final String WITNESS_KEY_VARIABLE = "ZEROUI_WITNESS_KEY";

    /** The setting with the seed of the key that signs snapshots of policies. */
    public static final String SNAPSHOT_KEY_VARIABLE = "ZEROUI_POLICY_SNAPSHOT_KEY";

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

    /** The value of {@link #LOG_KEY_VARIABLE}: 64 hex digits, made of the administrator key. */
    public static String logKey() {
        return Hash.of(administrator().reveal().getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** The value of {@link #WITNESS_KEY_VARIABLE}: 64 hex digits, made of the key of the logs. */
    public static String witnessKey() {
        return Hash.of(logKey().getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** The value of {@link #SNAPSHOT_KEY_VARIABLE}: 64 hex digits, made of the key of the witness. */
    public static String snapshotKey() {
        return Hash.of(witnessKey().getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** The value of the header {@code Authorization}. */
    public static String authorization() {
        return "Bearer " + administrator().reveal();
    }
}
