namespace ActorP2P.Protocol;

/// <summary>
/// Releases holds on buffers, and combines holds on the same buffer into one step. Small messages
/// lie side by side in one buffer and are sent one after the other, so their holds come in a row.
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

    /// <summary>Releases all holds that were added.</summary>
    public void Flush()
    {
        _buffer?.Release(_count);
        _buffer = null;
        _count = 0;
    }
}
