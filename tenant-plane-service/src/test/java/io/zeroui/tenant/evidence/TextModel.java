package io.zeroui.tenant.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.contracts.Plane;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which texts a receipt has, slowly: PostgreSQL is asked for the words of one text after the other. */
final class TextModel {

    private static final Pattern PART = Pattern.compile("-?\"[^\"]*\"|\\S+");
    private static final Map<String, Set<String>> KNOWN = new HashMap<>();
    private static Connection connection;

    private TextModel() {
    }

    /**
     * What a receipt says.
     *
     * @param lexemes of its rationale and badges
     * @param badges as a whole, in lower case
     */
    record Said(Set<String> lexemes, Set<String> badges) {

        boolean answers(String question) {
            return PART.matcher(question).results().map(part -> part.group()).allMatch(part -> part.length() > 1 && part.startsWith("-")
                    ? !has(part.substring(1), false) : has(part, true));
        }

        /** A word that is none is had by all when it must be there, and by nobody when it must not. */
        private boolean has(String part, boolean otherwise) {
            if (part.startsWith("\"")) {
                return badges.contains(part.substring(1, part.length() - 1).toLowerCase(Locale.ROOT));
            }
            Set<String> asked = wordsOf(part);
            return asked.isEmpty() ? otherwise : lexemes.containsAll(asked);
        }
    }

    static Said of(JsonNode receipt) {
        List<String> texts = new ArrayList<>(List.of(receipt.at("/decision/rationale").asText()));
        Set<String> badges = new HashSet<>();
        receipt.at(receipt.has("receipt_id") ? "/decision/badges" : "/tags").forEach(badge -> {
            texts.add(badge.asText());
            badges.add(badge.asText().toLowerCase(Locale.ROOT));
        });
        Set<String> lexemes = new HashSet<>();
        texts.forEach(text -> lexemes.addAll(wordsOf(text)));
        return new Said(lexemes, badges);
    }

    private static synchronized Set<String> wordsOf(String text) {
        return KNOWN.computeIfAbsent(text, TextModel::ask);
    }

    private static Set<String> ask(String text) {
        try {
            if (connection == null || connection.isClosed()) {
                connection = RealRuntime.connect(RealRuntime.with(RuntimePart.TENANT).adminUrl(Plane.TENANT));
            }
            try (PreparedStatement sql = connection.prepareStatement("SELECT unnest(tsvector_to_array(to_tsvector('english', ?)))")) {
                sql.setString(1, text.replaceAll("[<>&]", " "));
                Set<String> words = new HashSet<>();
                for (ResultSet rows = sql.executeQuery(); rows.next();) {
                    words.add(rows.getString(1));
                }
                return words;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
