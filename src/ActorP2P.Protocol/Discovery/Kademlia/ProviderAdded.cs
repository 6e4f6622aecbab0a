using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Protocol;

/// <summary>Whether a record of a provider is kept.</summary>
/// <param name="Outcome">The outcome. One that this node does not know counts as a refusal.</param>
internal sealed record ProviderAdded(ProviderOutcome Outcome) : IMessage<ProviderAdded>
{
    public static ushort TypeCode => DhtTypes.ProviderAdded;

    public void Write(IBufferWriter<byte> writer) => DhtFields.WriteOutcome(writer, (byte)Outcome);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out ProviderAdded message)
    {
        DhtFields? fields = DhtFields.Read(payload, DhtFieldSet.Outcome);
        message = fields?.Outcome is { } outcome ? new ProviderAdded((ProviderOutcome)outcome) : null;
        return message is not null;
    }
}
