package io.zeroui.contracts.attestation.dsse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.attestation.AttestationRefused;
import io.zeroui.contracts.attestation.Members;
import io.zeroui.contracts.attestation.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An in-toto statement: something is said of subjects.
 *
 * @param type {@link #V0_1} or {@link #V1}
 * @param subjects 1 to {@link #SUBJECTS_MOST}
 * @param predicateType the URI of what kind of thing is said
 * @param predicate what is said, as it came; an empty object when the statement has none
 */
public record Statement(String type, List<Subject> subjects, String predicateType, JsonNode predicate) {

    /** The type of statements of in-toto attestation 0.1. */
    public static final String V0_1 = "https://in-toto.io/Statement/v0.1";

    /** The type of statements of in-toto attestation 1. */
    public static final String V1 = "https://in-toto.io/Statement/v1";

    /** Subjects that are read. */
    public static final int SUBJECTS_MOST = 2_000;

    private static final Members MEMBERS = new Members(Reason.INVALID_STATEMENT);
    private static final Pattern ALGORITHM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{2,256}");

    public Statement {
        subjects = List.copyOf(subjects);
    }

    /**
     * Reads a statement.
     *
     * @throws AttestationRefused when it is no JSON, or none of these two types, or has no subject
     */
    public static Statement read(byte[] payload) throws AttestationRefused {
        ObjectNode object = Members.document(payload);
        String type = MEMBERS.text(object, "_type");
        if (!type.equals(V0_1) && !type.equals(V1)) {
            throw MEMBERS.refused("_type is no statement of in-toto 0.1 or 1");
        }
        List<Subject> subjects = new ArrayList<>();
        for (JsonNode subject : MEMBERS.array(object, "subject", SUBJECTS_MOST)) {
            subjects.add(subject(subject));
        }
        if (subjects.isEmpty()) {
            throw MEMBERS.refused("there is no subject");
        }
        JsonNode predicate = Members.has(object, "predicate") ? MEMBERS.object(object, "predicate") : object.objectNode();
        return new Statement(type, subjects, MEMBERS.text(object, "predicateType"), predicate);
    }

    /** What SLSA provenance says, where the predicate is that of version 0.2 or 1. */
    public Optional<Provenance> provenance() {
        return Provenance.of(predicateType, predicate);
    }

    /** Whether a subject has this digest, for example {@code sha256:} and 64 hex digits. */
    public boolean isAbout(String digest) {
        return subjects.stream().anyMatch(subject -> subject.has(digest));
    }

    private static Subject subject(JsonNode subject) throws AttestationRefused {
        TreeMap<String, String> digests = new TreeMap<>();
        JsonNode given = MEMBERS.object(subject, "digest");
        for (Map.Entry<String, JsonNode> digest : given.properties()) {
            String hex = digest.getValue().isTextual() ? digest.getValue().textValue() : "";
            boolean fits = HEX.matcher(hex).matches() && hex.length() % 2 == 0;
            if (!ALGORITHM.matcher(digest.getKey()).matches() || !fits) {
                throw MEMBERS.refused("a subject's digest is not an algorithm and lower-case hex");
            }
            digests.put(digest.getKey(), hex);
        }
        if (digests.isEmpty() || digests.size() > 16) {
            throw MEMBERS.refused("a subject has 1 to 16 digests, not " + digests.size());
        }
        String name = MEMBERS.optionalText(subject, "name");
        return new Subject(name == null ? "" : name, digests);
    }
}
