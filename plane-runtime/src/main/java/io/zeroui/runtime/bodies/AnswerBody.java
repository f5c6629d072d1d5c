package io.zeroui.runtime.bodies;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** The body of an answer from another service; once it is longer than it may be, it fails and the rest is not read. */
public final class AnswerBody implements BodySubscriber<byte[]> {

    private final int bytesMost;
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private @Nullable Subscription source;

    /** One of at most so many bytes. */
    public AnswerBody(int bytesMost) {
        this.bytesMost = bytesMost;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        source = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (whole.isDone() || read.size() + buffer.remaining() > bytesMost) {
                refuse();
                return;
            }
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            read.writeBytes(bytes);
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        whole.complete(read.toByteArray());
    }

    private void refuse() {
        whole.completeExceptionally(new IOException("the answer has more than " + bytesMost + " bytes"));
        Subscription subscription = source;
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
