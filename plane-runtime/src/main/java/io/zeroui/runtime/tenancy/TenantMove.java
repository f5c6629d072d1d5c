package io.zeroui.runtime.tenancy;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.tenants.IsolationTier;
import io.zeroui.runtime.tenancy.RowCopyStore.Page;
import io.zeroui.runtime.tenancy.TenantHomeStore.Place;
import io.zeroui.runtime.tenancy.TenantTransaction.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Moves a tenant up to another home while it is being used. One transaction in the plane's database holds the whole move:
 * what only grows is copied while writers go on, then writers wait, the rest is copied, both sides are compared, and the
 * transaction's commit makes the new home the tenant's. Readers never wait. Before the commit nothing has changed for
 * anybody, after it everything has; a writer that had waited is sent to the new home. What a move to another database left
 * there when it ended early is removed by the next one.
 */
@ApplicationScoped
public class TenantMove {

    private static final int PAGE_ROWS = 2000;
    /** Longest wait for one step in another database: while it lasts, writers may be waiting. */
    private static final Duration TARGET_STEP = Duration.ofMinutes(2);

    private final Homes homes;

    TenantMove(Homes homes) {
        this.homes = homes;
    }

    /**
     * Moves the tenant.
     *
     * @param tier above the one where it lives
     * @param database for the tier database, its name in the settings
     * @param tables all tables with its rows
     * @param progress is told how many rows were copied so far
     * @return whether it was moved; false while another process moves it. Fails, with nothing changed, when a database does
     *         not answer, is not known, or the copy is not what it was made from
     */
    public Uni<Boolean> move(TenantId tenant, IsolationTier tier, String database, List<MovedTable> tables,
            LongConsumer progress) {
        return homes.refresh()
                .map(fresh -> homes.of(tenant))
                .chain(from -> move(tenant, from, tier, database, new Progress(tables, progress)))
                .call(homes::refresh);
    }

    private record Progress(List<MovedTable> tables, LongConsumer told) {
    }

    private Uni<Boolean> move(TenantId tenant, Home from, IsolationTier tier, String database, Progress progress) {
        if (from.tier().compareTo(tier) >= 0 || (from.tier() == IsolationTier.DATABASE)) {
            return Uni.createFrom().failure(new IllegalArgumentException("the tenant " + tenant + " lives in " + from
                    + "; it can only be moved up"));
        }
        return TenantTransaction.run(from, Kind.TENANT_WRITE, tenant.value(), from.mark(),
                source -> TenantHomeStore.begin(source, tenant).chain(isOurs -> !isOurs ? Uni.createFrom().item(false)
                        : (tier == IsolationTier.SCHEMA ? intoSchema(source, tenant, progress)
                                : intoDatabase(source, tenant, from, database, progress)).replaceWith(true)));
    }

    private static Uni<Void> intoSchema(Statements source, TenantId tenant, Progress progress) {
        return TenantHomeStore.createSchema(source, tenant).chain(name -> {
            Place place = new Place(IsolationTier.SCHEMA, name);
            Statements target = source.in(Home.ownSchema(name, null));
            return copy(source, new Target() {
                @Override
                public <T> Uni<T> run(Function<Statements, Uni<T>> work) {
                    return work.apply(target);
                }
            }, tenant, progress)
                    .chain(() -> TenantHomeStore.settle(source, tenant, place))
                    .chain(() -> TenantHomeStore.forget(source, tenant))
                    .replaceWithVoid();
        });
    }

    private Uni<Void> intoDatabase(Statements source, TenantId tenant, Home from, String database, Progress progress) {
        Place place = new Place(IsolationTier.DATABASE, database);
        Home home = homes.home(place);
        if (home.pool() == null) {
            return Uni.createFrom().failure(new HomeUnavailable(homes.whyUnavailable(home)));
        }
        Target target = new Target() {
            @Override
            public <T> Uni<T> run(Function<Statements, Uni<T>> work) {
                return TenantTransaction.run(home, Kind.TENANT_WRITE, tenant.value(), work)
                        .ifNoItem().after(TARGET_STEP).fail();
            }
        };
        return usable(source, target, home, tenant)
                .chain(() -> target.run(in -> TenantHomeStore.arriving(in, tenant)
                        .chain(() -> TenantHomeStore.forget(in, tenant))
                        .call(() -> stillOurs(source, tenant))))
                .chain(() -> copy(source, target, tenant, progress))
                .chain(() -> TenantHomeStore.settle(source, tenant, place))
                .chain(() -> target.run(in -> TenantHomeStore.arrived(in, tenant).call(() -> stillOurs(source, tenant))))
                .chain(() -> from.tier() == IsolationTier.SCHEMA ? TenantHomeStore.dropSchema(source, tenant)
                        : TenantHomeStore.forget(source, tenant).replaceWithVoid());
    }

    /** Nothing is done in another database after the move's own transaction has ended without saying so. */
    private static Uni<Void> stillOurs(Statements source, TenantId tenant) {
        return TenantHomeStore.begin(source, tenant).invoke(isOurs -> {
            if (!isOurs) {
                throw new IllegalStateException("somebody else moves the tenant " + tenant);
            }
        }).replaceWithVoid();
    }

    /** The database is neither the plane's own, by whatever address, nor another tenant's. */
    private static Uni<Void> usable(Statements source, Target target, Home home, TenantId tenant) {
        return TenantHomeStore.identity(source)
                .chain(own -> target.run(TenantHomeStore::identity).invoke(other -> {
                    if (other.equals(own)) {
                        throw new IllegalArgumentException(home + " is the plane's own database");
                    }
                }))
                .chain(() -> TenantHomeStore.otherTenant(home, tenant).ifNoItem().after(TARGET_STEP).fail())
                .invoke(other -> {
                    if (!other.isEmpty()) {
                        throw new IllegalArgumentException(home + " has another tenant");
                    }
                }).replaceWithVoid();
    }

    /** Where the copy is written: the move's own transaction, or one per page in another database. */
    private interface Target {
        <T> Uni<T> run(Function<Statements, Uni<T>> work);
    }

    private static Uni<Void> copy(Statements source, Target target, TenantId tenant, Progress progress) {
        return Multi.createFrom().iterable(progress.tables())
                .onItem().transformToUniAndConcatenate(table -> RowCopyStore.of(source, table, tenant))
                .collect().asList()
                .chain(tables -> {
                    Copying copying = new Copying(source, target, progress.told());
                    return copying.growing(tables)
                            .chain(() -> TenantHomeStore.stopWriters(source, tenant))
                            .chain(() -> copying.growing(tables))
                            .chain(() -> each(tables.stream().filter(table -> !table.isGrowing()).toList(), copying::whole))
                            .chain(() -> each(tables.stream().filter(RowCopyStore::isComparable).toList(), copying::compare));
                });
    }

    private static Uni<Void> each(List<RowCopyStore> tables, Function<RowCopyStore, Uni<Void>> work) {
        return Multi.createFrom().iterable(tables).onItem().transformToUniAndConcatenate(work::apply).collect().asList()
                .replaceWithVoid();
    }

    /** The copy under way: how far each growing table is, and the number of rows. */
    private static final class Copying {
        private final Statements source;
        private final Target target;
        private final LongConsumer told;
        private final Map<RowCopyStore, Long> places = new HashMap<>();
        private long rows;

        Copying(Statements source, Target target, LongConsumer told) {
            this.source = source;
            this.target = target;
            this.told = told;
        }

        /** What is new in the tables that grow. */
        Uni<Void> growing(List<RowCopyStore> tables) {
            return each(tables.stream().filter(RowCopyStore::isGrowing).toList(), this::pages);
        }

        private Uni<Void> pages(RowCopyStore table) {
            return Multi.createBy().repeating()
                    .uni(() -> table.next(source, places.getOrDefault(table, 0L), PAGE_ROWS)
                            .call(page -> written(table, page))
                            .invoke(page -> places.merge(table, page.last(), Math::max)))
                    .whilst(page -> page.rows() >= PAGE_ROWS)
                    .collect().last()
                    .replaceWithVoid();
        }

        Uni<Void> whole(RowCopyStore table) {
            return table.all(source).chain(page -> written(table, page));
        }

        private Uni<Void> written(RowCopyStore table, Page page) {
            return page.rows() == 0 ? Uni.createFrom().voidItem() : target.run(in -> table.write(in, page)).invoke(() -> {
                rows += page.rows();
                told.accept(rows);
            });
        }

        Uni<Void> compare(RowCopyStore table) {
            return table.fingerprint(source).chain(original -> target.run(table::fingerprint).invoke(copy -> {
                if (!copy.equals(original)) {
                    throw new IllegalStateException("the copy is not what it was made from: " + copy + " and " + original);
                }
            })).replaceWithVoid();
        }
    }
}
