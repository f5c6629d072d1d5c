package io.zeroui.cli.emitting;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import io.zeroui.cli.CliFailure;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.signature.Ed25519PrivateKey;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.SpkiPem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keys of emitters. */
@Command(name = "keys", header = "Make keys for emitters and let the edge trust them.")
public final class KeysCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    KeysCommand() {
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "keys wants one of: new, register");
    }

    @Command(name = "new", header = "Make a key and let the edge trust it.", description = "Makes an Ed25519 key: the private half goes to a file that only you can read, the public half"
            + " to the edge's trust folder.")
    int create(
            @Parameters(paramLabel = "KID", description = "id of the new key: letters, digits, '.', '_' and '-'") String id) {
        RunningSystem system = RunningSystem.fromEnvironment();
        Kid kid = kid(id);
        Path trusted = system.zuRoot().ideTrust(kid);
        if (Files.exists(trusted)) {
            throw new CliFailure("a key with this id is trusted already: " + trusted, "choose another key id");
        }
        KeyFiles files = new KeyFiles(system.keyFolder());
        Ed25519PrivateKey key = files.create(kid);
        KeyFiles.register(trusted, key.publicKey());
        PrintWriter out = spec.commandLine().getOut();
        out.println("private key  " + files.file(kid));
        out.println("public key   " + trusted);
        out.flush();
        return 0;
    }

    @Command(name = "register", header = "Let the edge trust a public key that you have.")
    int register(@Parameters(paramLabel = "FILE.pem", description = "the public key") Path file,
            @Option(names = "--kid", required = true, paramLabel = "KID", description = "id under which receipts name the key") String id) {
        Kid kid = kid(id);
        Path trusted = RunningSystem.fromEnvironment().zuRoot().ideTrust(kid);
        KeyFiles.register(trusted, read(file));
        PrintWriter out = spec.commandLine().getOut();
        out.println("public key   " + trusted);
        out.flush();
        return 0;
    }

    private static Ed25519PublicKey read(Path file) {
        try {
            return SpkiPem.read(Files.readString(file));
        } catch (IOException e) {
            throw new CliFailure("cannot read " + file + ": " + e.getMessage(), "give the file with the public key");
        } catch (IllegalArgumentException e) {
            throw new CliFailure(file + " is no Ed25519 public key: " + e.getMessage(),
                    "make one with: openssl pkey -in private.pem -pubout");
        }
    }

    private Kid kid(String id) {
        try {
            return Kid.of(id);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
