package io.zeroui.cli.system;

import io.zeroui.cli.CliFailure;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.signature.Ed25519PrivateKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Where everything is: the variables that {@code zeroui env} prints. What the environment lacks comes from
 * {@code runtime.env} in the folder {@code ZEROUI_STATE}, if there is one.
 */
public final class RunningSystem {

    private static final Map<Plane, Integer> DEFAULT_PORTS = Map.of(Plane.IDE, 8086, Plane.TENANT, 8083, Plane.PRODUCT,
            8084, Plane.SHARED, 8085);

    private final Map<String, String> variables;

    private RunningSystem(Map<String, String> variables) {
        this.variables = variables;
    }

    /** The system that this process' environment describes. */
    public static RunningSystem fromEnvironment() {
        return of(System.getenv());
    }

    /** The system that the given variables describe. */
    public static RunningSystem of(Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>();
        String state = environment.get("ZEROUI_STATE");
        if (state != null) {
            variables.putAll(fileVariables(Path.of(state, "runtime.env")));
        }
        variables.putAll(environment);
        variables.values().removeIf(String::isBlank);
        return new RunningSystem(variables);
    }

    /** Address of a plane's service, without a slash at its end. */
    public URI serviceUrl(Plane plane) {
        String url = variables.get("ZEROUI_" + plane.name() + "_URL");
        if (url == null) {
            String port = variables.getOrDefault(plane.httpPortVariable(), String.valueOf(DEFAULT_PORTS.get(plane)));
            url = "http://127.0.0.1:" + port;
        }
        try {
            return URI.create(url.replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new CliFailure("ZEROUI_" + plane.name() + "_URL is no URL: " + url, "write it as http://host:port");
        }
    }

    /** The serving login's address of a plane's database; empty when nothing says where it is. */
    public Optional<DatabaseAddress> database(Plane plane) {
        return address(plane.databaseUrlVariable());
    }

    /** The owner login's address of a plane's database; empty when it is not known. */
    public Optional<DatabaseAddress> ownedDatabase(Plane plane) {
        return address(plane.migrationUrlVariable());
    }

    /** Address of Redis with its password; empty when nothing says where it is. */
    public Optional<URI> redis() {
        String url = variables.get("REDIS_URL");
        if (url == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(URI.create(url));
        } catch (IllegalArgumentException e) {
            throw new CliFailure("REDIS_URL is no URL", "write it as redis://:password@host:port");
        }
    }

    /** The administrator key of this installation, for the header {@code Authorization}; empty when it is not known. */
    public Optional<String> adminKey() {
        return Optional.ofNullable(variables.get("ZEROUI_ADMIN_KEY"));
    }

    /** The key that commands act with: the one in {@code ZEROUI_API_KEY}, else the administrator's; empty when neither is known. */
    public Optional<String> apiKey() {
        return Optional.ofNullable(variables.get("ZEROUI_API_KEY")).or(this::adminKey);
    }

    /**
     * The key that signs the checkpoints of this installation's ledgers; empty when it is not known.
     *
     * @throws CliFailure when the setting is no key
     */
    public Optional<Ed25519PrivateKey> evidenceLogKey() {
        try {
            return Optional.ofNullable(variables.get("ZEROUI_EVIDENCE_LOG_KEY")).filter(hex -> !hex.isBlank())
                    .map(hex -> Ed25519PrivateKey.ofSeed(HexFormat.of().parseHex(hex.strip())));
        } catch (IllegalArgumentException e) {
            throw new CliFailure("ZEROUI_EVIDENCE_LOG_KEY is no key", "it is the seed of an Ed25519 key, 64 hex digits");
        }
    }

    /** The storage fabric's folder; empty when nothing says where it is. */
    public Optional<Path> zuRootFolder() {
        return Optional.ofNullable(variables.get("ZU_ROOT")).map(Path::of);
    }

    /**
     * The storage fabric.
     *
     * @throws CliFailure when nothing says where it is
     */
    public ZuRoot zuRoot() {
        return new ZuRoot(zuRootFolder().orElseThrow(
                () -> new CliFailure("ZU_ROOT is not set, so nobody knows where the storage fabric is",
                        "start the system with ./zeroui up, or set ZU_ROOT to its folder")));
    }

    /** Where private keys lie: {@code keys} in the state folder; where there is none, in a folder of the user's own. */
    public Path keyFolder() {
        String state = variables.get("ZEROUI_STATE");
        if (state != null && Files.isDirectory(Path.of(state))) {
            return Path.of(state, "keys");
        }
        String home = variables.getOrDefault("XDG_STATE_HOME", System.getProperty("user.home") + "/.local/state");
        return Path.of(home, "zeroui", "keys");
    }

    private Optional<DatabaseAddress> address(String variable) {
        String url = variables.get(variable);
        return url == null ? Optional.empty() : Optional.of(DatabaseAddress.parse(variable, url));
    }

    private static Map<String, String> fileVariables(Path file) {
        Map<String, String> found = new HashMap<>();
        if (!Files.isReadable(file)) {
            return found;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    found.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        } catch (IOException e) {
            throw new CliFailure("cannot read " + file + ": " + e.getMessage(), "start the system with ./zeroui up");
        }
        return found;
    }
}
