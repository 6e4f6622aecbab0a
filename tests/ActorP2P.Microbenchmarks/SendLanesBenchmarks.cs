using ActorP2P.Protocol;
using BenchmarkDotNet.Attributes;

namespace ActorP2P.Microbenchmarks;

/// <summary>Puts messages of 1 KiB into the lanes and takes them out in order. The time is for one message.</summary>
public class SendLanesBenchmarks
{
    private const int Messages = 96;
    private const int Size = 1024;
    private static readonly FrameKind[] s_kinds = [FrameKind.Request, FrameKind.Response, FrameKind.Notify];

    private readonly SendLanes _lanes = new();
    private readonly OpenGate _gate = new();
    private readonly OutboundMessage[] _oneQueue = Make(static _ => Lane.Normal, static _ => FrameKind.Notify);
    private readonly OutboundMessage[] _manyQueues = Make(
        static i => (Lane)(1 + (i % 3)), static i => s_kinds[i / 3 % 3]);

    /// <summary>All messages have the same lane and class, as in a one-way stream.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public int OneQueue() => Pass(_oneQueue);

    /// <summary>The messages have three classes in each of the three lanes.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public int NineQueues() => Pass(_manyQueues);

    private int Pass(OutboundMessage[] messages)
    {
        foreach (OutboundMessage message in messages)
        {
            _lanes.Enqueue(message);
        }

        int passed = 0;
        while (_lanes.Next(_gate) is { } message)
        {
            _lanes.Charge(message.Lane, FrameHeader.Size + Size);
            _lanes.RemoveFirst(message);
            passed++;
        }

        return passed;
    }

    private static OutboundMessage[] Make(Func<int, Lane> lane, Func<int, FrameKind> kind) =>
    [
        .. Enumerable.Range(0, Messages).Select(
            i => new OutboundMessage(kind(i), 0x4201, (ulong)i, lane(i), new byte[Size], null)),
    ];

    private sealed class OpenGate : SendLanes.IGate
    {
        public bool MaySend(OutboundMessage message) => true;

        public bool IsHeldUp(OutboundMessage message) => false;
    }
}
