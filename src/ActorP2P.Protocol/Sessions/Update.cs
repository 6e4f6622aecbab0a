using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Protocol;

/// <summary>What a node says anew of itself after its hello: the fields of the hello that may change.</summary>
/// <param name="State">The application's state; null when it stays as it is.</param>
/// <param name="WantedBroadcasts">The broadcasts that the node wants; null when they stay as they are.</param>
internal sealed record Update(ReadOnlyMemory<byte>? State, BroadcastTypes? WantedBroadcasts)
{
    /// <summary>The longest update, in bytes: both fields at their bounds, and a little room for later ones.</summary>
    public const int MaxSize = 2100;

    /// <summary>Encodes it.</summary>
    public byte[] Encode()
    {
        ArrayBufferWriter<byte> output = new(64);
        TagWriter tags = new(output);
        if (State is { } state)
        {
            tags.Write(HelloCodec.StateTag, state.Span);
        }

        WantedBroadcasts?.Write(tags, HelloCodec.WantedBroadcastsTag);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads an update. Other fields are skipped; when a field occurs twice, the last one counts.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out Update update)
    {
        update = null;
        ReadOnlyMemory<byte>? state = null;
        BroadcastTypes? types = null;
        TagReader tags = new(payload);
        while (payload.Length <= MaxSize && tags.TryRead())
        {
            switch (tags.Tag)
            {
                case HelloCodec.StateTag when HelloCodec.TryReadState(tags, out ReadOnlyMemory<byte> read):
                    state = read;
                    break;
                case HelloCodec.WantedBroadcastsTag when BroadcastTypes.TryRead(tags, out BroadcastTypes wanted):
                    types = wanted;
                    break;
                case HelloCodec.StateTag or HelloCodec.WantedBroadcastsTag:
                    return false;
            }
        }

        update = tags.AtEnd ? new Update(state, types) : null;
        return update is not null;
    }
}
