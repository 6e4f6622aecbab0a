namespace ActorP2P.Protocol.Tests;

/// <summary>What tests start from: settings, hellos and bodies with nothing special about them.</summary>
internal static class Given
{
    public const string Network = "testnet";

    public static readonly SessionSettings Settings = new SessionSettings().Validated();

    /// <summary>For a ticket whose grant concerns nobody.</summary>
    public static void Nothing()
    {
    }

    /// <summary>A node's memory: plenty, but for what a test says about reassembly.</summary>
    public static MemoryBudget Memory(ReassemblyBudget? reassembly = null) =>
        new(1L << 30, reassembly ?? new ReassemblyBudget(ReassemblyBudget.DefaultCapacity));

    public static Hello Hello(ulong nonce, SessionSettings? settings = null) => new()
    {
        NetworkId = Network,
        MinVersion = 0,
        MaxVersion = 0,
        NodeId = new ClaimedNodeId(NodeId.FromPublicKey([(byte)nonce])),
        InstanceId = nonce + 1000,
        Nonce = nonce,
        UserAgent = "test/1",
        ListenAddresses = [new PeerAddress("192.0.2.1", 7000)],
        Services = [new ServiceName(1, "chain")],
        CreditWindows = Enumerable.Repeat((settings ?? Settings).CreditWindow, CreditBook.Classes).ToArray(),
        MaxMessage = (settings ?? Settings).MaxMessage,
        MaxRequests = (settings ?? Settings).MaxRequests,
        UnixMilliseconds = 1_700_000_000_000,
    };

    /// <summary>Bytes that differ along the way, so that a fragment in the wrong place shows.</summary>
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

    /// <summary>The same message in a buffer of its own, so that a test sees whether it was released.</summary>
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
