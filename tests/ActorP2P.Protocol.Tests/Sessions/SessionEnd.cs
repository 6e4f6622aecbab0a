namespace ActorP2P.Protocol.Tests;

/// <summary>
/// One end of a <see cref="SessionPair"/>: a session with a shell whose duties are done at once or left to the test.
/// </summary>
internal sealed class SessionEnd(PeerSession session, MemoryBudget memory)
{
    private readonly List<byte> _received = [];
    private TimeSpan _now;

    public PeerSession Session { get; } = session;

    public MemoryBudget Memory { get; } = memory;

    public ReassemblyBudget Budget => Memory.Reassembly;

    public List<Happening> Happened { get; } = [];

    /// <summary>The written frames in order, with their payloads.</summary>
    public List<(FrameHeader Header, byte[] Payload)> Wrote { get; } = [];

    /// <summary>Whether delivered messages are finished at once. A test about credit finishes them itself.</summary>
    public bool FinishesAtOnce { get; set; } = true;

    /// <summary>Whether the writer accepts nothing, as when the kernel's buffer is full.</summary>
    public bool WriterIsBlocked { get; set; }

    /// <summary>Called with every effect; a test answers requests here.</summary>
    public Action<Happening>? OnEffect { get; set; }

    /// <summary>Called with everything that happens to a stream. The bytes are valid during the call.</summary>
    public Action<StreamEvent>? OnStream { get; set; }

    /// <summary>Whether the session asked to end the stream.</summary>
    public bool AskedToEnd { get; private set; }

    /// <summary>Whether the other end has seen the end of the stream.</summary>
    public bool StreamEnded { get; set; }

    public Disconnect? End => Events<SessionEvent.Closed>().SingleOrDefault()?.End;

    /// <summary>The number of delivered messages of a kind.</summary>
    public int Count(FrameKind kind) => Happened.Count(happening => happening.Kind == kind);

    /// <summary>The number of raised events of a type.</summary>
    public int Count<TEvent>() where TEvent : SessionEvent => Events<TEvent>().Count();

    public Happening Only(FrameKind kind) => Assert.Single(Happened, happening => happening.Kind == kind);

    public TEvent Only<TEvent>() where TEvent : SessionEvent => Assert.Single(Events<TEvent>());

    public IEnumerable<TEvent> Events<TEvent>() where TEvent : SessionEvent =>
        Happened.Select(happening => happening.Event).OfType<TEvent>();

    public void Finish(FrameKind kind) =>
        Happened.FindAll(happening => happening.Kind == kind).ForEach(
            happening => Session.Finish(_now, happening.Charge));

    /// <summary>Receives bytes and passes complete frames to the session.</summary>
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
                Session.HandleOversizedFrame(now, header);
                _received.Clear();
            }

            if (status != FrameDecoderStatus.Complete)
            {
                return;
            }

            int size = FrameHeader.Size + (int)header.Length;
            _received.RemoveRange(0, size);
            Session.HandleFrame(now, new Frame(header, all.AsMemory(FrameHeader.Size, (int)header.Length)));
            TakeEffects(now);
        }
    }

    /// <summary>Carries out effects and writes frames until there are none left.</summary>
    /// <returns>The written bytes, and whether the stream ends after them.</returns>
    public (byte[] Bytes, bool Ends) Pump(TimeSpan now)
    {
        _now = now;
        Session.OnReplyRoom(now);
        TakeEffects(now);
        List<byte> written = [];
        while (!WriterIsBlocked && Session.TryGetFrame(now, out OutboundFrame frame))
        {
            byte[] payload = [.. frame.Prefix.Span, .. frame.Body.Span];
            Assert.Equal((int)frame.Header.Length, payload.Length);
            byte[] header = new byte[FrameHeader.Size];
            frame.Header.Write(header);
            Wrote.Add((frame.Header, payload));
            written.AddRange(header);
            written.AddRange(payload);
            Session.OnFrameWritten();
            TakeEffects(now);
        }

        if (!WriterIsBlocked)
        {
            Session.OnWriterIdle(now);
        }

        Session.ChargeMemory();

        return ([.. written], AskedToEnd);
    }

    private void TakeEffects(TimeSpan now)
    {
        while (Session.TryGetEffect(out SessionEffect effect))
        {
            Happening happening = new(now, effect.Message, effect.Event, effect.Message.Body.ToArray());
            Happened.Add(happening);
            effect.Release();
            if (FinishesAtOnce && effect.Event is null)
            {
                Session.Finish(now, effect.Message.Charge);
            }

            OnEffect?.Invoke(happening);
            AskedToEnd |= effect.Event is SessionEvent.Shutdown or SessionEvent.Abort;
        }

        while (Session.TryGetStreamEvent(out StreamEvent happened))
        {
            OnStream?.Invoke(happened);
        }
    }
}
