package io.zeroui.contracts.policy;

import java.util.regex.Pattern;

/**
 * One version of one policy. Both parts are safe in file names and in URLs.
 *
 * @param policyId kebab-case, at most 64 characters
 * @param version {@code [a-z0-9][a-z0-9.-]*} without two dots in a row, at most 64 characters
 */
public record PolicyVersion(String policyId, String version) implements Comparable<PolicyVersion> {

    /** Most characters of a version. */
    public static final int VERSION_MOST = 64;

    private static final int MAX_LENGTH = 64;
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern VERSION = Pattern.compile("[a-z0-9](\\.?[a-z0-9-])*");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]*-[a-z0-9.-]+");

    public PolicyVersion {
        if (policyId.length() > MAX_LENGTH || !ID.matcher(policyId).matches()) {
            throw new IllegalArgumentException("a policy's id is kebab-case and has at most " + MAX_LENGTH + " characters");
        }
        if (!isVersion(version)) {
            throw new IllegalArgumentException("a policy's version has lower-case letters, digits, dots and hyphens, at most "
                    + VERSION_MOST + " of them, and begins with a letter or digit");
        }
    }

    /** Whether a text has the form of a version. */
    public static boolean isVersion(String text) {
        return text.length() <= VERSION_MOST && VERSION.matcher(text).matches();
    }

    /** Whether a text can be an {@link #id()}. */
    public static boolean isName(String text) {
        return text.length() <= MAX_LENGTH + 1 + VERSION_MOST && NAME.matcher(text).matches();
    }

    /** As receipts name it in {@code policy_version_ids}: {@code {policy-id}-{version}}. */
    public String id() {
        return policyId + "-" + version;
    }

    /** As targets metadata name its file: {@code {policy-id}/{version}.json}. */
    public String path() {
        return policyId + "/" + version + ".json";
    }

    /**
     * Reads a {@link #path()}.
     *
     * @throws IllegalArgumentException when the text is none
     */
    public static PolicyVersion ofPath(String path) {
        int slash = path.indexOf('/');
        if (slash < 0 || !path.endsWith(".json") || path.length() < slash + 1 + ".json".length()) {
            throw new IllegalArgumentException("not the path of a policy's version");
        }
        return new PolicyVersion(path.substring(0, slash), path.substring(slash + 1, path.length() - ".json".length()));
    }

    @Override
    public int compareTo(PolicyVersion other) {
        int byId = policyId.compareTo(other.policyId);
        return byId == 0 ? version.compareTo(other.version) : byId;
    }
}
