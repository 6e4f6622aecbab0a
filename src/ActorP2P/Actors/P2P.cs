using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>
/// The nodes of an actor system, by name: <c>P2P.Get(system)["lobby"]</c>. <see cref="P2PNodeServices.Name"/> gives a
/// node its name. The nested types are the messages that actors exchange with a node's <see cref="P2PNode.Manager"/>.
/// </summary>
public sealed partial class P2P : IExtension
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, P2PNode> _nodes = new(StringComparer.Ordinal);

    internal P2P()
    {
    }

    /// <summary>A node that has started. A node that has stopped since can still be found.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="InvalidOperationException">No node of that name has started.</exception>
    public P2PNode this[string name] => TryGet(name, out P2PNode? node)
        ? node
        : throw new InvalidOperationException(
            $"No node '{name}' has started in this actor system. The nodes that have: {string.Join(", ", Names)}.");

    /// <summary>The names of the nodes that have started, in ordinal order.</summary>
    public IReadOnlyCollection<string> Names
    {
        get
        {
            lock (_lock)
            {
                return [.. _nodes.Where(static node => node.Value.HasBegun).Select(static node => node.Key)];
            }
        }
    }

    /// <summary>The nodes of a system.</summary>
    /// <param name="system">The actor system.</param>
    public static P2P Get(ActorSystem system) => P2PProvider.Instance.Apply(system);

    /// <summary>
    /// The trace of the message that a route has led to an actor, of which the actor's sender knows. An actor continues
    /// it by a span of its own: <c>using Activity? span = source.StartActivity("move", ActivityKind.Internal,
    /// P2P.TraceOf(Sender))</c>. What it asks and tells meanwhile is part of the trace.
    /// </summary>
    /// <param name="sender">The actor's sender, of a request or of a broadcast.</param>
    /// <returns>The span that handles the message; none when nobody listens, or the sender is another.</returns>
    public static ActivityContext TraceOf(IActorRef sender) => (sender as RouteReply)?.Trace ?? default;

    /// <summary>Finds a node that has started.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="node">The node.</param>
    /// <returns>False when no node of that name has started.</returns>
    public bool TryGet(string name, [MaybeNullWhen(false)] out P2PNode node)
    {
        ArgumentNullException.ThrowIfNull(name);
        lock (_lock)
        {
            return _nodes.TryGetValue(name, out node) && node.HasBegun;
        }
    }

    /// <summary>Registers a node under a name. It replaces a node of that name that has stopped.</summary>
    /// <returns>False when a node of that name is running.</returns>
    internal bool TryAdd(string name, P2PNode node)
    {
        lock (_lock)
        {
            if (_nodes.TryGetValue(name, out P2PNode? other) && other != node && !other.IsOver)
            {
                return false;
            }

            _nodes[name] = node;
            return true;
        }
    }

    /// <summary>Frees the name of a node that could not start.</summary>
    internal void Remove(string name, P2PNode node)
    {
        lock (_lock)
        {
            if (_nodes.GetValueOrDefault(name) == node)
            {
                _nodes.Remove(name);
            }
        }
    }
}
