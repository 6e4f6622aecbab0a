namespace ActorP2P;

/// <summary>How a <see cref="PeerHandle"/> behaves.</summary>
public sealed record PeerHandleOptions
{
    /// <summary>
    /// The most messages of this handle that may wait for a connection, 1 to 100,000. Further ones are refused
    /// (<see cref="SendFailure.QueueFull"/>, <see cref="AskFailure.QueueFull"/>). The default is 2,000.
    /// </summary>
    public int Capacity { get; init; } = 2_000;

    /// <summary>
    /// Called for each new connection before messages that wait are sent, for example to log in. If it fails, the
    /// connection is closed, and the handle dials again after a pause. Null: nothing is called.
    /// </summary>
    public Func<Peer, CancellationToken, ValueTask>? Prepare { get; init; }

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is out of range.</exception>
    internal PeerHandleOptions Validated() => Capacity is >= 1 and <= 100_000
        ? this
        : throw new ArgumentOutOfRangeException(
            nameof(Capacity), Capacity, $"{nameof(Capacity)} is {Capacity}; allowed: 1 to 100,000.");
}
