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
    /// Registers handlers of the notifies and requests that come from this peer. They are asked before those of the
    /// node, from the first message of each connection on, until the handle is closed. If several handles of one node
    /// handle the same type, the first one that was opened does. Null: the node's handlers handle all.
    /// </summary>
    /// <remarks>
    /// The peer of a handle is the node that the address names; if the address has no id, it is the peer of each
    /// connection that was dialled for the address or that the handle uses. Broadcasts, streams, services and
    /// admission belong to the node's protocol and cannot be registered here.
    /// </remarks>
    public Action<ProtocolBuilder>? Handlers { get; init; }

    /// <summary>
    /// The path of the peer's cookie file, with which the handle logs in on each new connection before messages that
    /// wait are sent (<see cref="NodeLogins.LoginAsync"/>). The file is read each time, because a node writes a new
    /// cookie at each start. If the login fails, the connection is closed, and the handle dials again after a pause.
    /// Null: the handle does not log in.
    /// </summary>
    public string? CookieFile { get; init; }

    /// <summary>
    /// Called for each new connection, after the login if there is one, before messages that wait are sent. If it
    /// fails, the connection is closed, and the handle dials again after a pause. Null: nothing is called. It must not
    /// wait for messages of the handle itself, which wait for it.
    /// </summary>
    public Func<Peer, CancellationToken, ValueTask>? Prepare { get; init; }

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is out of range.</exception>
    /// <exception cref="ArgumentException">The path of the cookie file is empty.</exception>
    internal PeerHandleOptions Validated()
    {
        if (Capacity is < 1 or > 100_000)
        {
            throw new ArgumentOutOfRangeException(
                nameof(Capacity), Capacity, $"{nameof(Capacity)} is {Capacity}; allowed: 1 to 100,000.");
        }

        if (CookieFile is not null && string.IsNullOrWhiteSpace(CookieFile))
        {
            throw new ArgumentException(
                $"{nameof(CookieFile)} is empty; allowed: a path, or null to log in nowhere.", nameof(CookieFile));
        }

        return this;
    }
}
