namespace ActorP2P.Benchmarks;

/// <summary>A node that answers in one way, and a node that asks it.</summary>
/// <param name="Name">The way.</param>
/// <param name="Server">The node that answers.</param>
/// <param name="Client">The node that asks.</param>
/// <param name="Peer">The one to the other.</param>
internal sealed record RouteForm(string Name, P2PNode Server, P2PNode Client, Peer Peer) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
    }
}
