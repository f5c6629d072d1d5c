package io.zeroui.contracts.metadata;

import static io.zeroui.contracts.metadata.Characters.at;
import static io.zeroui.contracts.metadata.Characters.isAlphanumeric;
import static io.zeroui.contracts.metadata.Characters.isDigit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Mail addresses, social security numbers and payment card numbers. */
final class PersonalData {

    private static final Pattern LABELLED_SSN = Pattern.compile(
            "(?i)\\b(?:ssn|social.security)\\D{0,20}(\\d{3})[ -]?(\\d{2})[ -]?(\\d{4})(?!\\d)");
    private static final int SSN_LENGTH = 11;

    private PersonalData() {
    }

    /** What is in the text, or null. */
    static @Nullable String find(String text, int traits, String name) {
        if (Traits.has(traits, Traits.AT | Traits.PERCENT) && MailAddresses.isIn(text)) {
            return "a mail address";
        }
        if (Traits.has(traits, Traits.MANY_DIGITS)) {
            if (hasSocialSecurityNumber(text, name)) {
                return "a social security number";
            }
            if (PaymentCards.isIn(text)) {
                return "a payment card number";
            }
        }
        return null;
    }

    private static boolean hasSocialSecurityNumber(String text, String name) {
        int dash = text.indexOf('-');
        while (dash >= 0) {
            if (isSocialSecurityNumber(text, dash - 3)) {
                return true;
            }
            dash = text.indexOf('-', dash + 1);
        }
        if (Characters.endsInWord(name, name.length(), "ssn")
                || Characters.endsInWord(name, name.length(), "socialsecuritynumber")) {
            return LABELLED_SSN.matcher("ssn " + text).find();
        }
        if (!text.contains("ssn") && !text.contains("SSN") && !text.contains("ecurity")) {
            return false;
        }
        Matcher labelled = LABELLED_SSN.matcher(text);
        return labelled.find() && isIssued(labelled.group(1), labelled.group(2), labelled.group(3));
    }

    /** {@code ddd-dd-dddd} that is not part of something longer, such as a UUID or a phone number. */
    private static boolean isSocialSecurityNumber(String text, int from) {
        if (from < 0 || from + SSN_LENGTH > text.length() || isPartOfId(at(text, from - 1))
                || isPartOfId(at(text, from + SSN_LENGTH))) {
            return false;
        }
        for (int i = 0; i < SSN_LENGTH; i++) {
            char c = text.charAt(from + i);
            if (i == 3 || i == 6 ? c != '-' : !isDigit(c)) {
                return false;
            }
        }
        return isIssued(text.substring(from, from + 3), text.substring(from + 4, from + 6),
                text.substring(from + 7, from + 11));
    }

    /** Numbers that the Social Security Administration never gives: area 000, 666, 900 to 999, group 00, serial 0000. */
    private static boolean isIssued(String area, String group, String serial) {
        return !area.equals("000") && !area.equals("666") && area.charAt(0) != '9' && !group.equals("00")
                && !serial.equals("0000");
    }

    private static boolean isPartOfId(char c) {
        return isAlphanumeric(c) || c == '-' || c == '_' || c == '+';
    }
}
