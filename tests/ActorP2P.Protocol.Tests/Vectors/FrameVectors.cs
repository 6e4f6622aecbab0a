namespace ActorP2P.Protocol.Tests;

/// <summary>
/// The frames of docs/internals/protocol.md as the code encodes them. Real sessions write them wherever a session can
/// be made to do so.
/// </summary>
internal static class FrameVectors
{
    private const FrameFlags First = FrameFlags.First | FrameFlags.More;

    /// <summary>The hello in the document.</summary>
    public static Hello Hello { get; } = new()
    {
        NetworkId = "testnet",
        MinVersion = 1,
        MaxVersion = 1,
        NodeId = new ClaimedNodeId(new NodeId([.. Enumerable.Range(0, NodeId.Size).Select(i => (byte)i)])),
        InstanceId = 0x0102030405060708,
        Nonce = 0x1112131415161718,
        UserAgent = "actorp2p/0.1",
        ListenAddresses = [new PeerAddress("192.0.2.1", 7000)],
        Services = [new ServiceName(1, "chain")],
        CreditWindows = [262_144, 262_144, 262_144, 262_144],
        MaxMessage = 33_554_432,
        MaxRequests = 256,
        UnixMilliseconds = 1_700_000_000_000,
        State = new byte[] { 0x00, 0x0d, 0x3a, 0x8f },
        WantedBroadcasts = BroadcastTypes.Of([0x0103, 0x0101]),
        Features = 1UL << (int)HelloFeature.Streams,
    };

    /// <summary>All vectors by their names in the document.</summary>
    public static IReadOnlyDictionary<string, string> All()
    {
        Dictionary<string, string> vectors = new()
        {
            ["hello"] = Hex(Said(new FakePeerOf(SessionRole.Initiator), FrameKind.Hello)),
            ["hello-ack"] = Hex(Said(Introduced(SessionRole.Responder), FrameKind.HelloAck)),
            ["ready"] = Hex(Said(Introduced(SessionRole.Initiator), FrameKind.Ready)),
            ["ping"] = Hex(FakePeer.Encode(FrameKind.Ping, [], 0x0123456789abcdef)),
            ["notify-tagged"] = Hex(
                FakePeer.Encode(FrameKind.Notify, [0x10, 0x86, 0x68, 0x04, 0x68, 0x69], 2,
                    (FrameFlags)Lane.High | FrameFlags.Tagged, 0x0102)),
            ["notify-first-fragment"] = Hex(
                FakePeer.Encode(FrameKind.Notify, [0x03, 0x61], 3, (FrameFlags)Lane.Bulk | First, 0x0102)),
            ["notify-middle-fragment"] = Hex(
                FakePeer.Encode(FrameKind.Notify, [0x62], 3, (FrameFlags)Lane.Bulk | FrameFlags.More, 0x0102)),
            ["notify-last-fragment"] = Hex(FakePeer.Encode(FrameKind.Notify, [0x63], 3, (FrameFlags)Lane.Bulk, 0x0102)),
        };

        FakePeer peer = FakePeer.Ready();
        peer.Say(FrameKind.Ping, id: 0x0123456789abcdef);
        vectors["pong"] = Hex(Said(peer, FrameKind.Pong));
        peer.Session.Send(peer.Now,
            new OutboundMessage(FrameKind.Request, 0x0101, 0x0000050001c0ffee, Lane.Normal, "who?"u8.ToArray(), null));
        peer.Pump();
        vectors["request"] = Hex(Said(peer, FrameKind.Request));
        peer.Session.Cancel(0x0000050001c0ffee);
        peer.Pump();
        vectors["cancel"] = Hex(Said(peer, FrameKind.Cancel));
        peer.Tell(FrameKind.Request, 7, [1]);
        peer.Tell(FrameKind.Request, 8, [1]);
        peer.Session.Respond(new OutboundMessage(FrameKind.Response, 0x0101, 7, Lane.Normal, "me"u8.ToArray(), null));
        peer.Session.Respond(new OutboundMessage(FrameKind.Error, 0, 8, Lane.Normal,
            CodedText.Encode((ushort)RequestErrorCode.UnknownType, "no such type"), null));
        peer.Session.Send(
            peer.Now, new OutboundMessage(FrameKind.Notify, 0x0102, 0, Lane.High, "hi"u8.ToArray(), null));
        peer.Session.Send(peer.Now, new OutboundMessage(FrameKind.Broadcast, 0x0103, 0, Lane.Bulk, Broadcast(), null));
        peer.Tell(FrameKind.Response, 9, [0x02, 0x01], First);
        vectors["response"] = Hex(Said(peer, FrameKind.Response));
        vectors["error"] = Hex(Said(peer, FrameKind.Error));
        vectors["notify"] = Hex(Said(peer, FrameKind.Notify));
        vectors["broadcast"] = Hex(Said(peer, FrameKind.Broadcast));
        vectors["reset"] = Hex(Said(peer, FrameKind.Reset));
        peer.Tell(FrameKind.Request, 10, new byte[SessionSettings.MaxFragment]);
        vectors["credit"] = Hex(Said(peer, FrameKind.Credit));
        peer.Session.Respond(Given.Message(FrameKind.Response, 10, 0));
        peer.Say(FrameKind.Goodbye, CodedText.Encode((ushort)DisconnectReason.ShuttingDown, "bye"));
        vectors["goodbye-ack"] = Hex(Said(peer, FrameKind.GoodbyeAck));

        AddGossip(vectors);
        AddUpdates(vectors);
        AddStreams(vectors);
        FakePeer leaving = FakePeer.Ready();
        leaving.Session.Close(leaving.Now, DisconnectReason.ShuttingDown, "bye");
        leaving.Pump();
        vectors["goodbye"] = Hex(Said(leaving, FrameKind.Goodbye));
        return vectors;
    }

    private static void AddGossip(Dictionary<string, string> vectors)
    {
        FakePeer slow = FakePeer.Ready(settings: Given.Settings with { MaxQueued = 1 });
        slow.End.WriterIsBlocked = true;
        slow.Session.Send(slow.Now, new OutboundMessage(FrameKind.Broadcast, 0x0103, 0, Lane.Bulk, Broadcast(), null));
        slow.Session.Send(
            slow.Now, new OutboundMessage(FrameKind.Broadcast, 0x0103, 0, Lane.Bulk, Given.BroadcastBody(1), null));
        slow.End.WriterIsBlocked = false;
        slow.Pump();
        vectors["gossip-dropped"] = Hex(Said(slow, FrameKind.GossipControl));
        slow.Session.AskFor([BroadcastId.Read(Broadcast())]);
        slow.Pump();
        vectors["gossip-wanted"] = Hex(Said(slow, FrameKind.GossipControl));
    }

    private static void AddUpdates(Dictionary<string, string> vectors)
    {
        FakePeer peer = FakePeer.Ready();
        peer.Session.Say(new byte[] { 0x00, 0x0d, 0x3a, 0x90 }, BroadcastTypes.None);
        peer.Pump();
        vectors["update"] = Hex(Said(peer, FrameKind.Update));
        peer.Session.Say(new byte[] { 0x00, 0x0d, 0x3a, 0x90 }, BroadcastTypes.All);
        peer.Now += Updates.Interval;
        peer.Pump();
        vectors["update-all"] = Hex(Said(peer, FrameKind.Update));
    }

    private static void AddStreams(Dictionary<string, string> vectors)
    {
        FakePeer peer = FakePeer.Ready();
        StreamState stream = peer.Session.TryOpenStream(
            peer.Now, 0x0101, Lane.Bulk, new StreamPiece("file"u8.ToArray(), null), out _)!;
        peer.Session.WriteStream(stream, new StreamPiece("abc"u8.ToArray(), null));
        peer.Session.EndStream(stream);
        peer.Pump();
        peer.Say(FrameKind.StreamData, new byte[16_384], 2, (FrameFlags)Lane.Bulk);
        peer.Session.OnStreamRead(peer.Now + TimeSpan.FromMinutes(1), stream, 16_384);
        StreamShell shell = new(peer.End);
        peer.Say(FrameKind.StreamOpen, [1], 1, (FrameFlags)Lane.Bulk, 0x0101);
        shell.Reset(shell.Only);
        peer.Pump();
        foreach (FrameKind kind in new[]
            {
                FrameKind.StreamOpen, FrameKind.StreamData, FrameKind.StreamEnd, FrameKind.StreamReset,
                FrameKind.StreamCredit,
            })
        {
            vectors[$"stream-{kind.ToString()["Stream".Length..].ToLowerInvariant()}"] = Hex(Said(peer, kind));
        }
    }

    private static byte[] Broadcast()
    {
        byte[] body = [.. new byte[BroadcastHead.Size], .. "news"u8];
        new BroadcastHead(
            BroadcastId.Of("testnet", 0x0103, 0x2122232425262728, "news"u8), 0x2122232425262728, 1).Write(body);
        return body;
    }

    private static FakePeerOf Introduced(SessionRole role)
    {
        FakePeerOf session = new(role);
        session.SayHello();
        return session;
    }

    private static byte[] Said(FakePeer peer, FrameKind kind) => Encode(peer.Heard(kind).Last());

    private static byte[] Said(FakePeerOf session, FrameKind kind) =>
        Encode(session.Said.Last(frame => frame.Header.Kind == kind));

    private static byte[] Encode((FrameHeader Header, byte[] Payload) frame)
    {
        byte[] bytes = new byte[FrameHeader.Size + frame.Payload.Length];
        frame.Header.Write(bytes);
        frame.Payload.CopyTo(bytes, FrameHeader.Size);
        return bytes;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>A session that introduces itself with the hello of the document.</summary>
    private sealed class FakePeerOf
    {
        private readonly SessionEnd _end;

        public FakePeerOf(SessionRole role)
        {
            MemoryBudget memory = Given.Memory(new ReassemblyBudget(1));
            _end = new SessionEnd(new PeerSession(role, Hello, Given.Settings, memory, 1), memory);
            _end.Session.Start(TimeSpan.Zero);
            _end.Pump(TimeSpan.Zero);
        }

        public List<(FrameHeader Header, byte[] Payload)> Said => _end.Wrote;

        public void SayHello()
        {
            FrameKind kind = _end.Session.Role == SessionRole.Responder ? FrameKind.Hello : FrameKind.HelloAck;
            _end.Take(TimeSpan.Zero, FakePeer.Encode(kind, FakePeer.Encode(Given.Hello(2))));
            _end.Pump(TimeSpan.Zero);
        }
    }
}
