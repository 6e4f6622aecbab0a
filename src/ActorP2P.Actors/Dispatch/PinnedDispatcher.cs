namespace ActorP2P.Actors;

/// <summary>A thread for one actor alone, for handlers that block; it ends with the actor.</summary>
internal sealed class PinnedDispatcher : MessageDispatcher
{
    private readonly object _gate = new();
    private Thread? _thread;
    private int _due;

    public override void Schedule(Mailbox mailbox, bool preferLocal)
    {
        lock (_gate)
        {
            _due++;
            Monitor.Pulse(_gate);
            if (_thread is not null)
            {
                return;
            }
            _thread = new Thread(() => Run(mailbox)) { IsBackground = true, Name = mailbox.Cell.Self.Path.ToString() };
        }
        _thread.Start();
    }

    private void Run(Mailbox mailbox)
    {
        do
        {
            lock (_gate)
            {
                while (_due == 0)
                {
                    Monitor.Wait(_gate);
                }
                _due--;
            }
            mailbox.Execute();
        }
        while (!mailbox.IsClosed);
    }
}
