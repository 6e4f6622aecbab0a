using System.Buffers;

namespace ActorP2P.Tests.Bans;

/// <summary>A message that pretends to be a <see cref="Text"/> and does not parse as one: ten penalty points.</summary>
internal sealed class BadText : IMessage
{
    /// <summary>As many as lead to a ban.</summary>
    public const int Enough = 10;

    public ushort MessageType => Text.TypeCode;

    public void Write(IBufferWriter<byte> writer) => writer.Write<byte>([0xff, 0xfe]);

    /// <summary>Sends some to a peer.</summary>
    public static async Task SendAsync(P2PNode node, Peer peer, int count = Enough)
    {
        for (int i = 0; i < count; i++)
        {
            await node.TellAsync(peer, new BadText());
        }
    }
}
