namespace ActorP2P.Protocol.Tests;

/// <summary>One end of a <see cref="SessionPair"/>: a session and the shell's duties, done at once or left to the test.</summary>
internal sealed class SessionEnd(PeerSession session, MemoryBudget memory)
{
    private readonly List<byte> _received = [];
    private TimeSpan _now;

    public PeerSession Session { get; } = session;

    public MemoryBudget Memory { get; } = memory;

    public ReassemblyBudget Budget => Memory.Reassembly;

    public List<Happening> Happened { get; } = [];

    /// <summary>Frames written, in order, with their payloads.</summary>
    public List<(FrameHeader Header, byte[] Payload)> Wrote { get; } = [];

    /// <summary>Whether delivered messages are finished at once; a test about credit does it itself.</summary>
    public bool FinishesAtOnce { get; set; } = true;

    /// <summary>Whether the writer takes nothing, as when the kernel's buffer is full.</summary>
    public bool WriterIsBlocked { get; set; }

    /// <summary>Called with every effect: here a test answers requests.</summary>
    public Action<Happening>? OnEffect { get; set; }

    /// <summary>Whether the session asked to end the stream.</summary>
    public bool AskedToEnd { get; private set; }

    /// <summary>Whether the wire has seen the end.</summary>
    public bool StreamEnded { get; set; }

    public Disconnect? End => Happened.Find(happening => happening.Kind == SessionEffectKind.Closed)?.Effect.End;

    public int Count(SessionEffectKind kind) => Happened.Count(happening => happening.Kind == kind);

    public Happening Only(SessionEffectKind kind) => Assert.Single(Happened, happening => happening.Kind == kind);

    public void Finish(SessionEffectKind kind) =>
        Happened.FindAll(happening => happening.Kind == kind).ForEach(happening => Session.Finish(_now, happening.Effect.Charge));

    /// <summary>Takes bytes off the wire, and hands whole frames to the session.</summary>
    public void Take(TimeSpan now, byte[] bytes)
    {
        _now = now;
        _received.AddRange(bytes);
        while (true)
        {
            byte[] all = [.. _received];
            FrameDecoderStatus status = FrameDecoder.TryRead(all, SessionSettings.MaxFragment, out FrameHeader header);
            if (status == FrameDecoderStatus.TooLong)
            {
                Session.ReceiveOversized(now, header);
                _received.Clear();
            }

            if (status != FrameDecoderStatus.Complete)
            {
                return;
            }

            int size = FrameHeader.Size + (int)header.Length;
            _received.RemoveRange(0, size);
            Session.Receive(now, new Frame(header, all.AsMemory(FrameHeader.Size, (int)header.Length)));
            TakeEffects(now);
        }
    }

    /// <summary>Carries out effects, and writes frames while there are any.</summary>
    /// <returns>The bytes written, and whether the stream ends behind them.</returns>
    public (byte[] Bytes, bool Ends) Pump(TimeSpan now)
    {
        _now = now;
        Session.OnReplyRoom(now);
        TakeEffects(now);
        List<byte> written = [];
        while (!WriterIsBlocked && Session.TryNextFrame(out OutboundFrame frame))
        {
            byte[] payload = [.. frame.Prefix.Span, .. frame.Body.Span];
            Assert.Equal((int)frame.Header.Length, payload.Length);
            byte[] header = new byte[FrameHeader.Size];
            frame.Header.Write(header);
            Wrote.Add((frame.Header, payload));
            written.AddRange(header);
            written.AddRange(payload);
            Session.FrameWritten();
            TakeEffects(now);
        }

        if (!WriterIsBlocked)
        {
            Session.WriterIdle(now);
        }

        Session.ChargeMemory();

        return ([.. written], AskedToEnd);
    }

    private void TakeEffects(TimeSpan now)
    {
        while (Session.TryTakeEffect(out SessionEffect effect))
        {
            Happening happening = new(now, effect, effect.Body.ToArray());
            Happened.Add(happening);
            effect.Owner?.Release();
            if (FinishesAtOnce && CarriesCharge(effect.Kind))
            {
                Session.Finish(now, effect.Charge);
            }

            OnEffect?.Invoke(happening);
            AskedToEnd |= effect.Kind is SessionEffectKind.Shutdown or SessionEffectKind.Abort;
        }
    }

    private static bool CarriesCharge(SessionEffectKind kind) => kind is SessionEffectKind.Request or SessionEffectKind.Response
        or SessionEffectKind.Notify or SessionEffectKind.Broadcast;
}
