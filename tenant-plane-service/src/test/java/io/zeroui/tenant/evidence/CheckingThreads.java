package io.zeroui.tenant.evidence;

import io.zeroui.contracts.receipts.ReceiptInspector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** The threads that check receipts while it is open, by samples of the JVM's own recorder. */
final class CheckingThreads implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(10);

    private final Recording recording = new Recording();

    CheckingThreads() {
        var java = recording.enable("jdk.ExecutionSample").withPeriod(PERIOD);
        var natives = recording.enable("jdk.NativeMethodSample").withPeriod(PERIOD);
        assert java != natives;
        recording.start();
    }

    /** Their names; ends the recording. */
    Set<String> names() throws IOException {
        boolean stopped = recording.stop();
        assert stopped;
        Path file = Files.createTempFile("checking", ".jfr");
        try {
            recording.dump(file);
            Set<String> names = new TreeSet<>();
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                if (isChecking(event)) {
                    names.add(event.getThread("sampledThread").getJavaName());
                }
            }
            return names;
        } finally {
            Files.delete(file);
        }
    }

    private static boolean isChecking(RecordedEvent event) {
        return event.getStackTrace() != null && event.getStackTrace().getFrames().stream().anyMatch(
                frame -> frame.getMethod().getType().getName().equals(ReceiptInspector.class.getName()));
    }

    @Override
    public void close() {
        recording.close();
    }
}
