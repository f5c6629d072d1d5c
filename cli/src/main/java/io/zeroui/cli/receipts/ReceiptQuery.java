package io.zeroui.cli.receipts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.cli.system.ServiceClient.Answer;
import io.zeroui.contracts.Plane;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which receipts are meant; the service judges what may be asked. */
public final class ReceiptQuery {

    /** Most receipts of one answer. */
    static final int PAGE = 500;

    private static final int TOO_MANY = 429;

    @Option(names = "--tenant", paramLabel = "TENANT", defaultValue = "local", description = "whose receipts; ${DEFAULT-VALUE} if not given")
    private String tenant = "local";

    @Option(names = "--text", paramLabel = "WORDS", description = "words of rationale, badges or tags, in any inflection and all of them; -WORD for one that must not be there, '\"A BADGE\"' for a whole badge or tag")
    private @Nullable String text;

    @Option(names = "--status", paramLabel = "STATUS", description = "pass, warn, soft_block or hard_block")
    private @Nullable String status;

    @Option(names = "--gate", paramLabel = "GATE", description = "only receipts of this gate")
    private @Nullable String gate;

    @Option(names = "--repo", paramLabel = "REPO", description = "only receipts of this repository")
    private @Nullable String repo;

    @Option(names = "--policy", paramLabel = "POLICY", description = "only receipts that name this version of a policy, as in licences-1.2")
    private @Nullable String policy;

    @Option(names = "--policy-standing", paramLabel = "STANDING", description = "only receipts whose policies stand like this: none, consistent, unjudged, superseded, revoked, not_for_edge, before_release, wrong_snapshot or unknown_policy")
    private @Nullable String policyStanding;

    @Option(names = "--from", paramLabel = "TIME", description = "only receipts of this time or later, as in 2026-01-31T00:00:00Z")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "only receipts of before this time")
    private @Nullable String to;

    /** Filled by the command line. */
    public ReceiptQuery() {
    }

    /** Whose receipts. */
    public String tenant() {
        return tenant;
    }

    /** The filters as a request has them. */
    public ObjectNode body() {
        ObjectNode body = Json.object();
        put(body, "text", text);
        put(body, "status", status);
        put(body, "gate_id", gate);
        put(body, "repo_id", repo);
        put(body, "policy_version_id", policy);
        put(body, "policy_standing", policyStanding);
        put(body, "from", from);
        put(body, "to", to);
        return body;
    }

    private static void put(ObjectNode body, String member, @Nullable String value) {
        if (value != null) {
            body.put(member, value);
        }
    }

    /** What the tenant plane answers to a question. */
    Answer ask(ServiceClient client, String path, ObjectNode body) {
        return client.post(Plane.TENANT, "/v1/evidence/" + path, Json.write(body).getBytes(StandardCharsets.UTF_8), "X-Tenant-Id", tenant);
    }

    /**
     * The body of an answer.
     *
     * @throws CliFailure when the question was refused
     */
    static JsonNode require(Answer answer) {
        if (!answer.isSuccess()) {
            throw new CliFailure("the search was refused with " + answer.problem(), answer.status() < TOO_MANY
                    ? "see --help for what can be asked" : "see ./zeroui logs tenant");
        }
        return answer.body();
    }
}
