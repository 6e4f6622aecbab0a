using System.Runtime.CompilerServices;

namespace ActorP2P.Protocol;

/// <summary>Whole messages and the bytes of their bodies, by class. One thread counts; any thread may read.</summary>
internal struct MessageCounts
{
    private PerClass _messages;
    private PerClass _bytes;

    /// <summary>Counts one message.</summary>
    public void Add(CreditClass messageClass, int bodyLength)
    {
        ref long messages = ref _messages[(int)messageClass];
        Volatile.Write(ref messages, messages + 1);
        ref long bytes = ref _bytes[(int)messageClass];
        Volatile.Write(ref bytes, bytes + bodyLength);
    }

    /// <summary>The messages of a class.</summary>
    public readonly long MessagesOf(CreditClass messageClass) => Volatile.Read(in _messages[(int)messageClass]);

    /// <summary>The bytes of a class.</summary>
    public readonly long BytesOf(CreditClass messageClass) => Volatile.Read(in _bytes[(int)messageClass]);

    [InlineArray(CreditBook.Classes)]
    private struct PerClass
    {
        private long _first;
    }
}
