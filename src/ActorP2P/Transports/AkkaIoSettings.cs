namespace ActorP2P;

/// <summary>The settings of Akka.IO. They have no effect on a node that uses sockets.</summary>
public sealed record AkkaIoSettings
{
    /// <summary>The smallest <see cref="FrameSize"/>: one page of memory.</summary>
    public const int MinFrameSize = 4 * 1024;

    /// <summary>
    /// The largest <see cref="FrameSize"/>. Each connection holds a buffer of this size as long as it exists.
    /// </summary>
    public const int MaxFrameSize = 1024 * 1024;

    /// <summary>
    /// The bytes that Akka.IO reads or writes at a time (its <c>maximum-frame-size</c>). Each connection holds a
    /// receive buffer of this size. Compared to 64 KiB, the default of 16 KiB takes a quarter of the memory and a fifth
    /// more processor time with small messages.
    /// </summary>
    public int FrameSize { get; init; } = 16 * 1024;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">
    /// A value is not allowed; the message names it and says what is allowed.
    /// </exception>
    internal void Validated()
    {
        if (FrameSize is < MinFrameSize or > MaxFrameSize)
        {
            throw new ArgumentException(
                $"{nameof(FrameSize)} is {FrameSize}; allowed: {MinFrameSize} to {MaxFrameSize}.", nameof(FrameSize));
        }
    }
}
