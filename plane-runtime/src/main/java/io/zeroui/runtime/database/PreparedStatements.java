package io.zeroui.runtime.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets sessions keep longer statements prepared than usual: to prepare one that searches vectors takes longer than the search. The
 * longest have lists of conditions, and are rare.
 */
@Singleton
class PreparedStatements implements PgPoolCreator {

    private static final int LENGTH_MOST = 8_192;

    @Override
    public Pool create(Input input) {
        List<SqlConnectOptions> databases = new ArrayList<>();
        input.pgConnectOptionsList().forEach(options -> databases.add(options.setPreparedStatementCacheSqlLimit(LENGTH_MOST)));
        return PgBuilder.pool().with(input.poolOptions()).connectingTo(databases).using(input.vertx()).build();
    }
}
