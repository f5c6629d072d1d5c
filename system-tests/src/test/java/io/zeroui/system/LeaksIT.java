package io.zeroui.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.fabric.FabricFolder;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.TempZuRoot;
import io.zeroui.testing.planes.RunningPlanes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/** What receipts and credentials say is searched for, after whole flows, in everything that is at rest or was answered. */
class LeaksIT {

    private static final Duration ARRIVED = Duration.ofSeconds(60);

    private static TempZuRoot fabric;
    private static RunningPlanes planes;
    private static Haystacks haystacks;
    private static MarkedReceipts marked;
    private static CredentialMisuse misuse;

    @BeforeAll
    static void runEverything() throws IOException {
        fabric = TempZuRoot.create();
        WebTokens issuer = new WebTokens();
        Path pem = Files.writeString(Files.createTempFile("zeroui-issuer-", ".pem"), issuer.pem());
        // nothing is trimmed: what was on a stream is still there to be searched
        planes = RunningPlanes.start(fabric.path(), Map.of("ZEROUI_STREAMS_MAINTENANCE", "PT1H", "ZEROUI_TELEMETRY_EVERY", "PT1S",
                "ZEROUI_JWT_ISSUER", WebTokens.ISSUER, "ZEROUI_JWT_KEYS", pem.toString()));
        haystacks = new Haystacks(planes.runtime());
        SignedReceipts emitter = SignedReceipts.withNewKey("leak-key").trustedBy(fabric.path());
        marked = new MarkedReceipts(emitter);
        receipts();
        misuse = new CredentialMisuse(planes, issuer);
        misuse.tryEverything();
        await().atMost(ARRIVED).until(() -> reportsSince("now() - interval '2 seconds'") == Plane.values().length);
        Files.delete(pem);
    }

    @AfterAll
    static void stop() {
        planes.close();
        fabric.close();
    }

    /** Good ones, a repeated one, a feedback, bad ones by HTTP and in the file. */
    private static void receipts() throws IOException {
        assertThat(Http.post(planes.url(Plane.PRODUCT, "/v1/tenants"), "application/json",
                ("{\"tenant_id\":\"" + marked.tenant() + "\"}").getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(201);
        String first = SignedReceipts.newId();
        byte[] line = marked.decision(first);
        assertThat(submit(line)).isEqualTo(201);
        assertThat(submit(line)).isEqualTo(200);
        assertThat(submit(marked.decision(SignedReceipts.newId()))).isEqualTo(201);
        assertThat(submit(marked.feedback(SignedReceipts.newId(), first))).isEqualTo(201);
        assertThat(submit(SignedReceipts.withBrokenSignature(marked.decision(SignedReceipts.newId())))).isEqualTo(422);
        Path file = new ZuRoot(fabric.path()).ideReceipts(RepoId.of(marked.metadata().get("repo")), YearMonth.now(ZoneOffset.UTC));
        Files.write(file, SignedReceipts.withBrokenSignature(marked.decision(SignedReceipts.newId())), StandardOpenOption.APPEND);
        Files.write(file, new byte[] {'\n'}, StandardOpenOption.APPEND);
        await().atMost(ARRIVED).untilAsserted(() -> assertThat(Http.get(planes.url(Plane.PRODUCT, "/v1/reports/receipts?tenant="
                + marked.tenant())).json().path("count").asInt()).isEqualTo(3));
        await().atMost(ARRIVED).until(() -> !Haystacks.files(new ZuRoot(fabric.path()).ideQuarantineFolder()).isEmpty());
    }

    private static int submit(byte[] line) {
        Http.Answer answer = Http.post(planes.url(Plane.IDE, "/v1/receipts"), "application/json", line);
        assertThat(answer.status()).as(new String(answer.body(), StandardCharsets.UTF_8)).isNotEqualTo(400);
        return answer.status();
    }

    private static long reportsSince(String time) throws SQLException {
        try (Connection connection = RealRuntime.connect(planes.runtime().adminUrl(Plane.SHARED));
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM app.telemetry_reports WHERE reported_at > " + time)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private static Needles all() {
        Map<String, String> texts = new HashMap<>(marked.body());
        marked.metadata().forEach((member, text) -> texts.put("metadata " + member, text));
        return Needles.of(texts);
    }

    /** The streams of the edge of this test, which nobody enrolled, where a channel has several. */
    private static List<String> readBy(Plane plane) {
        return ChannelCatalogue.consumedBy(plane).stream().flatMap(channel -> {
            StreamScope scope = switch (channel.scope()) {
                case GLOBAL -> null;
                case TENANT -> StreamScope.UNENROLLED;
                case EDGE -> StreamScope.UNENROLLED.of(EdgeId.of("edge-local"));
            };
            return Stream.of(channel.key(scope), channel.deadLetterKey(scope));
        }).toList();
    }

    @Test
    void nothingOfAReceiptReachesTheSharedPlane() {
        assertThat(all().in(haystacks.tables(Plane.SHARED))).isEmpty();
        assertThat(all().in(haystacks.streams(readBy(Plane.SHARED)))).isEmpty();
        assertThat(all().in(Haystacks.files(fabric.path().resolve("shared")))).isEmpty();
        for (String path : List.of("/v1/telemetry/planes", "/v1/status", "/q/metrics")) {
            assertThat(all().in(new String(Http.get(planes.url(Plane.SHARED, path)).body(), StandardCharsets.UTF_8))).isEmpty();
        }
        assertThat(all().in(Map.of("log", planes.service(Plane.SHARED).log()))).isEmpty();
    }

    @Test
    void allThatWasSentToTheSharedPlaneWasSearched() {
        try (Jedis redis = planes.runtime().redis()) {
            for (Channel channel : ChannelCatalogue.consumedBy(Plane.SHARED)) {
                Object added = redis.xinfoStream(channel.key(null)).getStreamInfo().get("entries-added");
                assertThat(redis.xrange(channel.key(null), "-", "+")).as(channel.name()).hasSizeGreaterThan(3)
                        .hasSizeGreaterThanOrEqualTo(Integer.parseInt(String.valueOf(added)));
            }
        }
        assertThat(haystacks.tables(Plane.SHARED)).containsKey("shared app.telemetry_reports");
    }

    @Test
    void onlyMetadataOfAReceiptReachesTheProductPlane() {
        Needles body = Needles.of(marked.body());
        assertThat(body.in(haystacks.tables(Plane.PRODUCT))).isEmpty();
        assertThat(body.in(haystacks.streams(readBy(Plane.PRODUCT)))).isEmpty();
        assertThat(body.in(Haystacks.files(fabric.path().resolve("product")))).isEmpty();
        assertThat(body.in(Map.of("log", planes.service(Plane.PRODUCT).log()))).isEmpty();
        Needles metadata = Needles.of(marked.metadata());
        assertThat(metadata.in(haystacks.tables(Plane.PRODUCT))).as("what the product plane may know is found").isNotEmpty();
        assertThat(metadata.in(haystacks.streams(readBy(Plane.PRODUCT)))).isNotEmpty();
    }

    @Test
    void theSearchFindsTheMarkersWhereReceiptsMayBe() {
        assertThat(Needles.of(marked.body()).in(String.join("\n", Haystacks.files(fabric.path().resolve("tenant")).values())))
                .isEqualTo(marked.body().keySet());
        assertThat(Needles.of(marked.metadata()).in(haystacks.tables(Plane.TENANT))).containsKey("tenant app.receipts_index");
        assertThat(Needles.of(marked.body()).in(haystacks.streams(readBy(Plane.TENANT)))).containsKey("zeroui:ide-receipts:_");
    }

    @Test
    void theSearchFindsWhatIsPlantedHoweverItIsWritten() throws SQLException, IOException {
        String text = marked.body().get("rationale");
        String[] plants = {"CREATE TABLE scratch.as_json AS SELECT '{\"deep\":[\"" + text + "\"]}'::jsonb AS c",
                "CREATE TABLE scratch.as_bytes AS SELECT convert_to('xy " + text + "', 'UTF8') AS c",
                "CREATE TABLE scratch.as_base64 AS SELECT encode(convert_to('x" + text + "z', 'UTF8'), 'base64') AS c",
                "CREATE TABLE scratch.as_array AS SELECT ARRAY['a', '" + text + "'] AS c"};
        try (Connection connection = RealRuntime.connect(planes.runtime().adminUrl(Plane.SHARED));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA scratch");
            for (String plant : plants) {
                statement.execute(plant);
            }
            assertThat(all().in(haystacks.tables(Plane.SHARED))).containsOnlyKeys("shared scratch.as_array",
                    "shared scratch.as_base64", "shared scratch.as_bytes", "shared scratch.as_json");
            statement.execute("DROP SCHEMA scratch CASCADE");
        }
        Path file = Files.createTempDirectory("zeroui-scratch-").resolve(text);
        Files.writeString(file, "");
        assertThat(all().in(Haystacks.files(file.getParent()))).as("the name of a file").hasSize(1);
        Files.delete(file);
        try (Jedis redis = planes.runtime().redis()) {
            redis.xadd("scratch", StreamEntryID.NEW_ENTRY, Map.of("data", "{\"x\":\"" + text + "\"}"));
            assertThat(all().in(haystacks.streams(List.of("scratch")))).hasSize(1);
            redis.del("scratch");
        }
    }

    @Test
    void everyFolderOfTheFabricIsCataloguedAfterTheFlow() throws IOException {
        ZuRoot root = new ZuRoot(fabric.path());
        List<String> strangers = new ArrayList<>();
        int files = 0;
        try (Stream<Path> all = Files.walk(fabric.path())) {
            for (Path path : (Iterable<Path>) all.filter(any -> !any.equals(root.path()))::iterator) {
                String relative = root.relative(path);
                if (Files.isDirectory(path) && !FabricFolder.isOnTheWay(relative)) {
                    strangers.add(relative);
                } else if (Files.isRegularFile(path)) {
                    files++;
                    String folder = relative.substring(0, Math.max(0, relative.lastIndexOf('/')));
                    FabricFolder.find(folder).ifPresentOrElse(known -> { }, () -> strangers.add(relative));
                }
            }
        }
        assertThat(strangers).as("folders and files that the catalogue does not know").isEmpty();
        assertThat(files).isGreaterThan(4);
    }

    @Test
    void noCredentialIsAtRestOrAnsweredOrLogged() {
        Needles secrets = Needles.of(misuse.secrets());
        for (Plane plane : Plane.values()) {
            assertThat(secrets.in(Map.of("log of " + plane.key(), planes.service(plane).log()))).isEmpty();
            assertThat(secrets.in(haystacks.tables(plane))).isEmpty();
        }
        assertThat(secrets.in(haystacks.redis())).isEmpty();
        assertThat(secrets.in(misuse.answers())).isEmpty();
        assertThat(misuse.answers()).hasSizeGreaterThan(60);
    }

    @Test
    void theSearchFindsACredentialThatIsThere() {
        Needles secrets = Needles.of(misuse.secrets());
        misuse.secrets().forEach((name, secret) -> assertThat(secrets.in("x" + secret + "y")).contains(name));
        assertThat(haystacks.tables(Plane.TENANT).get("tenant access.api_keys")).as("the hash of a key, which may be there")
                .contains(misuse.hashOfAKey(Plane.TENANT));
        try (Jedis redis = planes.runtime().redis()) {
            redis.set("scratch", misuse.secrets().get("good key of tenant"));
            assertThat(secrets.in(haystacks.redis())).containsOnlyKeys("scratch");
            redis.del("scratch");
        }
    }
}
