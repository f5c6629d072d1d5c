package io.zeroui.product.policy.release;

import io.zeroui.contracts.policy.trust.KeyIds;
import io.zeroui.contracts.policy.trust.MetadataSigner;
import io.zeroui.contracts.policy.trust.Role;
import io.zeroui.contracts.policy.trust.RoleName;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.signature.Ed25519PrivateKey;
import io.zeroui.runtime.security.SecretFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The private keys of the roles, from a file that nobody else may read: properties {@code root}, {@code targets}, {@code snapshot},
 * {@code timestamp}, each one or more seeds (64 hex digits) with commas between, {@code root.threshold} and so on (1 where it is not
 * said), and {@code root.former} for keys that only sign the root that replaces them.
 */
final class KeyFile implements PolicyKeys {

    private final Map<RoleName, List<MetadataSigner>> signers = new EnumMap<>(RoleName.class);
    private final Map<RoleName, Integer> thresholds = new EnumMap<>(RoleName.class);
    private final List<MetadataSigner> formerRoot;

    private KeyFile(Properties file) {
        for (RoleName role : RoleName.values()) {
            signers.put(role, seeds(file, role.key()));
            thresholds.put(role, Integer.parseInt(file.getProperty(role.key() + ".threshold", "1").strip()));
        }
        formerRoot = file.containsKey("root.former") ? seeds(file, "root.former") : List.of();
    }

    /**
     * Reads a key file.
     *
     * @throws IOException when it cannot be read, or others can read it too
     * @throws IllegalArgumentException when a role has no key, or a seed is none; the message has no key
     */
    static KeyFile read(Path file) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(SecretFile.read(file)));
        return new KeyFile(properties);
    }

    @Override
    public List<MetadataSigner> signers(RoleName role) {
        return signers.getOrDefault(role, List.of());
    }

    @Override
    public List<MetadataSigner> formerRoot() {
        return formerRoot;
    }

    @Override
    public Role role(RoleName role) {
        return new Role(signers(role).stream().map(signer -> KeyIds.of(signer.publicKey())).collect(Collectors.toSet()),
                thresholds.getOrDefault(role, 1));
    }

    private static List<MetadataSigner> seeds(Properties file, String name) {
        String value = file.getProperty(name, "").strip();
        if (value.isEmpty()) {
            throw new IllegalArgumentException("there is no key for " + name);
        }
        List<MetadataSigner> signers = new ArrayList<>();
        for (String seed : Arrays.stream(value.split(",")).map(String::strip).toList()) {
            try {
                Ed25519PrivateKey key = Ed25519PrivateKey.ofSeed(HexFormat.of().parseHex(seed));
                signers.add(MetadataSigner.of(new Ed25519KeyPair(key, key.publicKey())));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("a key of " + name + " is not 64 hex digits");
            }
        }
        return signers;
    }
}
