namespace ActorP2P.Simulation;

/// <summary>Something that happened on a simulated network.</summary>
/// <param name="At">Virtual time.</param>
/// <param name="Kind">What.</param>
/// <param name="Connection">The connection's number, unique in the run; 0 when it is about none.</param>
/// <param name="Source">The host that did it, or that it was done to.</param>
/// <param name="Destination">The other host; empty when there is none.</param>
/// <param name="Detail">For people.</param>
public readonly record struct NetworkEvent(
    TimeSpan At, NetworkEventKind Kind, long Connection, string Source, string Destination, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Kind} {(Connection == 0 ? "" : $"#{Connection} ")}{Source}{(Destination.Length == 0 ? "" : $" > {Destination}")} {Detail}".TrimEnd();
}
