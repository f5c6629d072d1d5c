package io.zeroui.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/**
 * The runtime without containers, by {@code deploy/runtime/runtime.sh} on a private state folder and free ports. A watchdog
 * process holds a pipe to this JVM and wipes the folder when the pipe closes, which also happens when the JVM is killed.
 */
final class ScriptEngine implements RuntimeEngine {

    private static final int COMMAND_TIMEOUT_SECONDS = 300;
    private static final int WIPE_TIMEOUT_SECONDS = 30;

    private final Path state;

    private ScriptEngine(Path state) {
        this.state = state;
    }

    static ScriptEngine open() {
        RuntimeFolders folders = RuntimeFolders.ofThisUser();
        folders.removeAbandoned(folder -> {
            new ScriptEngine(folder).run("wipe");
            deleteTree(folder);
        });
        ScriptEngine engine = new ScriptEngine(folders.create());
        engine.guard();
        return engine;
    }

    Path state() {
        return state;
    }

    @Override
    public void start(Collection<RuntimePart> parts) {
        run(Stream.concat(Stream.of("start"), parts.stream().map(RuntimePart::key)).toArray(String[]::new));
    }

    @Override
    public void stop(RuntimePart part) {
        run("stop", part.key());
    }

    @Override
    public void kill(RuntimePart part) {
        run("kill", part.key());
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(state.resolve("runtime.env"))) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    variables.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return variables;
    }

    private void guard() {
        String script = "trap '' INT TERM HUP; cat >/dev/null; \"$0\" wipe >/dev/null 2>&1; rm -rf \"$1\"";
        ProcessBuilder builder = command(List.of("setsid", "/bin/sh", "-c", script,
                Checkout.runtimeScript().toString(), state.toString()));
        try {
            Process watchdog = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> release(watchdog), "zeroui-runtime-stop"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void release(Process watchdog) {
        try {
            watchdog.getOutputStream().close();
            if (!watchdog.waitFor(WIPE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("the test runtime is still being stopped by process " + watchdog.pid());
            }
        } catch (IOException e) {
            System.err.println("the test runtime could not be told to stop: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @CanIgnoreReturnValue
    private String run(String... arguments) {
        List<String> line = new ArrayList<>(List.of(Checkout.runtimeScript().toString()));
        line.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("zeroui-runtime", ".log");
            try {
                Process process = command(line).redirectErrorStream(true).redirectOutput(output.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())).start();
                boolean ended = process.waitFor(COMMAND_TIMEOUT_SECONDS, TimeUnit.SECONDS);
                String text = Files.readString(output, StandardCharsets.UTF_8);
                if (!ended || process.exitValue() != 0) {
                    throw new IllegalStateException(line.stream().collect(Collectors.joining(" "))
                            + (ended ? " failed: " : " did not end: ") + text);
                }
                return text;
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private ProcessBuilder command(List<String> line) {
        ProcessBuilder builder = new ProcessBuilder(line).directory(Checkout.root().toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.matches("ZEROUI_.*(_URL|_PORT)|REDIS_URL|ZU_ROOT|ZEROUI_ENV_BUILTIN"));
        environment.put("ZEROUI_STATE", state.toString());
        environment.put("ZEROUI_PORTS", "free");
        return builder;
    }

    private static void deleteTree(Path folder) {
        try {
            TempZuRoot.deleteTree(folder);
        } catch (IOException e) {
            System.err.println("could not remove " + folder + ": " + e.getMessage());
        }
    }
}
