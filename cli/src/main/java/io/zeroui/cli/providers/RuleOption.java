package io.zeroui.cli.providers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.output.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a rule is about. */
final class RuleOption {

    @Option(names = "--model", paramLabel = "PATTERN", required = true, description = "which models, for example acme/*")
    String model = "";

    @Option(names = "--model-versions", paramLabel = "RANGE", description = "which of their versions, for example '>=1.2 <2'; all if not given")
    @Nullable
    String modelVersions;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "whose rule; the organisation's if not given")
    @Nullable
    String tenant;

    @Option(names = "--except", paramLabel = "TENANT", description = "a tenant that the organisation's rule is not about; may be given again")
    @Nullable
    List<String> except;

    @Option(names = "--adapter", paramLabel = "PATTERN", description = "through which adapters; all if not given")
    @Nullable
    String adapter;

    @Option(names = "--adapter-versions", paramLabel = "RANGE", description = "which of their versions; all if not given")
    @Nullable
    String adapterVersions;

    @Option(names = "--category", paramLabel = "CATEGORY", description = "of which data; may be given again; all if not given")
    @Nullable
    List<String> categories;

    @Option(names = "--region", paramLabel = "PATTERN", description = "where, for example eu-*; may be given again; everywhere if not given")
    @Nullable
    List<String> regions;

    @Option(names = "--from", paramLabel = "TIME", description = "since when it counts, RFC 3339")
    @Nullable
    String from;

    @Option(names = "--until", paramLabel = "TIME", description = "from when it does not count any more")
    @Nullable
    String until;

    ObjectNode wish(String effect, String reason) {
        ObjectNode wish = Json.object().put("effect", effect).put("model", model).put("reason", reason);
        text(wish, "model_versions", modelVersions);
        text(wish, "tenant", tenant);
        list(wish, "except", except);
        text(wish, "adapter", adapter);
        text(wish, "adapter_versions", adapterVersions);
        list(wish, "categories", categories);
        list(wish, "regions", regions);
        text(wish, "from", from);
        text(wish, "until", until);
        return wish;
    }

    private static void text(ObjectNode wish, String member, @Nullable String value) {
        if (value != null) {
            wish.put(member, value);
        }
    }

    private static void list(ObjectNode wish, String member, @Nullable List<String> values) {
        if (values != null) {
            values.forEach(wish.putArray(member)::add);
        }
    }
}
