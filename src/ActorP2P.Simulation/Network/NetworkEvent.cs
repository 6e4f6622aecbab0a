namespace ActorP2P.Simulation;

/// <summary>Something that happened on a simulated network.</summary>
/// <param name="At">Virtual time.</param>
/// <param name="Kind">The kind of event.</param>
/// <param name="Connection">
/// The connection's number, unique in the run; 0 when the event concerns no connection.
/// </param>
/// <param name="Source">The host that caused the event, or that it concerns.</param>
/// <param name="Destination">The other host; empty when there is none.</param>
/// <param name="Detail">A text for people.</param>
public readonly record struct NetworkEvent(
    TimeSpan At, NetworkEventKind Kind, long Connection, string Source, string Destination, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() =>
        ($"{Kind} {(Connection == 0 ? "" : $"#{Connection} ")}{Source}"
            + $"{(Destination.Length == 0 ? "" : $" > {Destination}")} {Detail}").TrimEnd();
}
