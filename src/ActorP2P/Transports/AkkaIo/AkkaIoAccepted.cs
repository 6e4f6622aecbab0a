namespace ActorP2P;

/// <summary>
/// The connections that a port has accepted and that have not ended. Some of them may still wait because the port is
/// not open. The port's lock guards it.
/// </summary>
internal sealed class AkkaIoAccepted
{
    // The most connections that wait: accepted after Akka.IO has bound the port and before the port is opened.
    private const int MaxEarly = 64;

    // Each connection with the listener that is its parent.
    private readonly Dictionary<AkkaIoConnection, IActorRef> _listeners = new(ReferenceEqualityComparer.Instance);
    private readonly List<AkkaIoConnection> _early = [];

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _listeners.Count == 0;

    /// <summary>Whether one more connection may wait for the port to open.</summary>
    public bool HasEarlyRoom => _early.Count < MaxEarly;

    /// <summary>Adds a connection.</summary>
    public void Add(AkkaIoConnection connection, IActorRef listener) => _listeners.Add(connection, listener);

    /// <summary>Lets a connection wait for the port to open.</summary>
    public void AddEarly(AkkaIoConnection connection) => _early.Add(connection);

    /// <summary>Takes the connections that wait for the port to open.</summary>
    public AkkaIoConnection[] TakeEarly()
    {
        AkkaIoConnection[] early = [.. _early];
        _early.Clear();
        return early;
    }

    /// <summary>A connection has ended.</summary>
    public void Remove(AkkaIoConnection connection) => _listeners.Remove(connection);

    /// <summary>The connections that a listener has accepted.</summary>
    public AkkaIoConnection[] Of(IActorRef listener) =>
        [.. _listeners.Where(pair => pair.Value.Equals(listener)).Select(static pair => pair.Key)];
}
