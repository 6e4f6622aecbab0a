using Akka.Actor.Setup;

namespace ActorP2P.Hosting;

/// <summary>The nodes that a host adds to its actor system, from before their start on.</summary>
internal sealed class P2PSetup : Setup
{
    private readonly Dictionary<string, P2PNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, string> _keys = [];

    /// <summary>Their names.</summary>
    public IEnumerable<string> Names => _nodes.Keys.Order(StringComparer.Ordinal);

    /// <summary>Adds a node that will start.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="key">The key of its manager in the registry.</param>
    /// <exception cref="InvalidOperationException">The name or the key is taken.</exception>
    public P2PNode Add(string name, Type key)
    {
        if (!_nodes.ContainsKey(name) && !_keys.TryAdd(key, name))
        {
            throw new InvalidOperationException(
                $"The key {key.Name} of the node '{name}' is that of the node '{_keys[key]}'; allowed: a key of its own "
                + "for each node of an actor system, by WithP2PNode<TKey>.");
        }

        P2PNode node = new();
        return _nodes.TryAdd(name, node) ? node : throw new InvalidOperationException(
            $"A node '{name}' was added to this actor system before; allowed: one of each name.");
    }

    /// <summary>A node of the name; null when none was added.</summary>
    public P2PNode? Find(string name) => _nodes.GetValueOrDefault(name);
}
