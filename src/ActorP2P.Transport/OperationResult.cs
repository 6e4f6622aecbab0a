namespace ActorP2P;

/// <summary>What became of one receive or send.</summary>
/// <param name="IsPending">The operation goes on, its result goes to the sink; the other fields mean nothing.</param>
/// <param name="Bytes">Bytes received or sent.</param>
/// <param name="Error">Why it failed; the fault is <see cref="TransportFault.None"/> when it did not.</param>
public readonly record struct OperationResult(bool IsPending, int Bytes, TransportError Error)
{
    /// <summary>The operation has not ended yet.</summary>
    public static OperationResult Pending => new(true, 0, default);

    /// <summary>Whether the operation ended without its purpose.</summary>
    public bool IsFailed => Error.Fault != TransportFault.None;

    /// <summary>The operation moved <paramref name="bytes"/> bytes.</summary>
    public static OperationResult Completed(int bytes) => new(false, bytes, default);

    /// <summary>The operation failed.</summary>
    public static OperationResult Failed(TransportError error) => new(false, 0, error);

    /// <summary>The operation failed.</summary>
    public static OperationResult Failed(TransportFault fault, string detail) =>
        new(false, 0, new TransportError(fault, detail));
}
