using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ActorP2P.Protocol;

/// <summary>
/// The byte windows of one direction of a session. Limits are cumulative since the start of the connection, so a
/// renewal cannot be lost or reordered, and a repeated one has no effect. Each frame of a message is charged its
/// payload plus <see cref="PerMessage"/>, so that tiny messages and tiny fragments are bounded too.
/// </summary>
internal sealed class CreditBook
{
    /// <summary>Classes of credit.</summary>
    public const int Classes = 4;

    /// <summary>
    /// Bytes charged for each frame of a message in addition to its payload: about what its bookkeeping costs the
    /// receiver.
    /// </summary>
    public const int PerMessage = 64;

    /// <summary>Bytes of each class that may be sent before the other side's hello is read.</summary>
    public const int Initial = 64 * 1024;

    // Inline structures instead of arrays, because each of thousands of connections has two books.
    private PerClass<long> _limit;
    private PerClass<long> _used;
    private PerClass<long> _finished;
    private PerClass<int> _window;

    /// <summary>The book of the sending side: every class may use <see cref="Initial"/>.</summary>
    public CreditBook() => ((Span<long>)_limit).Fill(Initial);

    /// <summary>The book of the receiving side, which grants <paramref name="window"/> bytes in every class.</summary>
    public CreditBook(int window)
    {
        ((Span<int>)_window).Fill(window);
        ((Span<long>)_limit).Fill(window);
    }

    /// <summary>The class that a kind is charged to; only kinds that carry application messages have one.</summary>
    public static bool TryClassOf(FrameKind kind, out CreditClass creditClass)
    {
        creditClass = kind switch
        {
            FrameKind.Request => CreditClass.Request,
            FrameKind.Response or FrameKind.Error => CreditClass.Response,
            FrameKind.Notify => CreditClass.Notify,
            _ => CreditClass.Broadcast,
        };
        return FrameRules.CarriesMessage(kind) || kind == FrameKind.Error;
    }

    /// <summary>Bytes used in a class since the start.</summary>
    public long Used(CreditClass creditClass) => _used[(int)creditClass];

    /// <summary>Bytes granted in a class since the start.</summary>
    public long Limit(CreditClass creditClass) => _limit[(int)creditClass];

    /// <summary>Receiving side: bytes of a class that have been finished since the start.</summary>
    public long Finished(CreditClass creditClass) => _finished[(int)creditClass];

    /// <summary>Receiving side: the current window of a class.</summary>
    public int Window(CreditClass creditClass) => _window[(int)creditClass];

    /// <summary>
    /// Receiving side: sets how far later renewals go beyond the finished bytes. A grant that was made is not taken
    /// back.
    /// </summary>
    public void Resize(CreditClass creditClass, int window) => _window[(int)creditClass] = window;

    /// <summary>Whether there is credit for <paramref name="bytes"/> more in the class.</summary>
    public bool Has(CreditClass creditClass, int bytes) => bytes <= _limit[(int)creditClass] - _used[(int)creditClass];

    /// <summary>Uses credit.</summary>
    /// <returns>False when the credit does not suffice; nothing is used then.</returns>
    public bool TryUse(CreditClass creditClass, int bytes)
    {
        bool has = Has(creditClass, bytes);
        if (has)
        {
            _used[(int)creditClass] += bytes;
        }

        return has;
    }

    /// <summary>Sending side: the receiver raised a limit. A limit that is not higher changes nothing.</summary>
    public void Raise(CreditClass creditClass, long limit) =>
        _limit[(int)creditClass] = Math.Max(_limit[(int)creditClass], limit);

    /// <summary>Sending side: the receiver raised limits by a credit frame.</summary>
    /// <returns>The fault of the frame, or null.</returns>
    public SessionFault? Raise(ReadOnlySpan<byte> payload)
    {
        for (; !payload.IsEmpty; payload = payload[FrameRules.CreditEntry..])
        {
            ulong limit = BinaryPrimitives.ReadUInt64BigEndian(payload[1..]);
            if (payload[0] >= Classes || limit > long.MaxValue)
            {
                return new SessionFault(
                    DisconnectReason.MalformedFrame, $"credit of class {payload[0]}, limit {limit}");
            }

            Raise((CreditClass)payload[0], (long)limit);
        }

        return null;
    }

    /// <summary>Receiving side: received bytes are finished, and the same room may be granted again.</summary>
    /// <returns>
    /// Whether a renewal is due: the window has moved by a quarter since the last grant, or by less where it is so
    /// small that the rest might not suffice for a full frame.
    /// </returns>
    public bool Finish(CreditClass creditClass, int bytes)
    {
        int i = (int)creditClass;
        _finished[i] += bytes;

        // The bytes that are finished but not renewed must leave credit for a full frame. Otherwise the
        // sender would wait for the renewal, while the renewal waits for more bytes to be finished.
        int spare = _window[i] - SessionSettings.MinCreditWindow;
        return _finished[i] + _window[i] - _limit[i] >= Math.Max(1, Math.Min(_window[i] / 4, spare));
    }

    /// <summary>
    /// Receiving side: moves the window up to the finished bytes and returns the new cumulative limit.
    /// </summary>
    public long Renew(CreditClass creditClass)
    {
        TryRenew(creditClass, withheld: 0, out long limit);
        return limit;
    }

    /// <summary>Receiving side: moves the window up to the finished bytes, less those that are withheld.</summary>
    /// <param name="creditClass">The class.</param>
    /// <param name="withheld">Finished bytes that must not be granted again yet.</param>
    /// <param name="limit">The new cumulative limit.</param>
    /// <returns>Whether the limit has moved, or nothing is withheld.</returns>
    public bool TryRenew(CreditClass creditClass, long withheld, out long limit)
    {
        int i = (int)creditClass;
        long next = _finished[i] + _window[i] - withheld;
        bool hasMoved = next > _limit[i];
        limit = _limit[i] = Math.Max(_limit[i], next);
        return hasMoved || withheld == 0;
    }

    /// <summary>A value for each <see cref="CreditClass"/>, stored inline.</summary>
    /// <typeparam name="T">The values' type.</typeparam>
    [InlineArray(Classes)]
    internal struct PerClass<T>
    {
        private T _first;
    }
}
