namespace ActorP2P.Protocol;

/// <summary>Measures how long queued messages have waited for the writer or for the peer's credit.</summary>
internal struct WriterWatch(SessionSettings settings)
{
    private TimeSpan? _heldUpSince;
    private bool _isHeldUpByWriter;

    /// <summary>Since when frames have waited without the writer taking any; null while it takes them.</summary>
    public TimeSpan? BlockedSince { readonly get; private set; }

    /// <summary>When the wait has become too long.</summary>
    public readonly TimeSpan? Deadline =>
        WaitTime.Earliest(BlockedSince + settings.NoProgressTimeout, _heldUpSince + settings.CreditTimeout);

    /// <summary>Frames wait, and the writer has no room for them.</summary>
    public void OnBlocked(TimeSpan now, bool isMessageQueued)
    {
        BlockedSince ??= now;
        _heldUpSince = isMessageQueued ? _heldUpSince ?? now : null;
        _isHeldUpByWriter = true;
    }

    /// <summary>All frames that may be sent are written.</summary>
    public void OnIdle(TimeSpan now, bool isHeldUp)
    {
        BlockedSince = null;
        _isHeldUpByWriter = false;
        _heldUpSince = isHeldUp ? _heldUpSince ?? now : null;
    }

    /// <summary>The operating system has taken bytes.</summary>
    public void OnProgress() => BlockedSince = null;

    /// <summary>A frame of a message goes to the writer.</summary>
    public void OnMessageFrame() => _heldUpSince = null;

    public void Clear() => BlockedSince = _heldUpSince = null;

    /// <summary>The fault of a peer that has blocked messages for too long, or null.</summary>
    public readonly SessionFault? FaultAt(TimeSpan now, long queuedBytes)
    {
        if (BlockedSince + settings.NoProgressTimeout <= now)
        {
            return new SessionFault(DisconnectReason.SlowReader, $"took nothing for {settings.NoProgressTimeout}");
        }

        // The peer takes a byte now and then, which counts as progress, but lets no whole frame through.
        return _heldUpSince + settings.CreditTimeout <= now
            ? new SessionFault(
                _isHeldUpByWriter ? DisconnectReason.SlowReader : DisconnectReason.NoCredit,
                $"{queuedBytes} bytes waited for {settings.CreditTimeout}")
            : null;
    }
}
