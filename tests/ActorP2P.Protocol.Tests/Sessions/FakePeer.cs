namespace ActorP2P.Protocol.Tests;

/// <summary>A peer that sends one real session what the test tells it to, valid or not.</summary>
internal sealed class FakePeer
{
    public FakePeer(SessionRole sessionRole = SessionRole.Responder, SessionSettings? settings = null,
        ReassemblyBudget? budget = null,
        AccessRules? access = null, bool asksHost = false)
    {
        Settings = settings ?? Given.Settings;
        MemoryBudget memory = Given.Memory(budget);
        PeerSession session = new(
            sessionRole, Given.Hello(1, Settings), Settings, memory, 1)
        {
            Access = access ?? AccessRules.Open,
            AsksHost = asksHost,
        };
        End = new SessionEnd(session, memory);
        Session.Start(Now);
        Pump();
    }

    public SessionSettings Settings { get; }

    public SessionEnd End { get; }

    public PeerSession Session => End.Session;

    public TimeSpan Now { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Whether the session has ended the stream.</summary>
    public bool Ended { get; private set; }

    public Disconnect? Fault { get; private set; }

    /// <summary>Creates a fake peer that has completed the handshake.</summary>
    public static FakePeer Ready(SessionRole sessionRole = SessionRole.Responder, SessionSettings? settings = null,
        ReassemblyBudget? budget = null)
    {
        FakePeer peer = new(sessionRole, settings, budget);
        peer.SayHello();
        if (sessionRole == SessionRole.Responder)
        {
            peer.Say(FrameKind.Ready);
        }

        Assert.Equal(SessionState.Ready, peer.Session.State);
        return peer;
    }

    public static byte[] Encode(
        FrameKind kind, ReadOnlySpan<byte> payload, ulong id = 0, FrameFlags flags = FrameFlags.None,
        ushort type = 0)
    {
        byte[] bytes = new byte[FrameHeader.Size + payload.Length];
        new FrameHeader((uint)payload.Length, kind, flags, type, id).Write(bytes);
        payload.CopyTo(bytes.AsSpan(FrameHeader.Size));
        return bytes;
    }

    public static byte[] Encode(Hello hello)
    {
        System.Buffers.ArrayBufferWriter<byte> output = new();
        HelloCodec.Write(hello, output);
        return output.WrittenSpan.ToArray();
    }

    public void SayHello(Hello? hello = null) => Say(
        Session.Role == SessionRole.Responder ? FrameKind.Hello : FrameKind.HelloAck, Encode(hello ?? Given.Hello(2)));

    public void Say(
        FrameKind kind, byte[]? payload = null, ulong id = 0, FrameFlags flags = FrameFlags.None, ushort type = 0) =>
        SayRaw(Encode(kind, payload ?? [], id, flags, type));

    /// <summary>Sends an application message in the normal lane with additional flags.</summary>
    public void Tell(
        FrameKind kind, ulong id, byte[] payload, FrameFlags more = FrameFlags.None, Lane lane = Lane.Normal) =>
        Say(kind, payload, id, (FrameFlags)lane | more, (ushort)(kind == FrameKind.Error ? 0 : 0x0101));

    public void SayRaw(byte[] bytes)
    {
        End.Take(Now, bytes);
        Pump();
    }

    /// <summary>Advances the clock to the session's next deadline and lets the session act.</summary>
    public void NextTimer()
    {
        Now = Session.Deadline ?? throw new InvalidOperationException("The session waits for nothing.");
        Session.OnTimer(Now);
        Pump();
    }

    public void Pump() => Ended |= End.Pump(Now).Ends;

    public IEnumerable<(FrameHeader Header, byte[] Payload)> Heard(FrameKind kind) =>
        End.Wrote.Where(frame => frame.Header.Kind == kind);

    /// <summary>
    /// Asserts that the session has refused the peer with this reason: it sent the reason and asked to end the stream.
    /// </summary>
    public void AssertRefused(DisconnectReason reason)
    {
        Assert.Equal(SessionState.Refusing, Session.State);
        Assert.True(Ended, "The stream was not ended.");
        (FrameHeader _, byte[] payload) = End.Wrote[^1];
        Assert.Equal(FrameKind.Goodbye, End.Wrote[^1].Header.Kind);
        Assert.True(CodedText.TryRead(payload, out ushort code, out string? text));
        Assert.True(reason == (DisconnectReason)code, $"{(DisconnectReason)code} ({text}), not {reason}");
        Session.OnTransportClosed(DisconnectReason.ConnectionLost, "");
        Pump();
        Fault = End.End;
        Assert.Equal(reason, Fault!.Reason);
        Assert.Equal(DisconnectSide.Local, Fault.Side);
        Assert.Equal(0, End.Budget.Reserved);
    }
}
