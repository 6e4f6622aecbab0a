using System.Collections.Concurrent;
using Akka.Actor;

namespace ActorP2P.Hosting;

/// <summary>The nodes that live in an actor system, by name: <c>P2PNodes.Of(system)["lobby"]</c>.</summary>
public sealed class P2PNodes : IExtension
{
    private readonly ConcurrentDictionary<string, P2PNode> _nodes = new(StringComparer.Ordinal);

    /// <summary>A node that has started.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="InvalidOperationException">No node of that name has started.</exception>
    public P2PNode this[string name] => _nodes.TryGetValue(name, out P2PNode? node)
        ? node
        : throw new InvalidOperationException(
            $"No node '{name}' has started in this actor system. The nodes that have: {string.Join(", ", _nodes.Keys.Order())}.");

    /// <summary>The names of the nodes that have started.</summary>
    public IReadOnlyCollection<string> Names => [.. _nodes.Keys.Order()];

    /// <summary>The nodes of a system.</summary>
    public static P2PNodes Of(ActorSystem system) => P2PNodesProvider.Instance.Apply(system);

    internal P2PNode? Find(string name) => _nodes.GetValueOrDefault(name);

    internal void Add(string name, P2PNode node)
    {
        if (!_nodes.TryAdd(name, node))
        {
            throw new InvalidOperationException($"A node '{name}' has started in this actor system already.");
        }
    }
}
