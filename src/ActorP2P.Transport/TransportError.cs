namespace ActorP2P;

/// <summary>Why something ended or failed.</summary>
/// <param name="Fault">What programs decide by.</param>
/// <param name="Detail">What people read in a log; never null in an error, may be empty.</param>
public readonly record struct TransportError(TransportFault Fault, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() => string.IsNullOrEmpty(Detail) ? Fault.ToString() : $"{Fault}: {Detail}";
}
