namespace ActorP2P.Transport;

/// <summary>Tells the owner of room: one call at a time, and one more for all wishes that came during it.</summary>
internal sealed class RoomBell(ConnectionLife life)
{
    private readonly Lock _lock = new();
    private bool _ringing;
    private bool _again;

    /// <summary>Calls <see cref="IFrameSink.OnRoom"/>, unless the connection has ended; true when it ends with this call.</summary>
    internal bool Ring(IFrameSink sink)
    {
        lock (_lock)
        {
            _again = _ringing;
            if (_ringing || !life.TryEnter(Activities.TellingRoom))
            {
                return false;
            }

            _ringing = true;
        }

        do
        {
            sink.OnRoom();
        }
        while (RingsAgain());
        return life.Leave(Activities.TellingRoom);
    }

    private bool RingsAgain()
    {
        lock (_lock)
        {
            _ringing = _again;
            _again = false;
            return _ringing;
        }
    }
}
