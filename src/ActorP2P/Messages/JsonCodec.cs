using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ActorP2P;

/// <summary>Messages as JSON in UTF-8, with metadata from the source generator of System.Text.Json.</summary>
internal sealed class JsonCodec<T> : MessageCodec<T>
    where T : class
{
    /// <summary>
    /// The deepest nesting that is read, even if the metadata's options allow more: the default of System.Text.Json.
    /// </summary>
    private const int MostDepth = 64;

    private readonly JsonTypeInfo<T> _typeInfo;
    private readonly int _maxBytes;
    private readonly JsonReaderOptions _reading;

    public JsonCodec(ushort typeCode, JsonTypeInfo<T> typeInfo, int maxBytes)
        : base(typeCode)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        _typeInfo = typeInfo;
        _maxBytes = maxBytes;
        JsonSerializerOptions options = typeInfo.Options;
        _reading = new JsonReaderOptions
        {
            MaxDepth = options.MaxDepth is > 0 and < MostDepth ? options.MaxDepth : MostDepth,
            CommentHandling = options.ReadCommentHandling,
            AllowTrailingCommas = options.AllowTrailingCommas,
        };
    }

    public override void Write(T message, IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        using Utf8JsonWriter json = new(writer);
        JsonSerializer.Serialize(json, message, _typeInfo);
        json.Flush();
        if (json.BytesCommitted > _maxBytes)
        {
            throw new ArgumentException(
                $"{nameof(message)} is a {typeof(T).Name} of {json.BytesCommitted} bytes as JSON; "
                + $"allowed: {_maxBytes}.", nameof(message));
        }
    }

    public override bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out T message)
    {
        message = null;
        if (payload.Length > _maxBytes)
        {
            return false;
        }

        Utf8JsonReader reader = new(payload, _reading);
        message = JsonSerializer.Deserialize(ref reader, _typeInfo);

        // Data after the value makes the message invalid.
        return message is not null && !reader.Read();
    }
}
