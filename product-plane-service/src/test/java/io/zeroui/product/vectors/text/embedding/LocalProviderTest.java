package io.zeroui.product.vectors.text.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.problems.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The built-in provider under more than it can do. */
class LocalProviderTest {

    private static final int WAITING_MOST = 4;

    private record Settings() implements EmbeddingConfig, EmbeddingConfig.Local {

        @Override
        public Local local() {
            return this;
        }

        @Override
        public Http http() {
            return new HttpSettings(null, Map.of());
        }

        @Override
        public int threads() {
            return 1;
        }

        @Override
        public int waitingMost() {
            return WAITING_MOST;
        }
    }

    @Test
    void whatIsTooMuchIsRefusedAtOnceAndTheRestIsDone() throws InterruptedException {
        LocalProvider provider = new LocalProvider(new Settings());
        List<String> outcomes = new CopyOnWriteArrayList<>();
        List<String> threads = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 20; i++) {
            var unused = provider.embed(TenantId.of("acme"), List.of("some words", "other words")).subscribe().with(vectors -> {
                outcomes.add(vectors.size() + " of " + vectors.get(0).length);
                threads.add(Thread.currentThread().getName());
            }, failure -> outcomes.add(failure instanceof ProblemException problem ? Integer.toString(problem.status()) : failure.toString()));
        }
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> outcomes.size() == 20 && threads.size() == outcomes.stream().filter("2 of 384"::equals).count());
        assertThat(outcomes).allMatch(outcome -> outcome.equals("503") || outcome.equals("2 of 384"));
        assertThat(outcomes).filteredOn("2 of 384"::equals).hasSizeBetween(WAITING_MOST, WAITING_MOST + 3);
        assertThat(threads).allMatch(name -> name.startsWith("embedding-"));
        provider.stop(new ShutdownEvent());
    }
}
