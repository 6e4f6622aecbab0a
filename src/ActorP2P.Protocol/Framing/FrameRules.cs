namespace ActorP2P.Protocol;

/// <summary>
/// The rules that hold for every frame of a kind in any state of the session. They are the table of
/// docs/internals/protocol.md in code.
/// </summary>
internal static class FrameRules
{
    /// <summary>Bytes of one entry of a credit frame: class u8, limit u64.</summary>
    public const int CreditEntry = 9;

    /// <summary>Bytes of a reset's payload: kind u8, reason u16.</summary>
    public const int ResetSize = 3;

    /// <summary>Ids in one frame of gossip control: a kilobyte, so that it delays no other frame for long.</summary>
    public const int MaxGossipIds = 64;

    /// <summary>
    /// Whether frames of the kind carry application messages. Such frames have a lane and a type, and may have tagged
    /// headers.
    /// </summary>
    public static bool CarriesMessage(FrameKind kind) =>
        kind is FrameKind.Request or FrameKind.Response or FrameKind.Notify or FrameKind.Broadcast;

    /// <summary>The rule that a header breaks, or null.</summary>
    public static DisconnectReason? FaultOf(in FrameHeader header)
    {
        if (header.Kind == FrameKind.DiscoveryControl)
        {
            return DisconnectReason.NotNegotiated;
        }

        if (!TryLengthOf(header.Kind, out int least, out int most))
        {
            return DisconnectReason.UnknownKind;
        }

        if (!FlagsAreValid(header))
        {
            return DisconnectReason.InvalidFlags;
        }

        if (header.Length < (uint)(header.IsFragment ? Math.Max(1, least) : least) || header.Length > (uint)most
            || (header.Kind == FrameKind.Credit && header.Length % CreditEntry != 0)
            || (header.Kind == FrameKind.GossipControl && (header.Length - 1) % BroadcastId.Size != 0))
        {
            return DisconnectReason.InvalidLength;
        }

        return TypeAndIdAreValid(header) ? null : DisconnectReason.MalformedFrame;
    }

    private static bool TryLengthOf(FrameKind kind, out int least, out int most)
    {
        (least, most) = kind switch
        {
            FrameKind.Hello or FrameKind.HelloAck => (1, HelloCodec.MaxSize),
            FrameKind.Ready or FrameKind.Ping or FrameKind.Pong or FrameKind.GoodbyeAck or FrameKind.Cancel => (0, 0),
            FrameKind.Credit => (CreditEntry, CreditEntry * CreditBook.Classes),
            FrameKind.Goodbye or FrameKind.Error or FrameKind.StreamReset =>
                (sizeof(ushort), sizeof(ushort) + CodedText.MaxText),
            FrameKind.Reset => (ResetSize, ResetSize),
            FrameKind.Update => (1, Update.MaxSize),
            FrameKind.GossipControl => (1 + BroadcastId.Size, 1 + (MaxGossipIds * BroadcastId.Size)),
            // A broadcast's last fragment may be a single byte. The length of its head is checked where the broadcast
            // begins.
            FrameKind.Broadcast => (1, SessionSettings.MaxFragment),
            FrameKind.Request or FrameKind.Response or FrameKind.Notify or FrameKind.StreamOpen =>
                (0, SessionSettings.MaxFragment),
            FrameKind.StreamData => (1, SessionSettings.MaxFragment),
            FrameKind.StreamEnd or FrameKind.StreamCredit => (sizeof(ulong), sizeof(ulong)),
            _ => (1, 0),
        };
        return least <= most;
    }

    private static bool FlagsAreValid(in FrameHeader header)
    {
        FrameFlags flags = header.Flags;
        if ((flags & FrameFlags.Reserved) != 0)
        {
            return false;
        }

        if (header.Kind is FrameKind.Error or FrameKind.StreamOpen or FrameKind.StreamData or FrameKind.StreamEnd)
        {
            return header.Lane != Lane.Control && (flags & ~FrameFlags.LaneMask) == 0;
        }

        if (!CarriesMessage(header.Kind))
        {
            return flags == FrameFlags.None;
        }

        // Other fragments follow a first fragment, and only the beginning of a message has tagged headers.
        bool first = (flags & FrameFlags.First) != 0;
        bool more = (flags & FrameFlags.More) != 0;
        bool tagged = (flags & FrameFlags.Tagged) != 0;
        return header.Lane != Lane.Control && (!first || more) && (!tagged || first || !more);
    }

    private static bool TypeAndIdAreValid(in FrameHeader header) => header.Kind switch
    {
        FrameKind.Request or FrameKind.Response or FrameKind.Notify or FrameKind.Broadcast => true,
        FrameKind.StreamOpen => true,
        FrameKind.Ping or FrameKind.Pong or FrameKind.Error or FrameKind.Cancel or FrameKind.Reset => header.Type == 0,
        FrameKind.StreamData or FrameKind.StreamEnd or FrameKind.StreamReset or FrameKind.StreamCredit =>
            header.Type == 0,
        _ => header is { Type: 0, Id: 0 },
    };
}
