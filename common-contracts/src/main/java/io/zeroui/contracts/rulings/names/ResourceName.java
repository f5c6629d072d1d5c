package io.zeroui.contracts.rulings.names;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.regex.Pattern;

/** The grammar of names and versions in the registry. */
public final class ResourceName {

    private static final int MAX_NAME = 200;
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?(?:/[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?){0,3}");
    private static final Pattern VERSION = Pattern.compile("[a-z0-9](?:[a-z0-9.+_-]{0,62}[a-z0-9])?");

    private ResourceName() {
    }

    /**
     * A name: one to four segments with {@code /} between, each of {@code a-z}, {@code 0-9}, {@code .}, {@code _} and {@code -}, with a
     * letter or digit first and last; at most 200 characters. What is below {@code acme} begins with {@code acme/}.
     *
     * @throws IllegalArgumentException when it is none
     */
    @CanIgnoreReturnValue
    public static String require(String name) {
        if (name == null || name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a name has 1 to 4 segments of a-z, 0-9, '.', '_' and '-', with '/' between");
        }
        return name;
    }

    /**
     * A version: at most 64 of {@code a-z}, {@code 0-9}, {@code .}, {@code +}, {@code _} and {@code -}, a letter or digit first and last.
     *
     * @throws IllegalArgumentException when it is none
     */
    @CanIgnoreReturnValue
    public static String requireVersion(String version) {
        if (version == null || !VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("a version has 1 to 64 of a-z, 0-9, '.', '+', '_' and '-'");
        }
        return version;
    }
}
