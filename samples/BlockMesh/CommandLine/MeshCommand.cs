using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ActorP2P;
using BlockMesh.Chain;

namespace BlockMesh.CommandLine;

/// <summary>The command line: the options, and which of them exclude each other.</summary>
public sealed class MeshCommand
{
    // These limits, the pace and a day, are beyond any sensible use. A larger value is most likely a typing error.
    private const int MaxPace = 1_000_000;
    private const int MaxTimeout = 86_400;

    // A hundred times as long as the five nodes need on a small machine.
    private const int DefaultTimeout = 120;

    private readonly Option<int?> _node = new("--node")
    {
        Description = "Run one node on this port of 127.0.0.1 (0: the system chooses), instead of five in one process.",
        HelpName = "PORT",
        CustomParser = Number("--node", 0, ushort.MaxValue),
    };

    private readonly Option<string?> _hocon = new("--hocon")
    {
        Description =
            "Run the nodes that this file describes, all in this process; the environment and other "
            + "options override it.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _name = new("--name")
    {
        Description = "With --hocon: run only the node of this name.",
        HelpName = "NODE",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description =
            "With --hocon: a line of HOCON that is appended to the file's text; may be given more than once.",
        HelpName = "PATH=VALUE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<PeerAddress[]> _bootstrap = new("--bootstrap")
    {
        Description = "A node to dial, which tells this one of the others; may be given more than once.",
        HelpName = "HOST:PORT",
        CustomParser = ParseAddresses,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> _only =
        new("--only-bootstrap") { Description = "With --node: dial no others than those of --bootstrap." };

    private readonly Option<bool> _source =
        new("--source") { Description = "This node has the data and serves it." };

    private readonly Option<string?> _store = new("--store")
    {
        Description = "Keep the synced chain in this directory, and continue from it next time.",
        HelpName = "DIR",
    };

    private readonly Option<int?> _pace = new("--pace")
    {
        Description = "Serve at most this many blocks per second.",
        HelpName = "N",
        CustomParser = Number("--pace", 1, MaxPace),
    };

    private readonly Option<string> _data = new("--data")
    {
        Description = "The directory of the source's data.",
        HelpName = "DIR",
        DefaultValueFactory = _ => SourceData.DefaultDirectory,
    };

    private readonly Option<int?> _timeout = new("--timeout")
    {
        Description = "Fail when not done after this many seconds; 120 by default.",
        HelpName = "SECONDS",
        CustomParser = Number("--timeout", 1, MaxTimeout),
    };

    private readonly Option<bool> _exit =
        new("--exit-when-synced") { Description = "End when this node has everything." };

    private readonly Option<string?> _log = new("--log")
    {
        Description = "The log file; logs/blockmesh.log by default, one of its own for each --node.",
        HelpName = "FILE",
    };

    private MeshCommand()
    {
    }

    /// <summary>Makes the command.</summary>
    /// <param name="run">Runs the program and returns the exit code.</param>
    public static RootCommand Create(Func<MeshOptions, CancellationToken, Task<int>> run)
    {
        var options = new MeshCommand();
        var command = new RootCommand("Nodes over ActorP2P that sync, verify and relay real chain data. "
            + "Exit codes: 0 done, 1 failed, 2 wrong command line, 130 interrupted (Ctrl+C), 143 terminated.");
        foreach (Option option in new Option[]
        {
            options._node, options._hocon, options._name, options._set, options._bootstrap, options._only,
            options._source, options._store, options._pace, options._data, options._timeout,
            options._exit, options._log,
        })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(options.Validate);
        command.SetAction((parsed, cancellation) => run(options.Read(parsed), cancellation));
        return command;
    }

    private static PeerAddress[] ParseAddresses(ArgumentResult result)
    {
        var addresses = new List<PeerAddress>();
        foreach (Token token in result.Tokens)
        {
            if (PeerAddress.TryParse(token.Value, out PeerAddress? address) && address.Port != 0)
            {
                addresses.Add(address);
            }
            else
            {
                result.AddError($"'{token.Value}' is not an address: expected HOST:PORT.");
            }
        }

        return [.. addresses];
    }

    private static Func<ArgumentResult, int?> Number(string name, int least, int most) => result =>
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            && value >= least && value <= most)
        {
            return value;
        }

        result.AddError($"{name} must be a number from {least} to {most}, not '{text}'.");
        return null;
    };

    private void Validate(CommandResult result)
    {
        // A file may describe a single node; that is checked when the file is read.
        bool described = result.GetResult(_hocon) is not null;
        bool node = result.GetResult(_node) is not null;
        bool single = described || node;
        Require(result, single, "--node or --hocon", _bootstrap, _source, _store, _exit);
        Require(result, node && !described, "--node without --hocon", _only);
        Require(result, described, "--hocon", _name, _set);
        if (single && result.GetValue(_source))
        {
            foreach (Option option in new Option[] { _store, _exit })
            {
                if (result.GetResult(option) is { Implicit: false })
                {
                    result.AddError($"{option.Name} is for nodes that sync, which the source does not.");
                }
            }
        }
    }

    private static void Require(CommandResult result, bool given, string other, params Option[] options)
    {
        foreach (Option option in options)
        {
            if (!given && result.GetResult(option) is { Implicit: false })
            {
                result.AddError($"{option.Name} needs {other}.");
            }
        }
    }

    private MeshOptions Read(ParseResult parsed)
    {
        int? port = parsed.GetValue(_node);
        return new MeshOptions
        {
            NodePort = port,
            HoconFile = parsed.GetValue(_hocon),
            NodeName = parsed.GetValue(_name),
            Overrides = parsed.GetValue(_set) ?? [],
            Bootstrap = parsed.GetValue(_bootstrap) ?? [],
            OnlyBootstrap = parsed.GetValue(_only),
            Source = parsed.GetValue(_source),
            StoreDirectory = parsed.GetValue(_store),
            Pace = parsed.GetValue(_pace),
            DataDirectory = parsed.GetValue(_data)!,
            Timeout = TimeSpan.FromSeconds(parsed.GetValue(_timeout) ?? DefaultTimeout),
            ExitWhenSynced = parsed.GetValue(_exit),
            LogFile = parsed.GetValue(_log) ?? DefaultLogFile(port, parsed.GetValue(_name)),
        };
    }

    // Two processes must not write to the same file. The name contains the port, or the process id if the system
    // chooses the port.
    private static string DefaultLogFile(int? port, string? name) => Path.Combine("logs", port switch
    {
        _ when name is not null => $"blockmesh-{string.Join('-', name.Split(Path.GetInvalidFileNameChars()))}.log",
        null => "blockmesh.log",
        0 => string.Create(CultureInfo.InvariantCulture, $"blockmesh-process-{Environment.ProcessId}.log"),
        _ => string.Create(CultureInfo.InvariantCulture, $"blockmesh-{port}.log"),
    });
}
