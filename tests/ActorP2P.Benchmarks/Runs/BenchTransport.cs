using System.Diagnostics;
using ActorP2P.Transport;
using Akka.Actor;

namespace ActorP2P.Benchmarks;

/// <summary>
/// The transport of the measured nodes. It is chosen on the command line and passed to the program's other processes in
/// an environment variable.
/// </summary>
internal static class BenchTransport
{
    private const string Variable = "ACTORP2P_BENCHMARKS_TRANSPORT";
    private const string Option = "--transport";

    private static readonly Lazy<ActorSystem> s_system = new(static () => ActorSystem.Create(
        "bench", "akka { loglevel = OFF, stdout-loglevel = OFF, coordinated-shutdown.exit-clr = off }"));

    /// <summary>
    /// The transport of all nodes that this process and its future child processes start from now on.
    /// </summary>
    public static TransportKind Kind
    {
        get => Enum.TryParse(Environment.GetEnvironmentVariable(Variable), out TransportKind kind)
            ? kind
            : new P2PNodeOptions().Transport;
        set => Environment.SetEnvironmentVariable(Variable, $"{value}");
    }

    /// <summary>
    /// The settings of a measured node. It does not encrypt, because it is compared with raw sockets that do not either.
    /// </summary>
    public static P2PNodeOptions Options => new()
    {
        NetworkId = "bench",
        Encryption = Encryption.Off,
        Transport = Kind,
    };

    /// <summary>Sets the transport of the nodes of a process that is about to be started.</summary>
    public static void Give(ProcessStartInfo start, TransportKind kind) => start.Environment[Variable] = $"{kind}";

    /// <summary>
    /// Creates a transport for nodes that are given one. An Akka.IO transport has an actor system of its own.
    /// </summary>
    public static ITransport Create(SocketTransportSettings sockets) => Kind == TransportKind.Sockets
        ? new SocketTransport(sockets, TimeProvider.System)
        : new AkkaIoTransport(s_system.Value, sockets, new AkkaIoSettings(), TimeProvider.System);

    /// <summary>The name of a transport on the command line.</summary>
    public static string NameOf(TransportKind kind) => kind == TransportKind.AkkaIo ? "akka-io" : "sockets";

    /// <summary>Removes the transport option from a command line.</summary>
    /// <returns>
    /// The requested transports; the default of the node when none is requested; null when the name of a transport is
    /// not known.
    /// </returns>
    public static IReadOnlyList<TransportKind>? TakeFrom(ref string[] arguments)
    {
        int at = Array.IndexOf(arguments, Option);
        if (at < 0)
        {
            return [Kind];
        }

        string? name = at + 1 < arguments.Length ? arguments[at + 1] : null;
        arguments = [.. arguments[..at], .. arguments[Math.Min(at + 2, arguments.Length)..]];
        return name switch
        {
            "akka-io" => [TransportKind.AkkaIo],
            "sockets" => [TransportKind.Sockets],
            "both" => [TransportKind.Sockets, TransportKind.AkkaIo],
            _ => null,
        };
    }
}
