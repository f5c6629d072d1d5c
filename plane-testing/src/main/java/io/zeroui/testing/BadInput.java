package io.zeroui.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Lines that must be refused, by what is wrong with them. */
public final class BadInput {

    /** A line with the reasons that are right for it. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Case(byte[] line, String... reasons) {
    }

    private BadInput() {
    }

    /** All of them, by a name. */
    public static Map<String, Case> all(String repo, SignedReceipts trusted, SignedReceipts stranger) {
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.put("not JSON", new Case(utf8("this is no JSON"), "NOT_JSON"));
        cases.put("an array", new Case(utf8("[]"), "NOT_AN_OBJECT"));
        cases.put("an empty line", new Case(utf8(" "), "NOT_JSON"));
        cases.put("a deep bomb", new Case(utf8("{\"a\":" + "[".repeat(1000) + "]".repeat(1000) + "}"), "TOO_DEEP"));
        cases.put("a member twice", new Case(utf8("{\"a\":1,\"a\":2}"), "DUPLICATE_MEMBER"));
        cases.put("CRLF", new Case(concat(trusted.decision(repo), utf8("\r")), "CRLF"));
        cases.put("BOM", new Case(concat(new byte[] { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF }, trusted.decision(repo)),
                "BOM"));
        cases.put("NUL", new Case(concat(trusted.decision(repo), new byte[] { 0 }), "NUL"));
        cases.put("invalid UTF-8", new Case(concat(utf8("{\"a\":\""), new byte[] { (byte) 0xC3, 0x28 }, utf8("\"}")),
                "INVALID_UTF8"));
        cases.put("a missing field", changed(trusted, repo, r -> r.remove("gate_id"), "MISSING_FIELD"));
        cases.put("a wrong type", changed(trusted, repo, r -> r.put("degraded", "no"), "WRONG_TYPE"));
        cases.put("a wrong value", changed(trusted, repo, r -> r.put("evaluation_point", "never"), "INVALID_VALUE"));
        cases.put("no receipt id", changed(trusted, repo, r -> r.put("receipt_id", "../../x"), "INVALID_VALUE",
                "UNSAFE_PATH"));
        cases.put("a path as repo_id", changed(trusted, repo, r -> actor(r).put("repo_id", "../../etc"), "UNSAFE_PATH",
                "INVALID_VALUE"));
        cases.put("a reserved repo_id", changed(trusted, repo, r -> actor(r).put("repo_id", "quarantine"), "UNSAFE_PATH",
                "INVALID_VALUE"));
        cases.put("the future", changed(trusted, repo,
                r -> r.put("timestamp_utc", Instant.now().plus(Duration.ofHours(1)).toString()), "TIMESTAMP_IN_FUTURE"));
        cases.put("source code", changed(trusted, repo, r -> ((ObjectNode) r.get("inputs")).put("patch",
                "import java.util.List;\npublic class Foo {\n  private int x = 1;\n  public static void main(String[] a)"
                        + " { System.out.println(a); }\n}\n"),
                "CONTAINS_SOURCE_CODE"));
        cases.put("a mail address", changed(trusted, repo,
                r -> ((ObjectNode) r.get("decision")).put("rationale", "ask jane.doe@example.org"),
                "CONTAINS_PERSONAL_DATA"));
        cases.put("a bad signature", new Case(SignedReceipts.withBrokenSignature(trusted.decision(repo)),
                "SIGNATURE_INVALID", "SIGNATURE_MALFORMED"));
        cases.put("an unknown key", new Case(stranger.decision(repo), "KID_UNKNOWN"));
        cases.put("a path as kid", new Case(utf8(new String(trusted.decision(repo), StandardCharsets.UTF_8)
                .replace("sig-ed25519:" + trusted.kid() + ":", "sig-ed25519:../../x:")), "SIGNATURE_MALFORMED",
                "UNSAFE_PATH"));
        return cases;
    }

    private static Case changed(SignedReceipts emitter, String repo, Consumer<ObjectNode> change, String... reasons) {
        return new Case(emitter.decision(repo, SignedReceipts.newId(), change), reasons);
    }

    private static ObjectNode actor(ObjectNode receipt) {
        return (ObjectNode) receipt.get("actor");
    }

    /** The text's bytes. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The parts, one behind the other. */
    public static byte[] concat(byte[]... parts) {
        byte[] all = new byte[0];
        for (byte[] part : parts) {
            int end = all.length;
            all = Arrays.copyOf(all, end + part.length);
            System.arraycopy(part, 0, all, end, part.length);
        }
        return all;
    }
}
