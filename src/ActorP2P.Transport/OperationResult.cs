namespace ActorP2P;

/// <summary>The result of one receive or send.</summary>
/// <param name="IsPending">
/// Whether the operation goes on; its result then goes to the sink, and the other fields have no meaning.
/// </param>
/// <param name="Bytes">Bytes received or sent.</param>
/// <param name="Error">Why it failed; its fault is <see cref="TransportFault.None"/> if it did not fail.</param>
public readonly record struct OperationResult(bool IsPending, int Bytes, TransportError Error)
{
    /// <summary>The operation has not ended yet.</summary>
    public static OperationResult Pending => new(true, 0, default);

    /// <summary>Whether the operation failed.</summary>
    public bool IsFailed => Error.Fault != TransportFault.None;

    /// <summary>The operation moved <paramref name="bytes"/> bytes.</summary>
    public static OperationResult Completed(int bytes) => new(false, bytes, default);

    /// <summary>The operation failed.</summary>
    public static OperationResult Failed(TransportError error) => new(false, 0, error);

    /// <summary>The operation failed.</summary>
    public static OperationResult Failed(TransportFault fault, string detail) =>
        new(false, 0, new TransportError(fault, detail));
}
