package io.zeroui.runtime.policy.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.policy.bundles.BundleAnswers.Present;
import io.zeroui.runtime.problems.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who gets a bundle when. */
class BundleAnswersTest {

    private static final TenantId ACME = TenantId.of("acme");
    private static final TenantId OTHER = TenantId.of("other");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BundleAnswers answers = new BundleAnswers(FixedBundleConfig.PLAIN, Clock.systemUTC());
    private final AtomicReference<Present> present = new AtomicReference<>(of("one", null));

    @Test
    void whoHasAnotherBundleOrNoneGetsItAtOnce() {
        for (String known : new String[]{null, "", "\"other\"", "one", tag("two")}) {
            RestResponse<byte[]> answer = ask(ACME, known, "modes=snapshot,delta;wait=30").awaitItem(PATIENCE).getItem();
            assertThat(answer.getStatus()).as(String.valueOf(known)).isEqualTo(200);
            assertThat(answer.getEntity()).isEqualTo("one".getBytes(StandardCharsets.UTF_8));
            assertThat(answer.getHeaderString("ETag")).isEqualTo(tag("one"));
            assertThat(answer.getHeaderString("Content-Type")).isEqualTo("application/vnd.openpolicyagent.bundles");
        }
    }

    @Test
    void whoHasItAndDoesNotWaitIsToldSo() {
        for (String prefer : new String[]{null, "modes=snapshot,delta", "wait=0", "wait=soon", "await=30"}) {
            assertThat(ask(ACME, tag("one"), prefer).awaitItem(PATIENCE).getItem().getStatus()).as(prefer).isEqualTo(304);
        }
        for (String known : new String[]{"*", "\"x\", " + tag("one"), "W/" + tag("one")}) {
            assertThat(ask(ACME, known, null).awaitItem(PATIENCE).getItem().getStatus()).as(known).isEqualTo(304);
        }
    }

    @Test
    void whoWaitsIsWokenByAnotherBundleAndByNothingElse() {
        UniAssertSubscriber<RestResponse<byte[]>> waiting = ask(ACME, tag("one"), "modes=snapshot,delta;wait=60");
        answers.changed(OTHER);
        answers.changed(ACME);
        waiting.assertNotTerminated();
        present.set(of("two", null));
        waiting.assertNotTerminated();
        answers.changed(ACME);
        assertThat(waiting.awaitItem(PATIENCE).getItem().getEntity()).isEqualTo("two".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aChangeWhileItIsLookedIsNotMissed() {
        AtomicReference<Present> now = new AtomicReference<>(of("one", null));
        UniAssertSubscriber<RestResponse<byte[]>> waiting = answers.answer(ACME, tag("one"), "wait=60", () -> Uni.createFrom().item(() -> {
            Present seen = now.getAndSet(of("two", null));
            answers.changed(ACME);
            return seen;
        })).subscribe().withSubscriber(UniAssertSubscriber.create());
        assertThat(waiting.awaitItem(PATIENCE).getItem().getStatus()).isEqualTo(200);
    }

    @Test
    void aBundleThatBecomesAnotherByItselfWakesToo() {
        present.set(of("one", Instant.now().plusMillis(300)));
        UniAssertSubscriber<RestResponse<byte[]>> waiting = ask(ACME, tag("one"), "wait=60");
        present.set(of("two", null));
        assertThat(waiting.awaitItem(PATIENCE).getItem().getStatus()).isEqualTo(200);
    }

    @Test
    void aWaitEndsWithTheAnswerThatNothingChanged() {
        assertThat(ask(ACME, tag("one"), "wait=1").awaitItem(PATIENCE).getItem().getStatus()).isEqualTo(304);
        assertThat(PreferHeader.wait("wait=999999", Duration.ofSeconds(60))).isEqualTo(Duration.ofSeconds(60));
        assertThat(PreferHeader.wait("respond-async, WAIT=\"5\"", Duration.ofSeconds(60))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void soManyWaitAndNoMoreAndPlacesComeBack() {
        UniAssertSubscriber<RestResponse<byte[]>> first = ask(ACME, tag("one"), "wait=60");
        UniAssertSubscriber<RestResponse<byte[]>> second = ask(ACME, tag("one"), "wait=60");
        assertThat(ask(ACME, tag("one"), "wait=60").awaitFailure(PATIENCE).getFailure()).isInstanceOfSatisfying(ProblemException.class,
                problem -> assertThat(problem.status()).isEqualTo(503));
        assertThat(ask(ACME, "\"other\"", "wait=60").awaitItem(PATIENCE).getItem().getStatus()).as("who needs no place").isEqualTo(200);
        UniAssertSubscriber<RestResponse<byte[]>> others = ask(OTHER, tag("one"), "wait=60");
        others.assertNotTerminated();
        assertThat(ask(OTHER, tag("one"), "wait=60").awaitFailure(PATIENCE).getFailure()).as("all together").isInstanceOf(ProblemException.class);

        first.cancel();
        UniAssertSubscriber<RestResponse<byte[]>> third = ask(ACME, tag("one"), "wait=60");
        third.assertNotTerminated();
        present.set(of("two", null));
        answers.changed(ACME);
        second.awaitItem(PATIENCE);
        third.awaitItem(PATIENCE);
        UniAssertSubscriber<RestResponse<byte[]>> fourth = ask(ACME, tag("two"), "wait=60");
        await().during(Duration.ofMillis(200)).atMost(PATIENCE).until(() -> fourth.getItem() == null && fourth.getFailure() == null);
        fourth.cancel();
        others.cancel();
    }

    private UniAssertSubscriber<RestResponse<byte[]>> ask(TenantId tenant, @Nullable String known, @Nullable String prefer) {
        return answers.answer(tenant, known, prefer, () -> Uni.createFrom().item(present::get)).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private static Present of(String text, @Nullable Instant holdsUntil) {
        return new Present(PolicyBundle.of("r", text.getBytes(StandardCharsets.UTF_8)), holdsUntil);
    }

    private static String tag(String text) {
        return PolicyBundle.of("r", text.getBytes(StandardCharsets.UTF_8)).etag();
    }
}
