package io.zeroui.runtime.streams;

import io.smallrye.mutiny.Uni;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sends messages one after the other; a message that cannot be sent is given back, and the channel goes on. */
final class OutboundSubscriber implements Flow.Subscriber<Message<?>> {

    private static final Logger LOG = Logger.getLogger(OutboundSubscriber.class);

    private final Function<Message<?>, Uni<Void>> send;
    private volatile Flow.@Nullable Subscription upstream;

    OutboundSubscriber(Function<Message<?>, Uni<Void>> send) {
        this.send = send;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        upstream = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(Message<?> message) {
        send.apply(message).subscribe().with(done -> more(), failure -> more());
    }

    @Override
    public void onError(Throwable failure) {
        LOG.error("an outgoing channel ended", failure);
    }

    @Override
    public void onComplete() {
        upstream = null;
    }

    private void more() {
        Objects.requireNonNull(upstream).request(1);
    }
}
