package io.zeroui.tenant.context;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.context.ContextApplied;
import io.zeroui.contracts.context.ContextChanged;
import io.zeroui.contracts.context.ContextKind;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.streams.StreamPublisher;
import io.zeroui.tenant.context.ContextQueue.Change;
import io.zeroui.tenant.context.ContextQueue.Due;
import io.zeroui.tenant.context.ExportFiles.Applied;
import io.zeroui.tenant.context.ExportFiles.Exported;
import io.zeroui.tenant.context.ExportFiles.Standing;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import io.zeroui.tenant.registry.RegistryMirror;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends exports and withdrawals until the product plane says that it has carried them out. What is still to be sent is found in the files whenever
 * the product plane names an epoch that has not been heard of, so also after a start, and when its database has had fewer changes than before: it was
 * restored, and what it has lost is sent again. The same change may go out twice.
 */
@ApplicationScoped
class ContextSender {

    private static final Logger LOG = Logger.getLogger(ContextSender.class);
    private static final int DOUBLINGS = 10;
    private static final int SEARCHED_TOGETHER = 200;

    private final ZuRoot root;
    private final Region region;
    private final ContextPolicies policies;
    private final RegistryMirror registry;
    private final StreamPublisher publisher;
    private final EvidenceWorkers workers;
    private final ContextConfig config;
    private final Clock clock;
    private final ContextQueue queue = new ContextQueue();
    private volatile @Nullable Life heard;
    private final AtomicReference<@Nullable Life> wanted = new AtomicReference<>();

    ContextSender(PlaneConfig plane, ContextPolicies policies, RegistryMirror registry, StreamPublisher publisher, EvidenceWorkers workers,
            ContextConfig config, Clock clock, MeterRegistry metrics) {
        this.root = new ZuRoot(plane.fabric().root());
        this.region = Region.of(plane.region());
        this.policies = policies;
        this.registry = registry;
        this.publisher = publisher;
        this.workers = workers;
        this.config = config;
        this.clock = clock;
        Gauge.builder("zeroui_context_waiting", queue, ContextQueue::size).register(metrics);
    }

    /** Which database the product plane has, and how many changes that has had. */
    private record Life(UUID epoch, long changes) {
    }

    /** Has an export, or its end, sent soon. */
    void add(TenantId tenant, UUID exportId, boolean isEnd) {
        queue.add(new Change(tenant, exportId), isEnd);
    }

    /** Takes what the product plane says. Blocking. */
    void take(ContextApplied said) {
        if (said.items().isEmpty()) {
            hear(new Life(said.epoch(), said.changes()));
        }
        for (ContextApplied.Item item : said.items()) {
            try {
                take(said, item);
            } catch (IOException e) { // it is sent again, and answered again
                LOG.warnf("what became of the export %s of %s cannot be noted: %s", item.exportId(), item.tenantId(), e.getMessage());
            }
        }
    }

    /** Only what is announced is compared: answers to several tenants may overtake each other. */
    private void hear(Life life) {
        Life before = heard;
        heard = life;
        if (before == null || !before.epoch().equals(life.epoch()) || life.changes() < before.changes()) {
            LOG.infof("exports are compared with the product plane's database %s, which has had %d changes", life.epoch(), life.changes());
            wanted.set(life);
        }
    }

    private void take(ContextApplied said, ContextApplied.Item item) throws IOException {
        TenantId tenant = TenantId.of(item.tenantId());
        ExportFiles files = files(tenant);
        Change change = new Change(tenant, item.exportId());
        Due due = queue.find(change);
        files.apply(item.exportId(), new Applied(item.version(), said.epoch(), said.changes(), item.refusal(), clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        Optional<Standing> standing = files.find(item.exportId());
        if (standing.isEmpty() || standing.get().isSettled(said.epoch())) {
            queue.done(change, due);
        }
    }

    @Scheduled(every = "${zeroui.context.pause:PT1S}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> send() {
        return search()
                .chain(() -> queue.size() == 0 ? Uni.createFrom().item(0L) : publisher.length(ChannelCatalogue.TENANT_CONTEXT, null))
                .chain(unread -> unread >= config.unreadMost() ? Uni.createFrom().voidItem() : sendDue())
                .onFailure().invoke(failure -> LOG.debugf("context is not sent now: %s", failure))
                .onFailure().recoverWithNull();
    }

    private Uni<Void> sendDue() {
        return Multi.createFrom().iterable(queue.due(clock.instant(), config.together()))
                .onItem().transformToUniAndConcatenate(change -> event(change)
                        .onFailure().invoke(failure -> LOG.debugf("the export %s is not sent now: %s", change.exportId(), failure))
                        .onFailure().recoverWithItem(Optional.empty()))
                .collect().asList()
                .chain(events -> publisher.publish(ChannelCatalogue.TENANT_CONTEXT, null, events.stream().flatMap(Optional::stream).toList()))
                .replaceWithVoid();
    }

    /** What is sent of a change; empty for nothing. It is due again later, whatever becomes of it. */
    private Uni<Optional<EventEnvelope>> event(Change change) {
        Due wish = queue.find(change);
        queue.sent(change, clock.instant().plus(backoff(wish == null ? 0 : wish.sent())));
        if (registry.known().tenants().get(change.tenant()) == RegistryState.DELETED) {
            queue.done(change, wish);
            return Uni.createFrom().item(Optional.empty());
        }
        return workers.read(() -> read(change))
                .chain(found -> {
                    ContextChanged.Export export = found.map(ContextChanged::export).orElse(null);
                    return export == null ? Uni.createFrom().item(found)
                            : policies.forbidding(change.tenant(), ContextKind.ofKey(export.kind()))
                                    .map(policy -> policy.isPresent() ? Optional.<ContextChanged> empty() : found);
                })
                .map(found -> found.map(payload -> EventEnvelope.of(EventEnvelope.CONTEXT_CHANGED, "urn:zeroui:plane:" + Plane.TENANT.key(),
                        clock.instant(), EventJson.write(payload))));
    }

    private Optional<ContextChanged> read(Change change) throws IOException {
        ExportFiles files = files(change.tenant());
        Due due = queue.find(change);
        Standing standing = files.find(change.exportId()).orElse(null);
        Life life = heard;
        if (standing == null || standing.isSettled(life == null ? null : life.epoch())) {
            queue.done(change, due);
            return Optional.empty();
        }
        Exported exported = standing.exported();
        return Optional.of(new ContextChanged(change.tenant().value(), change.exportId(), standing.version(), exported == null ? null
                : new ContextChanged.Export(exported.kind(), exported.title(), files.content(exported), exported.tags(), exported.exportedAt())));
    }

    /** Looks through all files when there is something to compare them with. */
    private Uni<Void> search() {
        Life life = wanted.get();
        if (life == null) {
            return Uni.createFrom().voidItem();
        }
        return workers.run(this::tenants)
                .chain(tenants -> Multi.createFrom().iterable(tenants)
                        .onItem().transformToUniAndConcatenate(tenant -> search(tenant, life))
                        .collect().last())
                .invoke(() -> {
                    if (!wanted.compareAndSet(life, null)) {
                        LOG.debug("exports are compared again: the product plane's database has changed meanwhile");
                    }
                })
                .replaceWithVoid();
    }

    /** A part at a time: others' work is done between. What cannot be read is said, and keeps nobody else's waiting. */
    private Uni<Void> search(TenantId tenant, Life life) {
        ExportFiles files = files(tenant);
        return workers.run(files::list)
                .chain(ids -> Multi.createFrom().iterable(ids).group().intoLists().of(SEARCHED_TOGETHER)
                        .onItem().transformToUniAndConcatenate(some -> workers.run(() -> {
                            some.forEach(id -> search(tenant, files, id, life));
                            return some.size();
                        }))
                        .collect().last())
                .onFailure().invoke(failure -> LOG.warnf("the exports of %s cannot be read: %s", tenant, failure))
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    private void search(TenantId tenant, ExportFiles files, UUID id, Life life) {
        try {
            Standing standing = files.find(id).orElse(null);
            if (standing != null && standing.isLost(life.epoch(), life.changes())) {
                files.forget(id); // on the disk: a later start would not see it any more
                queue.addMissing(new Change(tenant, id), standing.version() == ContextChanged.WITHDRAWN);
            } else if (standing != null && !standing.isSettled(life.epoch())) {
                queue.addMissing(new Change(tenant, id), standing.version() == ContextChanged.WITHDRAWN);
            }
        } catch (IOException e) {
            LOG.warnf("the export %s of %s cannot be read: %s", id, tenant, e.getMessage());
        }
    }

    private List<TenantId> tenants() throws IOException {
        List<TenantId> tenants = new ArrayList<>();
        try (Stream<Path> folders = Files.list(root.tenantsFolder())) {
            for (Path folder : folders.toList()) {
                try {
                    tenants.add(TenantId.of(String.valueOf(folder.getFileName())));
                } catch (IllegalArgumentException e) {
                    LOG.tracef("%s is no tenant's", folder);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return tenants;
    }

    private Duration backoff(int sent) {
        Duration wait = config.patience().multipliedBy(1L << Math.min(sent, DOUBLINGS));
        return wait.compareTo(config.retryMost()) > 0 ? config.retryMost() : wait;
    }

    private ExportFiles files(TenantId tenant) {
        return new ExportFiles(root.contextExportsFolder(tenant, region));
    }
}
