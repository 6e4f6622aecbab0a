using System.Diagnostics;
using ActorP2P.Transport;
using Akka.Actor;

namespace ActorP2P.Benchmarks;

/// <summary>
/// What carries the bytes of the nodes that are measured: chosen on the command line, and passed on to this program's
/// other processes through their environment.
/// </summary>
internal static class BenchTransport
{
    private const string Variable = "ACTORP2P_BENCHMARKS_TRANSPORT";
    private const string Option = "--transport";

    private static readonly Lazy<ActorSystem> s_system = new(static () => ActorSystem.Create(
        "bench", "akka { loglevel = OFF, stdout-loglevel = OFF, coordinated-shutdown.exit-clr = off }"));

    /// <summary>
    /// The transport of nodes that are started from now on, here and in processes that are started from now on.
    /// </summary>
    public static TransportKind Kind
    {
        get => Enum.TryParse(Environment.GetEnvironmentVariable(Variable), out TransportKind kind)
            ? kind
            : new P2PNodeOptions().Transport;
        set => Environment.SetEnvironmentVariable(Variable, $"{value}");
    }

    /// <summary>The transport of the nodes of a process that is about to be started.</summary>
    public static void Give(ProcessStartInfo start, TransportKind kind) => start.Environment[Variable] = $"{kind}";

    /// <summary>A transport for nodes that are handed one; with Akka.IO it has an actor system of its own.</summary>
    public static ITransport Create(SocketTransportSettings sockets) => Kind == TransportKind.Sockets
        ? new SocketTransport(sockets, TimeProvider.System)
        : new AkkaIoTransport(s_system.Value, sockets, new AkkaIoSettings(), TimeProvider.System);

    /// <summary>What a transport is called on the command line.</summary>
    public static string NameOf(TransportKind kind) => kind == TransportKind.AkkaIo ? "akka-io" : "sockets";

    /// <summary>Takes the option out of a command line.</summary>
    /// <returns>
    /// The transports it asks for, the node's default where it asks for none; null where it names no transport.
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
