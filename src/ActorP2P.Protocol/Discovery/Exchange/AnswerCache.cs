namespace ActorP2P.Protocol;

/// <summary>
/// The records that a node answers with. It is one answer for all who ask within a slice of the day, so that nobody
/// can read the whole book by asking often, or watch how it changes. Only a book that has doubled is worth another
/// answer before: that happens a few times while a network begins, and never again.
/// </summary>
/// <param name="book">The book.</param>
/// <param name="slice">How long an answer is kept.</param>
internal sealed class AnswerCache(AddressBook book, TimeSpan slice)
{
    /// <summary>The most records in an answer. Bitcoin Core's value.</summary>
    public const int MostRecords = 1_000;

    /// <summary>How long a node keeps its answer: a third of what Bitcoin Core does.</summary>
    public static readonly TimeSpan UsualSlice = TimeSpan.FromHours(8);

    /// <summary>How long a node whose purpose it is to serve addresses keeps its answer.</summary>
    public static readonly TimeSpan ShortSlice = TimeSpan.FromMinutes(1);

    // Bitcoin Core's share. A book of a beginning network is passed on whole: it has no secrets yet.
    private const double Share = 0.23;
    private const int AlwaysPassedOn = 128;

    private IReadOnlyList<byte[]> _answer = [];
    private int _recordsThen;
    private TimeSpan? _madeAt;

    /// <summary>The answer.</summary>
    /// <param name="now">The time since 1970.</param>
    public IReadOnlyList<byte[]> Get(TimeSpan now)
    {
        bool isOver = _madeAt is not { } madeAt || now < madeAt || now - madeAt >= slice;
        if (isOver || book.Records >= Math.Max(1, 2 * _recordsThen))
        {
            int most = Math.Min(MostRecords, Math.Max(AlwaysPassedOn, (int)(book.Records * Share)));
            _recordsThen = book.Records;
            _madeAt = now;
            _answer = book.Sample(most, now);
        }

        return _answer;
    }
}
