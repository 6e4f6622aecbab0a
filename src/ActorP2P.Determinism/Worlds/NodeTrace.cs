using System.Collections.Concurrent;
using Akka.Actor;

namespace ActorP2P.Determinism;

/// <summary>
/// Combines everything that happened on a node into one number: time, receiver and type of each message, and the bytes
/// of frames.
/// </summary>
internal sealed class NodeTrace(SimulatedWorld world)
{
    // Of all nodes, because the few types of a program are asked for all the time.
    private static readonly ConcurrentDictionary<Type, ulong> s_types = [];

    private readonly Dictionary<ActorCell, ulong> _paths = new(ReferenceEqualityComparer.Instance);

    public ulong Hash { get; private set; }

    public void Add(ActorCell cell, object message)
    {
        if (!_paths.TryGetValue(cell, out ulong path))
        {
            path = StableHash.Of(StableName.Of(cell.Self.Path.ToString()));
            _paths[cell] = path;
        }
        ulong typeHash = s_types.GetOrAdd(
            message.GetType(), static type => StableHash.Of(type.FullName ?? type.Name));
        ulong hash = StableHash.Mix(Hash, (ulong)world.Now.Ticks);
        Hash = StableHash.Mix(StableHash.Mix(hash, path), typeHash);
    }

    public void Add(ReadOnlySpan<byte> bytes) =>
        Hash = StableHash.Mix(StableHash.Mix(Hash, (ulong)world.Now.Ticks), StableHash.Of(bytes));

    /// <summary>Removes an actor that has ended.</summary>
    public void Forget(ActorCell cell) => _paths.Remove(cell);

    public void ForgetActors() => _paths.Clear();
}
