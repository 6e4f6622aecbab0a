using System.Runtime.CompilerServices;
using ActorP2P.TestKit;

namespace ActorP2P.Tests;

/// <summary>Two nodes on a simulated network that are not connected yet. Most scenarios need no more.</summary>
internal static class ClientAndServer
{
    /// <summary>A cluster of both nodes. The server echoes unless the test gives it other handlers.</summary>
    public static Cluster Of(Action<ProtocolBuilder>? server = null, [CallerMemberName] string scenario = "") =>
        Cluster.Of(["server", "client"], scenario).Unlinked().Where("server", server ?? EchoProtocol.Register);

    /// <summary>Connects the two nodes.</summary>
    public static async Task<(P2PNode Client, P2PNode Server, Peer Peer)> ConnectAsync(Cluster cluster)
    {
        Peer peer = await cluster["client"].ConnectAsync("server");
        return (cluster["client"].Node, cluster["server"].Node, peer);
    }

    /// <summary>
    /// A handler that never answers. It ends when its request is cancelled, and it continues on the scheduler of its
    /// actor, which WaitAsync would leave.
    /// </summary>
    public static async Task<Text> NeverAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<Text> never = new();
        await using CancellationTokenRegistration registration = cancellationToken.Register(
            () => never.TrySetCanceled(cancellationToken));
        return await never.Task;
    }
}
