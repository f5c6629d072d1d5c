package io.zeroui.contracts.signature;

import java.security.Provider;
import java.util.Optional;

/** The Corretto provider of cryptography: many times faster than the JDK's where its native library loads. */
public final class CorrettoProvider {

    private static final String CLASS = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
    private static final String ED_KEYS = "com.amazon.corretto.crypto.provider.registerEdKeyFactory";

    private CorrettoProvider() {
    }

    /** The provider, which is not registered with the JVM; empty where its jar is missing or its library does not load. */
    public static Optional<Provider> find() {
        try {
            if (System.getProperty(ED_KEYS) == null) {
                System.setProperty(ED_KEYS, "true");
            }
            Object instance = Class.forName(CLASS).getField("INSTANCE").get(null);
            return instance instanceof Provider provider ? Optional.of(provider) : Optional.empty();
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }
}
