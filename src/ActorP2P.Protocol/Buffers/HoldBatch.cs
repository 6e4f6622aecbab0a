namespace ActorP2P.Protocol;

/// <summary>
/// Releases holds on buffers, all on one buffer in one step: small messages lie side by side in one buffer, and are
/// sent one after the other.
/// </summary>
internal struct HoldBatch
{
    private SharedBuffer? _buffer;
    private int _count;

    /// <summary>Releases a hold, now or together with those that follow.</summary>
    public void Add(SharedBuffer? buffer)
    {
        if (!ReferenceEquals(buffer, _buffer))
        {
            Flush();
            _buffer = buffer;
        }

        _count++;
    }

    /// <summary>Releases all that was added.</summary>
    public void Flush()
    {
        _buffer?.Release(_count);
        _buffer = null;
        _count = 0;
    }
}
