package io.zeroui.product.vectors.text.embedding;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What makes vectors of texts. */
@ConfigMapping(prefix = "zeroui.vectors.embedding")
public interface EmbeddingConfig {

    /** The built-in model. */
    Local local();

    /** A service outside. */
    Http http();

    /** The built-in model, named {@code minilm}. */
    interface Local {

        /** Threads that compute for who writes; each takes one core while it does. Single texts, as of searches, have one of their own beside them. */
        @WithDefault("1")
        int threads();

        /** Most calls that wait for writers' threads, and as many for that of single texts; further ones are refused. */
        @WithDefault("64")
        int waitingMost();
    }

    /** A service with the form of OpenAI's {@code /v1/embeddings}, named {@code http}; there is none without URL, model and dimension. */
    interface Http {

        /** Where it is, before {@code /embeddings}, for example {@code https://api.example.com/v1} (variable {@code ZEROUI_EMBEDDING_URL}). */
        Optional<URI> url();

        /** The model that it is asked for (variable {@code ZEROUI_EMBEDDING_MODEL}). */
        Optional<String> model();

        /** Components of that model's vectors (variable {@code ZEROUI_EMBEDDING_DIMENSION}). */
        Optional<Integer> dimension();

        /** The key (variable {@code ZEROUI_EMBEDDING_KEY}); none for a service that wants none. */
        Optional<String> key();

        /** A file whose only line is the key, instead (variable {@code ZEROUI_EMBEDDING_KEY_FILE}); read before each call. */
        Optional<Path> keyFile();

        /** Most texts of one request. */
        @WithDefault("64")
        int texts();

        /** Most requests at once. */
        @WithDefault("4")
        int requests();

        /** Most calls that wait for their turn; further ones are refused. */
        @WithDefault("256")
        int waitingMost();

        /** Longest wait for one answer. */
        @WithDefault("PT30S")
        Duration timeout();

        /** How often a request is made that fails, is put off (429) or meets an error of the service (5xx). */
        @WithDefault("4")
        int attempts();

        /** Pause before the second attempt; doubles, and is longer where the service says so. */
        @WithDefault("PT0.5S")
        Duration pause();

        /** Longest pause between two attempts. */
        @WithDefault("PT20S")
        Duration pauseMost();
    }
}
