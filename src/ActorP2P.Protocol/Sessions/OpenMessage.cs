namespace ActorP2P.Protocol;

/// <summary>A message of which some fragments have come. It is discarded until it is accepted.</summary>
internal sealed class OpenMessage(in FrameHeader header, int total)
{
    // A page: a declared total must not allocate, and a first fragment may be almost empty.
    private const int LeastCapacity = 4096;

    // Growing by four copies a third of the bytes, and never holds more than four times what came (eight, where the
    // pool rounds up to a power of two).
    private const int Growth = 4;

    public FrameHeader Header { get; } = header;

    public int Total { get; } = total;

    public int Received { get; private set; }

    public Lane Lane => Header.Lane;

    /// <summary>Bytes reserved for it: all of it, or nothing while it waits for room.</summary>
    public int Reserved { get; set; }

    /// <summary>The claim of a response that waits for room.</summary>
    public ReplyRoom.Ticket? Ticket { get; set; }

    /// <summary>Bytes that may come before the sender has heard that it must wait.</summary>
    public long HeldLimit { get; set; }

    /// <summary>When the last fragment came.</summary>
    public TimeSpan LastProgress { get; set; }

    /// <summary>From when it is not wanted any more; null for never.</summary>
    public TimeSpan? Expires { get; set; }

    /// <summary>Its headers when they have a trace, copied; null otherwise.</summary>
    public byte[]? Headers { get; set; }

    public bool IsDiscarded => Buffer is null;

    /// <summary>
    /// What came so far: the first <see cref="Received"/> bytes. The taker of the complete message releases it.
    /// </summary>
    public SharedBuffer? Buffer { get; private set; }

    // Twice the first fragment: most messages in fragments are short.
    public void Accept(int firstBytes) =>
        Buffer = SharedBuffer.Rent(Math.Min(Total, Math.Max(LeastCapacity, 2 * firstBytes)));

    public void Add(ReadOnlySpan<byte> body)
    {
        if (Buffer is not null)
        {
            Grow(Received + body.Length);
            body.CopyTo(Buffer.Array.AsSpan(Received));
        }

        Received += body.Length;
    }

    public void Discard()
    {
        Buffer?.Release();
        Buffer = null;
    }

    private void Grow(int needed)
    {
        if (needed <= Buffer!.Capacity)
        {
            return;
        }

        long capacity = Math.Max(needed, (long)Growth * Buffer.Capacity);
        SharedBuffer larger = SharedBuffer.Rent((int)Math.Min(Total, capacity));
        Buffer.Array.AsSpan(0, Received).CopyTo(larger.Array);
        Buffer.Release();
        Buffer = larger;
    }
}
