package io.zeroui.runtime.tenancy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One reading statement that {@link Tenancy} runs without a transaction of its own: the settings travel inside it. A
 * constant of a {@code *Store}: each keeps its texts. Where it says <code>{home}</code>, it means the schema in which the
 * rows are that it is about.
 *
 * <p>
 * The statement is made the inner side of a nested loop: {@code LATERAL}, because it looks at a column of the outer side, and
 * not merged with it, because of its {@code OFFSET}. PostgreSQL fetches the outer row, which sets the settings, before it
 * begins with the inner side, and evaluates {@code current_setting}, which is {@code STABLE}, when a scan begins and never
 * when it plans. Were it otherwise, the settings would be empty and the policies would let no row through: they are
 * transaction local, and the transaction is this statement.
 */
public final class Select {

    /** True in a row that the statement gave; null where it gave none. */
    static final String FOUND = "zeroui_found";

    /** What the database says of where the tenant lives. */
    static final String MARK = "zeroui_home";

    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");

    private static final String ENTER = """
            SELECT answer.*
              FROM (SELECT set_config('app.current_tenant_id', $%d, true) AS tenant,
                           set_config('app.plane_scope', $%d, true) AS scope OFFSET 0) AS entered
             CROSS JOIN LATERAL (SELECT statement.* FROM (%s) AS statement
                                  WHERE entered.scope IS NOT NULL OFFSET 0) AS answer
            """;

    /**
     * The mark is of the same snapshot as the rows: a tenant that has moved is found out in the moment in which it is read. It comes also
     * where the statement gives no row.
     */
    private static final String ENTER_HOME = """
            SELECT answer.*, COALESCE((SELECT home.tier || ':' || home.place FROM app.tenant_homes AS home
                                        WHERE home.tenant_id = entered.tenant), '') AS zeroui_home
              FROM (SELECT set_config('app.current_tenant_id', $%d, true) AS tenant,
                           set_config('app.plane_scope', $%d, true) AS scope OFFSET 0) AS entered
              LEFT JOIN LATERAL (SELECT statement.*, true AS zeroui_found
                                   FROM (%s) AS statement
                                  WHERE entered.scope IS NOT NULL OFFSET 0) AS answer ON true
            """;

    private final String sql;
    private final int parameters;
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final Map<String, String> movableTexts = new ConcurrentHashMap<>();

    private Select(String sql, int parameters) {
        this.sql = sql;
        this.parameters = parameters;
    }

    /**
     * A statement.
     *
     * @param sql one {@code SELECT} with parameters {@code $1}, {@code $2}, …; every column has a name of its own
     */
    public static Select of(String sql) {
        return new Select(sql, PARAMETER.matcher(sql).results().map(MatchResult::group)
                .mapToInt(name -> Integer.parseInt(name.substring(1))).max().orElse(0));
    }

    /** How many parameters it has; the tenant and the scope come after them. */
    int parameters() {
        return parameters;
    }

    /** The text for a home; of a plane in which tenants move with {@link #MARK} and {@link #FOUND}, else with the statement's columns alone. */
    String in(Home home, boolean movable) {
        return (movable ? movableTexts : texts).computeIfAbsent(home.schema(),
                schema -> (movable ? ENTER_HOME : ENTER).formatted(parameters + 1, parameters + 2, home.resolve(sql)));
    }
}
