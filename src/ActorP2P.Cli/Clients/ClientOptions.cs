using System.CommandLine;
using ActorP2P.Cli.Run;

namespace ActorP2P.Cli.Clients;

/// <summary>The argument and the options of every command that reaches a node.</summary>
internal sealed class ClientOptions
{
    /// <summary>The software, as nodes are told it.</summary>
    public const string UserAgent = "actorp2p-tool/0.1";

    private readonly Argument<string?> _node;

    private readonly Option<string?> _config = new("--config")
    {
        Description = "A file for run: its nodes have names then, and network, secret and cookie are known.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _network = new("--network")
    {
        Description = "The network's id; by default that of the file, or actorp2p.",
        HelpName = "ID",
    };

    private readonly Option<bool> _plain = new("--plain") { Description = "No encryption." };

    private readonly Option<string?> _secret = new("--secret-file")
    {
        Description = "The secret of a private network.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _identity = new("--identity")
    {
        Description = "The key of this command's own node; without it, a new key.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _cookie = new("--cookie") { HelpName = "FILE" };

    private readonly Option<double> _timeout = new("--timeout")
    {
        Description = "How long to wait for the connection and for each answer.",
        HelpName = "SECONDS",
        DefaultValueFactory = static _ => 10,
    };

    private readonly Option<bool> _verbose = new("--verbose") { Description = "Log to standard error." };

    private readonly LoginChoice _login;

    /// <summary>Makes the options.</summary>
    /// <param name="needsNode">Whether the command needs a node.</param>
    /// <param name="login">Whether the command logs in to the node.</param>
    public ClientOptions(bool needsNode = true, LoginChoice login = LoginChoice.Never)
    {
        _login = login;
        _node = new Argument<string?>("NODE")
        {
            Description = "host:port or p2p://ID@host:port; with --config also the name of a node in the file.",
            Arity = needsNode ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
        };
        _cookie.Description = login == LoginChoice.Always ? "The node's cookie file; by default that of the file."
            : "Log in with this cookie file of the node, for services that need it.";
    }

    /// <summary>Whether the results are JSON.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Lines of JSON." };

    /// <summary>Adds them to a command. The node is its first argument.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Insert(0, _node);
        foreach (Option option in (Option[])[_config, _network, _plain, _secret, _identity, _timeout])
        {
            command.Options.Add(option);
        }

        if (_login != LoginChoice.Never)
        {
            command.Options.Add(_cookie);
        }

        command.Options.Add(Json);
        command.Options.Add(_verbose);
    }

    /// <summary>Reads what the user has given.</summary>
    /// <exception cref="UsageException">It makes no sense.</exception>
    public ClientSettings Read(ParseResult parsed)
    {
        string? node = parsed.GetValue(_node);
        NamedNode? named = parsed.GetValue(_config) is { } file ? NamedNode.Find(file, node) : null;
        PeerAddress? address = named?.Address ?? (node is null ? null : AddressOf(node));
        bool isPlain = parsed.GetValue(_plain) || named?.Options.Encryption == Encryption.Off;
        TimeSpan timeout = TimeOf(parsed.GetValue(_timeout));
        P2PNodeOptions defaults = new();
        return new ClientSettings
        {
            Address = isPlain ? address?.WithoutId : address,
            CookieFile = _login == LoginChoice.Never ? null
                : parsed.GetValue(_cookie) ?? (_login == LoginChoice.Always ? named?.Options.CookieFile : null),
            Json = parsed.GetValue(Json),
            IsVerbose = parsed.GetValue(_verbose),
            Options = defaults with
            {
                NetworkId = parsed.GetValue(_network) ?? named?.Options.NetworkId ?? defaults.NetworkId,
                Listen = null,
                Encryption = isPlain ? Encryption.Off : Encryption.Required,
                NetworkSecretFile = parsed.GetValue(_secret) ?? named?.Options.NetworkSecretFile,
                IdentityFile = parsed.GetValue(_identity),
                Transport = TransportKind.Sockets,
                UserAgent = UserAgent,
                RequestTimeout = timeout,
                Dial = defaults.Dial with { ConnectTimeout = timeout },
                Session = defaults.Session with { HandshakeTimeout = timeout },
            },
        };
    }

    /// <summary>An address that the user has given.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static PeerAddress AddressOf(string text) =>
        PeerAddress.TryParse(text, out PeerAddress? address) && address.Port != 0 ? address
            : throw new UsageException($"'{text}' is no address; allowed: host:port and p2p://ID@host:port.");

    /// <summary>A time that the user has given in seconds.</summary>
    /// <exception cref="UsageException">It is too short or too long.</exception>
    public static TimeSpan TimeOf(double seconds) => seconds is >= 0.01 and <= 86_400
        ? TimeSpan.FromSeconds(seconds)
        : throw new UsageException($"{seconds} seconds are not allowed; allowed: 0.01 to 86400.");
}
