package io.zeroui.contracts.metadata;

import static io.zeroui.contracts.metadata.Characters.isDigit;
import static io.zeroui.contracts.metadata.Characters.isLetter;

import java.util.Set;

/** Mail addresses, also with an escaped {@code @}; not SSH remotes, packages with versions or files with a scale. */
final class MailAddresses {

    private static final int MAX_LOCAL_LENGTH = 64;
    private static final int MAX_DOMAIN_LENGTH = 253;
    private static final Set<String> REMOTE_LOGINS = Set.of("git", "hg", "svn");
    private static final String ESCAPED_AT = "%40";

    private MailAddresses() {
    }

    static boolean isIn(String text) {
        return isIn(text, "@") || isIn(text, ESCAPED_AT);
    }

    private static boolean isIn(String text, String sign) {
        for (int at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
            String local = localPart(text, at);
            if (!local.isEmpty() && !REMOTE_LOGINS.contains(local) && isDomain(domain(text, at + sign.length()))) {
                return true;
            }
        }
        return false;
    }

    private static String localPart(String text, int at) {
        int from = at;
        while (from > 0 && at - from < MAX_LOCAL_LENGTH && isLocalCharacter(text.charAt(from - 1))) {
            from--;
        }
        return text.substring(from, at);
    }

    private static String domain(String text, int from) {
        int to = from;
        while (to < text.length() && to - from < MAX_DOMAIN_LENGTH && isDomainCharacter(text.charAt(to))) {
            to++;
        }
        while (to > from && (text.charAt(to - 1) == '.' || text.charAt(to - 1) == '-')) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isDomain(String domain) {
        String[] labels = domain.split("\\.", -1);
        if (labels.length < 2 || !isTopLevel(labels[labels.length - 1])) {
            return false;
        }
        for (String label : labels) {
            if (label.isEmpty() || label.startsWith("-")) {
                return false;
            }
        }
        return !isVersion(labels);
    }

    /** {@code 1.3.0.tgz}, {@code v4.beta} or {@code 2x.png}, but not {@code 163.com}. */
    private static boolean isVersion(String[] labels) {
        String first = labels[0];
        boolean scale = first.length() == 2 && isDigit(first.charAt(0)) && first.charAt(1) == 'x';
        boolean marked = first.length() > 1 && first.charAt(0) == 'v' && isNumber(first.substring(1));
        return scale || marked || isNumber(first) && labels.length > 2;
    }

    private static boolean isTopLevel(String label) {
        return label.length() >= 2 && label.length() <= 24 && label.chars().allMatch(Character::isLetter);
    }

    private static boolean isNumber(String label) {
        return !label.isEmpty() && label.chars().allMatch(c -> isDigit((char) c));
    }

    private static boolean isLocalCharacter(char c) {
        return isLetter(c) || isDigit(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-' || c == '\''
                || c > 127 && Character.isLetterOrDigit(c);
    }

    private static boolean isDomainCharacter(char c) {
        return isLetter(c) || isDigit(c) || c == '.' || c == '-' || c > 127 && Character.isLetterOrDigit(c);
    }
}
