package io.zeroui.contracts.policy;

import java.util.regex.Pattern;

/**
 * What is said of a policy beside its content, the {@code metadata} of its snapshot.
 *
 * @param type what kind of policy it is, kebab-case, at most 64 characters; content of one type may have a schema
 * @param scope what it is about: lower-case letters, digits and {@code . _ : / * -}, at most 128 characters, for example
 *            {@code repo:payments-api}
 * @param enforcement the worst that a gate decides by it
 */
public record PolicyLabels(String type, String scope, Enforcement enforcement) {

    private static final int TYPE_MOST = 64;
    private static final Pattern TYPE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern SCOPE = Pattern.compile("[a-z0-9*][a-z0-9._:/*-]{0,127}");

    public PolicyLabels {
        if (!isType(type)) {
            throw new IllegalArgumentException("a policy's type is kebab-case and has at most " + TYPE_MOST + " characters");
        }
        if (!SCOPE.matcher(scope).matches()) {
            throw new IllegalArgumentException(
                    "a policy's scope has 1 to 128 lower-case letters, digits and . _ : / * -, and begins with a letter, digit or *");
        }
    }

    /** Whether a text has the form of a type, which is also that of a template's id. */
    public static boolean isType(String text) {
        return text.length() <= TYPE_MOST && TYPE.matcher(text).matches();
    }
}
