namespace ActorP2P.Protocol;

/// <summary>
/// The classes of credit. Each has a window of its own, so that replies never wait behind unread requests.
/// </summary>
internal enum CreditClass : byte
{
    /// <summary>Requests.</summary>
    Request = 0,
    /// <summary>Responses and errors.</summary>
    Response = 1,
    /// <summary>Notifies.</summary>
    Notify = 2,
    /// <summary>Broadcasts.</summary>
    Broadcast = 3,
}
