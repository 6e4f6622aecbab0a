namespace ActorP2P;

/// <summary>What can be set about Akka.IO. Without effect on a node that uses sockets.</summary>
public sealed record AkkaIoSettings
{
    /// <summary>The least <see cref="FrameSize"/>: a page.</summary>
    public const int MinFrameSize = 4 * 1024;

    /// <summary>The greatest <see cref="FrameSize"/>: each connection holds a buffer of this size for as long as it
    /// lives.</summary>
    public const int MaxFrameSize = 1024 * 1024;

    /// <summary>
    /// Bytes that Akka.IO reads or writes at a time (its <c>maximum-frame-size</c>). Each connection holds a receive
    /// buffer of this size. 16 KiB: a quarter of the memory of 64 KiB, for a fifth more processor time with small
    /// messages.
    /// </summary>
    public int FrameSize { get; init; } = 16 * 1024;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">One is not allowed; the message names it, its value and what is
    /// allowed.</exception>
    internal void Validated()
    {
        if (FrameSize is < MinFrameSize or > MaxFrameSize)
        {
            throw new ArgumentException(
                $"{nameof(FrameSize)} is {FrameSize}; allowed: {MinFrameSize} to {MaxFrameSize}.", nameof(FrameSize));
        }
    }
}
