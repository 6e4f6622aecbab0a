namespace ActorP2P.Actors;

/// <summary>Names an actor system, and where it can be reached if it can be reached at all.</summary>
/// <param name="Protocol">The scheme, <c>akka</c> for local systems as the dialect prints it.</param>
/// <param name="System">The name of the actor system.</param>
/// <param name="Host">The host, or null for a local address.</param>
/// <param name="Port">The port, or null for a local address.</param>
public sealed record Address(string Protocol, string System, string? Host = null, int? Port = null)
{
    /// <summary>True when the address carries no host.</summary>
    public bool HasLocalScope => Host is null;

    /// <summary><c>protocol://system</c>, with <c>@host:port</c> where there is one.</summary>
    public override string ToString() => Host is null
        ? $"{Protocol}://{System}"
        : $"{Protocol}://{System}@{Host}:{Port}";
}
