namespace ActorP2P;

/// <summary>Names the service that a high byte of message types stands for.</summary>
/// <param name="Code">The high byte.</param>
/// <param name="Name">The service's name; at most 64 bytes of UTF-8.</param>
public readonly record struct ServiceName(byte Code, string Name)
{
    /// <inheritdoc/>
    public override int GetHashCode() => Code;
}
