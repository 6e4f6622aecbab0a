using System.Threading.Channels;
using Akka.TestKit;

namespace ActorP2P.Determinism.TestKit;

/// <summary>A kit's queue whose reader runs the world instead of waiting.</summary>
internal sealed class PumpingChannel : Channel<MessageEnvelope>
{
    public PumpingChannel(Channel<MessageEnvelope> inner, Func<bool> pump)
    {
        Writer = inner.Writer;
        Reader = new PumpingReader(inner.Reader, pump);
    }

    private sealed class PumpingReader(ChannelReader<MessageEnvelope> inner, Func<bool> pump)
        : ChannelReader<MessageEnvelope>
    {
        public override bool CanCount => true;

        public override int Count => inner.Count;

        public override bool CanPeek => true;

        public override Task Completion => inner.Completion;

        public override bool TryRead(out MessageEnvelope item) => inner.TryRead(out item!);

        public override bool TryPeek(out MessageEnvelope item) => inner.TryPeek(out item!);

        // True when there is a message. The kit takes false as its timeout. The task is always complete.
        public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) =>
            new(inner.Count > 0 || pump());
    }
}
