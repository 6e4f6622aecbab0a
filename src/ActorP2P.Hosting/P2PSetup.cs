using Akka.Actor.Setup;

namespace ActorP2P.Hosting;

/// <summary>The nodes that a host adds to its actor system, from before their start on.</summary>
internal sealed class P2PSetup : Setup
{
    private readonly Dictionary<string, P2PNode> _nodes = new(StringComparer.Ordinal);

    /// <summary>Their names.</summary>
    public IEnumerable<string> Names => _nodes.Keys.Order(StringComparer.Ordinal);

    /// <summary>Adds a node that will start.</summary>
    /// <exception cref="InvalidOperationException">The name is taken.</exception>
    public P2PNode Add(string name)
    {
        P2PNode node = new();
        return _nodes.TryAdd(name, node) ? node : throw new InvalidOperationException(
            $"A node '{name}' was added to this actor system before; allowed: one of each name.");
    }

    /// <summary>A node of the name; null when none was added.</summary>
    public P2PNode? Find(string name) => _nodes.GetValueOrDefault(name);
}
