package io.zeroui.cli.attestations;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.cli.output.Table;

/** What is known of attestations, for people. */
final class AttestationTables {

    private static final int ID_SHOWN = 16;
    private static final int TEXT_MOST = 70;

    private AttestationTables() {
    }

    /** Attestations, one a line. */
    static String list(JsonNode answer) {
        if (answer.path("items").isEmpty()) {
            return "there is none";
        }
        Table table = Table.of("ATTESTATION", "VERIFIED", "SAYS", "SIGNER OR REASON");
        for (JsonNode one : answer.path("items")) {
            table.row(one.path("id").asText(), verified(one), line(one.path("predicate_type").asText(one.path("form").asText())), why(one.path("result")));
        }
        return table.render() + more(answer);
    }

    /** One attestation. */
    static String one(JsonNode one) {
        StringBuilder text = new StringBuilder("attestation  ").append(one.path("id").asText()).append('\n');
        text.append("verified     ").append(verified(one)).append(", under trust root ").append(one.path("trust_version").asText()).append('\n');
        add(text, "says         ", one.path("predicate_type"));
        add(text, "builder      ", one.path("builder"));
        add(text, "source       ", one.path("source"));
        text.append(result(one.path("result")));
        one.path("subjects").forEach(subject -> text.append("subject      ").append(line(subject.path("digest").asText())).append("  ")
                .append(line(subject.path("name").asText())).append('\n'));
        one.path("links").forEach(link -> text.append(link.path("kind").asText()).append("      ").append(line(link.path("target").asText())).append('\n'));
        return text.toString();
    }

    /** What a verification found. */
    static String result(JsonNode result) {
        StringBuilder text = new StringBuilder();
        result.path("signers").forEach(signer -> {
            add(text, "signed by    ", signer.has("identity") ? signer.path("identity") : signer.path("kid"));
            add(text, "issuer       ", signer.path("issuer"));
        });
        add(text, "signed at    ", result.path("signed_at"));
        result.path("reasons").forEach(reason -> text.append("refused      ").append(reason.path("reason").asText()).append(": ")
                .append(clean(reason.path("detail").asText())).append('\n'));
        return text.toString();
    }

    /** The trust root that counts. */
    static String trust(JsonNode one) {
        JsonNode root = one.path("root");
        return "trust root " + one.path("version").asText() + ", set by " + line(one.path("set_by").asText()) + " at " + one.path("set_at").asText() + ": "
                + line(one.path("note").asText()) + "\nkeys " + root.path("keys").size() + ", identities " + root.path("identities").size()
                + ", logs " + root.at("/sigstore/tlogs").size() + ", authorities " + root.at("/sigstore/certificateAuthorities").size();
    }

    /** Trust roots, one a line. */
    static String versions(JsonNode answer) {
        Table table = Table.of("VERSION", "SET AT", "BY", "WHY", "DOCUMENT");
        for (JsonNode one : answer.path("items")) {
            table.row(one.path("version").asText(), one.path("set_at").asText(), line(one.path("set_by").asText()), line(one.path("note").asText()),
                    one.path("document").asText().substring(0, ID_SHOWN));
        }
        return table.render() + more(answer);
    }

    private static String more(JsonNode answer) {
        return answer.hasNonNull("next_cursor") ? "more: --cursor " + answer.path("next_cursor").asText() : "";
    }

    private static String verified(JsonNode one) {
        return one.path("verified").asBoolean() ? "yes" : "NO";
    }

    private static String why(JsonNode result) {
        JsonNode signer = result.path("signers").path(0);
        String who = signer.path("identity").asText(signer.path("kid").asText());
        return line(result.path("verified").asBoolean() ? who : result.path("reasons").path(0).path("reason").asText());
    }

    private static void add(StringBuilder text, String label, JsonNode value) {
        if (value.isTextual()) {
            text.append(label).append(clean(value.textValue())).append('\n');
        }
    }

    /** One line that a terminal shows as it is; documents come from strangers. */
    private static String line(String text) {
        String clean = clean(text);
        return clean.length() <= TEXT_MOST ? clean : clean.substring(0, TEXT_MOST) + "…";
    }

    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
