namespace ActorP2P;

/// <summary>The states of an <see cref="AkkaIoPort"/>.</summary>
internal enum AkkaIoPortState
{
    /// <summary>Akka.IO was asked to bind and has not answered.</summary>
    Binding,

    /// <summary>The bind lost accepts. When its listener has ended, the port is bound again.</summary>
    Rebinding,

    /// <summary>Bound, but not open: accepted connections wait.</summary>
    Bound,

    /// <summary>Accepted connections are passed to the sink.</summary>
    Open,

    /// <summary>Nobody listens any more; the port stays bound for the connections that it accepted.</summary>
    Left,

    /// <summary>Akka.IO's listener has ended by itself; the port will be bound again.</summary>
    Lost,

    /// <summary>Akka.IO was asked to unbind the port.</summary>
    Closing,

    /// <summary>The port is free.</summary>
    Ended,
}
