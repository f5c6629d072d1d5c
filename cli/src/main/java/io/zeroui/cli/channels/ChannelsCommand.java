package io.zeroui.cli.channels;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import io.zeroui.contracts.channels.ChannelsPage;
import io.zeroui.contracts.channels.RedisAcl;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints what the catalogue of channels says, as a page or as rules for Redis. */
@Command(name = "channels", header = "Print the catalogue of channels, as a page or as rules for Redis.", description = "docs/channels.md and deploy/redis/users.acl are the output of this command.")
public final class ChannelsCommand implements Callable<Integer> {

    @ArgGroup(multiplicity = "1")
    private Form form = new Form();

    @Spec
    private CommandSpec spec;

    ChannelsCommand() {
    }

    /** One of the three. */
    static final class Form {

        @Option(names = "--docs", description = "the page for people, in Markdown")
        private boolean docs;

        @Option(names = "--acl", description = "the template of the ACL file: all logins, with places for the passwords' hashes")
        private boolean acl;

        @ArgGroup(exclusive = false)
        private @Nullable Login login;
    }

    /** Whose login. */
    static final class Login {

        @Option(names = "--edge", required = true, paramLabel = "EDGE", description = "the ACL line of one edge's login, in the same form")
        private String edge = "";

        @Option(names = "--tenant", required = true, paramLabel = "TENANT", description = "whose edge it is")
        private String tenant = "";
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (form.docs) {
            out.print(ChannelsPage.markdown());
        } else if (form.acl) {
            out.print(RedisAcl.template());
        } else if (form.login != null) {
            out.println(acl(form.login).line("{password-hash:edge}"));
        }
        out.flush();
        return 0;
    }

    private RedisAcl acl(Login login) {
        try {
            return RedisAcl.edge(TenantId.of(login.tenant), EdgeId.of(login.edge));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
