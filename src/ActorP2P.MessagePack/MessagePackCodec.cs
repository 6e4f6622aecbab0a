using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using MessagePack;

namespace ActorP2P;

/// <summary>Messages in MessagePack. The bytes are read as untrusted data.</summary>
internal sealed class MessagePackCodec<T> : MessageCodec<T>
    where T : class
{
    /// <summary>The deepest nesting that is read, as for JSON.</summary>
    private const int MostDepth = 64;

    private readonly MessagePackSerializerOptions _options;
    private readonly int _maxBytes;

    public MessagePackCodec(ushort typeCode, MessagePackSerializerOptions options, int maxBytes)
        : base(typeCode)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        _options = options.WithSecurity(MessagePackSecurity.UntrustedData.WithMaximumObjectGraphDepth(MostDepth));
        _maxBytes = maxBytes;
    }

    public override void Write(T message, IBufferWriter<byte> writer)
    {
        byte[] bytes = MessagePackSerializer.Serialize(message, _options);
        if (bytes.Length > _maxBytes)
        {
            throw new ArgumentException(
                $"{nameof(message)} is a {typeof(T).Name} of {bytes.Length} bytes in MessagePack; "
                + $"allowed: {_maxBytes}.", nameof(message));
        }

        writer.Write(bytes);
    }

    public override bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out T message)
    {
        message = null;
        if (payload.Length > _maxBytes)
        {
            return false;
        }

        // MessagePack's reader needs a Memory, but the payload is a span that is valid only during this call.
        byte[] copy = ArrayPool<byte>.Shared.Rent(payload.Length);
        try
        {
            payload.CopyTo(copy);
            message = MessagePackSerializer.Deserialize<T>(copy.AsMemory(0, payload.Length), _options, out int read);
            return message is not null && read == payload.Length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }
}
