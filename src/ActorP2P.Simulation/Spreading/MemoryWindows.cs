using System.Collections.Concurrent;

namespace ActorP2P.Simulation;

/// <summary>Brings messages between the parts of a world in one process, each of which runs on a thread.</summary>
internal sealed class MemoryWindows
{
    private readonly BlockingCollection<byte[]>[,] _queues;

    public MemoryWindows(int parts)
    {
        _queues = new BlockingCollection<byte[]>[parts, parts];
        for (int from = 0; from < parts; from++)
        {
            for (int to = 0; to < parts; to++)
            {
                _queues[from, to] = [];
            }
        }
    }

    /// <summary>The transport of a part.</summary>
    public IWindowTransport Of(int part) => new Transport(_queues, part);

    private sealed class Transport(BlockingCollection<byte[]>[,] queues, int own) : IWindowTransport
    {
        public void Send(int part, ReadOnlyMemory<byte> message) => queues[own, part].Add(message.ToArray());

        public ReadOnlyMemory<byte> Receive(int part) => queues[part, own].Take();
    }
}
