package io.zeroui.shared.providers.index;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.rulings.RulingsCodec;
import io.zeroui.contracts.rulings.providers.Standing;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.ReceiptSignature;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.shared.journal.Act;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.Projection;
import io.zeroui.shared.providers.book.DeedCodec;
import io.zeroui.shared.providers.book.RegistryDeed;
import io.zeroui.shared.providers.book.RegistryDeed.EntryRegistered;
import io.zeroui.shared.providers.book.RegistryDeed.NamespaceGranted;
import io.zeroui.shared.providers.book.RegistryDeed.NamespaceWithdrawn;
import io.zeroui.shared.providers.book.RegistryDeed.RuleRemoved;
import io.zeroui.shared.providers.book.RegistryDeed.RuleSet;
import io.zeroui.shared.providers.book.RegistryDeed.StandingSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the registry's tables. */
@ApplicationScoped
class ProviderProjectionStore implements Projection {

    private static final String GRANT = """
            INSERT INTO app.provider_namespaces (namespace, public_key, kid, act, granted_at, granted_by, reason)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (namespace) DO UPDATE
               SET public_key = EXCLUDED.public_key, kid = EXCLUDED.kid, act = EXCLUDED.act, granted_at = EXCLUDED.granted_at,
                   granted_by = EXCLUDED.granted_by, reason = EXCLUDED.reason
            """;

    private static final String WITHDRAW = "DELETE FROM app.provider_namespaces WHERE namespace = $1";

    private static final String REGISTER = """
            INSERT INTO app.provider_entries (kind, name, version, namespace, provider, kid, sha256, document, standing, reason, act,
                registered_at, registered_by, changed_act)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'active', '', $9, $10, $11, $9)
            """;

    private static final String SET_VERSION = """
            UPDATE app.provider_entries SET standing = $4, sunset = $5, reason = $6, changed_act = $7
             WHERE kind = $1 AND name = $2 AND version = $3
            """;

    private static final String SET_NAME = """
            INSERT INTO app.provider_standings (kind, name, standing, sunset, reason, act) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (kind, name) DO UPDATE
               SET standing = EXCLUDED.standing, sunset = EXCLUDED.sunset, reason = EXCLUDED.reason, act = EXCLUDED.act
            """;

    private static final String SET_RULE = """
            INSERT INTO app.provider_rules (id, version, tenant, rule, reason, act, set_at, set_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (id) DO UPDATE
               SET version = EXCLUDED.version, tenant = EXCLUDED.tenant, rule = EXCLUDED.rule, reason = EXCLUDED.reason, act = EXCLUDED.act,
                   set_at = EXCLUDED.set_at, set_by = EXCLUDED.set_by
            """;

    private static final String REMOVE_RULE = "DELETE FROM app.provider_rules WHERE id = $1";

    private static final String NOTE = "INSERT INTO app.provider_history (act, at, by, kind, subject, detail) VALUES ($1, $2, $3, $4, $5, $6)";

    @Override
    public Area area() {
        return Area.PROVIDER_REGISTRY;
    }

    @Override
    public String name() {
        return "providers";
    }

    @Override
    public List<String> tables() {
        return List.of("app.provider_namespaces", "app.provider_entries", "app.provider_standings", "app.provider_rules", "app.provider_history");
    }

    @Override
    public Uni<Void> apply(Statements in, List<Act> acts) {
        return Multi.createFrom().iterable(acts)
                .onItem().transformToUniAndConcatenate(act -> apply(in, act))
                .collect().last().replaceWithVoid();
    }

    private static Uni<Void> apply(Statements in, Act act) {
        RegistryDeed deed = DeedCodec.read(act.kind(), act.detail());
        Tuple note = Tuple.of(act.number(), utc(act.at()), act.by(), act.kind(), deed.subject())
                .addString(new String(CanonicalJson.of(act.detail()), StandardCharsets.UTF_8));
        return in.execute(NOTE, note).chain(() -> rows(in, act, deed));
    }

    private static Uni<Void> rows(Statements in, Act act, RegistryDeed deed) {
        if (deed instanceof NamespaceGranted granted) {
            String kid = RulingsCodec.kid(Ed25519PublicKey.ofBase64(granted.publicKey())).value();
            return in.execute(GRANT, Tuple.of(granted.namespace(), granted.publicKey(), kid, act.number(), utc(act.at()), act.by())
                    .addString(granted.reason())).replaceWithVoid();
        }
        if (deed instanceof NamespaceWithdrawn withdrawn) {
            return in.execute(WITHDRAW, Tuple.of(withdrawn.namespace())).replaceWithVoid();
        }
        if (deed instanceof EntryRegistered registered) {
            return in.execute(REGISTER, entry(registered, act)).replaceWithVoid();
        }
        if (deed instanceof StandingSet set) {
            return standing(in, act, set);
        }
        if (deed instanceof RuleSet set) {
            return in.execute(SET_RULE, Tuple.tuple().addString(set.rule().id()).addInteger(set.rule().version()).addString(set.rule().tenant())
                    .addString(new String(EventJson.write(set.rule()), StandardCharsets.UTF_8)).addString(set.reason()).addLong(act.number())
                    .addOffsetDateTime(utc(act.at())).addString(act.by())).replaceWithVoid();
        }
        return in.execute(REMOVE_RULE, Tuple.of(((RuleRemoved) deed).id())).replaceWithVoid();
    }

    private static Tuple entry(EntryRegistered deed, Act act) {
        String provider = deed.document().path("provider").isTextual() ? deed.document().path("provider").textValue() : null;
        String kid = ReceiptSignature.parse(deed.document().path("signature").asText()).kid().value();
        return Tuple.tuple().addString(deed.kindOfEntry().key()).addString(deed.name()).addString(deed.version()).addString(deed.namespace())
                .addString(provider).addString(kid).addString(deed.sha256())
                .addString(new String(CanonicalJson.of(deed.document()), StandardCharsets.UTF_8)).addLong(act.number())
                .addOffsetDateTime(utc(act.at())).addString(act.by());
    }

    private static Uni<Void> standing(Statements in, Act act, StandingSet set) {
        Standing standing = set.standing();
        Tuple subject = Tuple.tuple().addString(set.kindOfEntry().key()).addString(set.name());
        if (set.version() != null) {
            subject.addString(set.version());
        }
        Tuple all = subject.addString(standing.key()).addOffsetDateTime(utc(set.sunset())).addString(set.reason()).addLong(act.number());
        return in.execute(set.version() == null ? SET_NAME : SET_VERSION, all).replaceWithVoid();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
