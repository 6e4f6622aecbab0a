namespace ActorP2P;

/// <summary>Why an operation failed or a connection ended.</summary>
/// <param name="Fault">The kind of fault, for programs.</param>
/// <param name="Detail">A text for people and logs; never null in an error, but possibly empty.</param>
public readonly record struct TransportError(TransportFault Fault, string Detail)
{
    /// <inheritdoc/>
    public override string ToString() => string.IsNullOrEmpty(Detail) ? Fault.ToString() : $"{Fault}: {Detail}";
}
