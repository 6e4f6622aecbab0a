using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>The bounds of a <see cref="FrameConnection"/>.</summary>
internal sealed record FrameConnectionSettings
{
    /// <summary>The longest payload of a frame, in bytes. The default, 64 KiB, is the protocol's fragment.</summary>
    public int MaxPayloadBytes { get; init; } = 64 * 1024;

    /// <summary>
    /// Bytes of a receive slab. The default, 66 KiB, holds the longest default frame and is the longest buffer that is
    /// pooled whole; a slab is never shorter than the longest frame.
    /// </summary>
    public int SlabBytes { get; init; } = SharedBuffer.MaxPooledLength;

    /// <summary>
    /// Batches handed to the owner and not yet released, at which reading pauses. The default, 2, lets one be filled by
    /// the kernel while the other is in its turn.
    /// </summary>
    public int MaxUnreleasedBatches { get; init; } = 2;

    /// <summary>
    /// Buffered bytes at which <see cref="FrameConnection.HasRoom"/> turns false. The default, 64 KiB, is one write
    /// that reaches the throughput of a bare socket (measured); what is buffered here has left the lanes, so no more
    /// than needed.
    /// </summary>
    public int WriteBufferBytes { get; init; } = 64 * 1024;

    /// <summary>
    /// Payload bytes from which a payload with an owner is sent from where it lies instead of being copied. The
    /// default, 8 KiB, is where the copy begins to cost more than two more segments of a vectored write (measured over
    /// loopback: at 4 KiB the copy takes two thirds of the processor time, at 8 KiB a tenth more).
    /// </summary>
    public int ReferenceThresholdBytes { get; init; } = 8 * 1024;

    /// <summary>The slab length that honours both settings.</summary>
    internal int EffectiveSlabBytes => Math.Max(SlabBytes, MaxPayloadBytes + FrameHeader.Size);

    /// <summary>Refuses bounds that cannot work.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A bound is not positive, or the longest payload above 1 GiB.
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
