using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>The bounds of a <see cref="FrameConnection"/>.</summary>
internal sealed record FrameConnectionSettings
{
    /// <summary>The longest payload of a frame, in bytes. The default, 64 KiB, is the protocol's fragment.</summary>
    public int MaxPayloadBytes { get; init; } = 64 * 1024;

    /// <summary>
    /// The length of a receive slab in bytes. The default, 66 KiB, holds the longest default frame and is the longest
    /// buffer that is pooled as an object. A slab is never shorter than the longest frame.
    /// </summary>
    public int SlabBytes { get; init; } = SharedBuffer.MaxPooledLength;

    /// <summary>
    /// The batches that the owner has and has not released, at which reading pauses. With the default, 2, the kernel
    /// can fill one while the owner handles the other.
    /// </summary>
    public int MaxUnreleasedBatches { get; init; } = 2;

    /// <summary>
    /// The buffered bytes from which on <see cref="FrameConnection.HasRoom"/> is false. The default, 64 KiB, is one
    /// write, which reaches the throughput of a bare socket (measured). It is not larger, because buffered bytes have
    /// left the lanes and can no longer be overtaken.
    /// </summary>
    public int WriteBufferBytes { get; init; } = 64 * 1024;

    /// <summary>
    /// The payload length in bytes from which on a payload with an owner is sent from its buffer instead of being
    /// copied. From the default, 8 KiB, on a copy costs more than two more segments of a vectored write. Measured over
    /// loopback: at 4 KiB the copy takes two thirds of the processor time, and at 8 KiB a tenth more.
    /// </summary>
    public int ReferenceThresholdBytes { get; init; } = 8 * 1024;

    /// <summary>The slab length that satisfies both settings.</summary>
    internal int EffectiveSlabBytes => Math.Max(SlabBytes, MaxPayloadBytes + FrameHeader.Size);

    /// <summary>Checks that the bounds are possible.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A bound is not positive, or the longest payload is more than 1 GiB.
    /// </exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxPayloadBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxPayloadBytes, 1 << 30);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(SlabBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxUnreleasedBatches);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(WriteBufferBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(ReferenceThresholdBytes);
    }
}
