namespace ActorP2P.Microbenchmarks;

/// <summary>Tells itself so many messages, so many at a time, and then says that it is done.</summary>
internal sealed class Juggler(int messages, int atATime, ManualResetEventSlim done) : UntypedActor
{
    /// <summary>Makes it begin.</summary>
    public static readonly object Begin = new();

    private static readonly object s_ball = new();
    private int _told;
    private int _handled;

    protected override void OnReceive(object message)
    {
        if (message == Begin)
        {
            _told = _handled = 0;
            Throw();
        }
        else if (++_handled == messages)
        {
            done.Set();
        }
        else if (_handled == _told)
        {
            Throw();
        }
    }

    private void Throw()
    {
        for (int i = 0; i < atATime; i++)
        {
            Self.Tell(s_ball, ActorRefs.NoSender);
        }

        _told += atATime;
    }
}
