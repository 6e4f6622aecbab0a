using Akka.Actor.Setup;

namespace ActorP2P.Hosting;

/// <summary>The nodes that a host has added to its actor system, started or not.</summary>
internal sealed class P2PSetup : Setup
{
    private readonly Dictionary<string, P2PNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, string> _keys = [];

    /// <summary>The names of the nodes.</summary>
    public IEnumerable<string> Names => _nodes.Keys.Order(StringComparer.Ordinal);

    /// <summary>Adds a node, which is started later.</summary>
    /// <param name="name">The node's name.</param>
    /// <param name="key">The registry's key for the node's manager.</param>
    /// <exception cref="InvalidOperationException">The name or the key is in use.</exception>
    public P2PNode Add(string name, Type key)
    {
        if (!_nodes.ContainsKey(name) && !_keys.TryAdd(key, name))
        {
            throw new InvalidOperationException(
                $"The node '{_keys[key]}' has the key {key.Name} of the node '{name}'; allowed: a key of its own for "
                + "each node of an actor system, by WithP2PNode<TKey>.");
        }

        P2PNode node = new();
        return _nodes.TryAdd(name, node) ? node : throw new InvalidOperationException(
            $"A node '{name}' has been added to this actor system already; allowed: one of each name.");
    }

    /// <summary>Returns the node with a name; null if there is none.</summary>
    public P2PNode? Find(string name) => _nodes.GetValueOrDefault(name);
}
