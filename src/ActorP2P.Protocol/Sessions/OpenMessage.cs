namespace ActorP2P.Protocol;

/// <summary>A message of which some fragments have arrived. Its bytes are discarded unless it is accepted.</summary>
internal sealed class OpenMessage(in FrameHeader header, int total)
{
    // A page. A declared total must not decide how much is allocated, and a first fragment may be almost empty.
    private const int LeastCapacity = 4096;

    // Growing by a factor of four copies a third of the bytes. The buffer is at most four times as long as what has
    // arrived (eight times where the pool rounds up to a power of two).
    private const int Growth = 4;

    public FrameHeader Header { get; } = header;

    public int Total { get; } = total;

    public int Received { get; private set; }

    public Lane Lane => Header.Lane;

    /// <summary>Bytes reserved for it: its total, or nothing while it waits for room.</summary>
    public int Reserved { get; set; }

    /// <summary>The claim of a response that waits for room.</summary>
    public ReplyRoom.Ticket? Ticket { get; set; }

    /// <summary>Bytes that may arrive before the sender can know that it must wait.</summary>
    public long HeldLimit { get; set; }

    /// <summary>When its last fragment arrived.</summary>
    public TimeSpan LastProgress { get; set; }

    /// <summary>When it expires; null for never.</summary>
    public TimeSpan? Expires { get; set; }

    /// <summary>Its headers when they have a trace, copied; null otherwise.</summary>
    public byte[]? Headers { get; set; }

    public bool IsDiscarded => Buffer is null;

    /// <summary>
    /// The bytes so far: the first <see cref="Received"/> bytes are valid. The receiver of the complete message
    /// releases it.
    /// </summary>
    public SharedBuffer? Buffer { get; private set; }

    // Twice the first fragment: most fragmented messages are short.
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
