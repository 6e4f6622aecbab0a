namespace ActorP2P;

/// <summary>What an <see cref="AkkaIoPort"/> is doing.</summary>
internal enum AkkaIoPortState
{
    /// <summary>Akka.IO was asked to bind and has not answered.</summary>
    Binding,

    /// <summary>The bind was not clean: its listener ends, and then the port is bound again.</summary>
    Rebinding,

    /// <summary>Bound; what is accepted waits.</summary>
    Bound,

    /// <summary>What is accepted is handed over.</summary>
    Open,

    /// <summary>The listening is over; the port is there for the connections that it accepted.</summary>
    Left,

    /// <summary>Akka.IO's listener has ended by itself; the port is bound again soon.</summary>
    Lost,

    /// <summary>Akka.IO was asked to free the port.</summary>
    Closing,

    /// <summary>The port is free.</summary>
    Ended,
}
