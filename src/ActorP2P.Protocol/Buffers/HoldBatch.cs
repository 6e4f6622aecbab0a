namespace ActorP2P.Protocol;

/// <summary>
/// Holds that are no longer needed, let go of together when they are on one buffer: small messages lie side by side in one, and
/// leave side by side.
/// </summary>
internal struct HoldBatch
{
    private SharedBuffer? _buffer;
    private int _count;

    /// <summary>Lets go of a hold, now or with those that follow.</summary>
    public void Add(SharedBuffer? buffer)
    {
        if (!ReferenceEquals(buffer, _buffer))
        {
            Flush();
            _buffer = buffer;
        }

        _count++;
    }

    /// <summary>Lets go of all that was added.</summary>
    public void Flush()
    {
        _buffer?.Release(_count);
        _buffer = null;
        _count = 0;
    }
}
