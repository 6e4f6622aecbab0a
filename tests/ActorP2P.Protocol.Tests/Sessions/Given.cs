namespace ActorP2P.Protocol.Tests;

/// <summary>Ordinary settings, hellos and bodies with which tests start.</summary>
internal static class Given
{
    public const string Network = "testnet";

    public static readonly SessionSettings Settings = new SessionSettings().Validated();

    /// <summary>The callback of a ticket whose grant the test ignores.</summary>
    public static void Nothing()
    {
    }

    /// <summary>The memory of a node. It is large except for the reassembly budget, which a test may set.</summary>
    public static MemoryBudget Memory(ReassemblyBudget? reassembly = null) =>
        new(1L << 30, reassembly ?? new ReassemblyBudget(ReassemblyBudget.DefaultCapacity));

    public static Hello Hello(ulong nonce, SessionSettings? settings = null) => new()
    {
        NetworkId = Network,
        MinVersion = PeerSession.ProtocolVersion,
        MaxVersion = PeerSession.ProtocolVersion,
        NodeId = new ClaimedNodeId(NodeId.FromPublicKey([(byte)nonce])),
        InstanceId = nonce + 1000,
        Nonce = nonce,
        UserAgent = "test/1",
        ListenAddresses = [new PeerAddress("192.0.2.1", 7000)],
        Services = [new ServiceName(1, "chain")],
        CreditWindows = Enumerable.Repeat((settings ?? Settings).CreditWindow, CreditBook.Classes).ToArray(),
        MaxMessage = (settings ?? Settings).MaxMessage,
        MaxRequests = (settings ?? Settings).MaxRequests,
        StreamWindow = (settings ?? Settings).StreamWindow,
        MaxStreams = (settings ?? Settings).MaxStreams,
        UnixMilliseconds = 1_700_000_000_000,
    };

    /// <summary>Bytes that differ from position to position, so that a misplaced fragment is noticed.</summary>
    public static byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)(i ^ (i >> 8) ^ (i >> 16));
        }

        return bytes;
    }

    public static byte[] BroadcastBody(
        int payload, ulong salt = 1, byte hops = 1, ushort type = 0x0101, string network = Network)
    {
        byte[] body = new byte[BroadcastHead.Size + payload];
        Bytes(payload).CopyTo(body, BroadcastHead.Size);
        BroadcastId id = BroadcastId.Of(network, type, salt, body.AsSpan(BroadcastHead.Size));
        new BroadcastHead(id, salt, hops).Write(body);
        return body;
    }

    public static OutboundMessage Message(FrameKind kind, ulong id, int length, Lane lane = Lane.Normal) => new(
        kind, kind == FrameKind.Error ? (ushort)0 : (ushort)0x0101, id, lane,
        kind == FrameKind.Broadcast ? BroadcastBody(length) : Bytes(length), null);

    /// <summary>The same message in a buffer of its own, so that a test can observe its release.</summary>
    public static OutboundMessage Owned(
        FrameKind kind, ulong id, int length, out SharedBuffer owner, Lane lane = Lane.Normal)
    {
        byte[] body = kind == FrameKind.Broadcast ? BroadcastBody(length) : Bytes(length);
        owner = SharedBuffer.Rent(body.Length);
        body.CopyTo(owner.Array, 0);
        return new OutboundMessage(kind, 0x0101, id, lane, owner.Array.AsMemory(0, body.Length), owner);
    }

    public static bool IsReleased(SharedBuffer buffer)
    {
        try
        {
            _ = buffer.Array;
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }
}
