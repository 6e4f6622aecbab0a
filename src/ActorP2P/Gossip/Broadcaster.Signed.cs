using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>Broadcasts that carry their author's signature.</content>
internal sealed partial class Broadcaster
{
    /// <summary>
    /// Reads the author of a broadcast that must be signed. Whether the author has signed it is found out outside of
    /// this actor's turn, because that takes long.
    /// </summary>
    /// <returns>False for a broadcast that was signed before others that were met long ago.</returns>
    private bool TryIntroduce(GossipMessages.Arrived arrived)
    {
        ReadOnlySpan<byte> payload = arrived.Message.Body.Span[BroadcastHead.Size..];
        if (payload.Length < AuthorBlock.Size)
        {
            return true;
        }

        BroadcastAuthor author = new(
            node.Signer.IdOf(AuthorBlock.KeyOf(payload)), AuthorBlock.SequenceOf(payload));
        if (node.Gossip.Authors.IsOld(Now, author.Id, author.Sequence))
        {
            node.Counters.NoteReplayed();
            return false;
        }

        arrived.Author = author;
        return true;
    }

    /// <summary>
    /// The author of a broadcast has not signed it. The peer should have checked that, so it is at fault.
    /// </summary>
    private static void RefuseForged(GossipMessages.Arrived arrived)
    {
        arrived.From.Actor.Tell(
            new PeerMessages.End(
                DisconnectReason.BroadcastNotSigned,
                arrived.Author is { } author
                    ? $"type {arrived.Message.Type:x4}, in the name of {author.Id.ToShortString()}"
                    : $"type {arrived.Message.Type:x4}, {arrived.Message.Length} bytes",
                IsFault: true),
            ActorRefs.NoSender);
        arrived.Finish(0, "");
    }
}
