package io.zeroui.product.vectors.text.embedding;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Settings of a service, short pauses. */
record HttpSettings(@Nullable String address, Map<String, String> others) implements EmbeddingConfig.Http {

    @Override
    public Optional<URI> url() {
        return Optional.ofNullable(address).map(URI::create);
    }

    @Override
    public Optional<String> model() {
        return Optional.of(others.getOrDefault("model", "a-model"));
    }

    @Override
    public Optional<Integer> dimension() {
        return Optional.of(number("dimension", 3));
    }

    @Override
    public Optional<String> key() {
        return Optional.of("sk-test-0123456789abcdef");
    }

    @Override
    public Optional<Path> keyFile() {
        return Optional.ofNullable(others.get("keyFile")).map(Path::of);
    }

    @Override
    public int texts() {
        return number("texts", 64);
    }

    @Override
    public int requests() {
        return number("requests", 4);
    }

    @Override
    public int waitingMost() {
        return number("waitingMost", 16);
    }

    @Override
    public Duration timeout() {
        return Duration.parse(others.getOrDefault("timeout", "PT5S"));
    }

    @Override
    public int attempts() {
        return number("attempts", 4);
    }

    @Override
    public Duration pause() {
        return Duration.ofMillis(20);
    }

    @Override
    public Duration pauseMost() {
        return Duration.parse(others.getOrDefault("pauseMost", "PT2S"));
    }

    private int number(String name, int otherwise) {
        return Integer.parseInt(others.getOrDefault(name, Integer.toString(otherwise)));
    }
}
