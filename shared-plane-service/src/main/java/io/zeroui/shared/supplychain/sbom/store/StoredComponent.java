package io.zeroui.shared.supplychain.sbom.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A component, whichever bills of materials have it.
 *
 * @param id by its content
 * @param coordinate what stays the same from version to version
 * @param purl package URL
 * @param kind for example library
 * @param group what its name is in
 * @param name its name
 * @param version its version
 * @param supplier who supplies it
 * @param licences SPDX identifiers, expressions or names
 * @param hashes {@code algorithm:hex}
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredComponent(UUID id, String coordinate, @Nullable String purl, String kind, @Nullable String group, String name,
        @Nullable String version, @Nullable String supplier, List<String> licences, List<String> hashes) {

    static final String COLUMNS = """
            c.component_id, c.coordinate, c.purl, c.kind, c.group_name, c.name, c.version, c.supplier, c.licences, c.hashes""";

    static StoredComponent of(Row row) {
        return new StoredComponent(row.getUUID("component_id"), row.getString("coordinate"), row.getString("purl"), row.getString("kind"),
                row.getString("group_name"), row.getString("name"), row.getString("version"), row.getString("supplier"),
                Arrays.asList(row.getArrayOfStrings("licences")), Arrays.asList(row.getArrayOfStrings("hashes")));
    }
}
