namespace ActorP2P.Protocol;

/// <summary>
/// How much of the credit that a peer has used and this node has finished is withheld, because the peer is above its
/// rates. Each class has its own. It allocates nothing until the peer sends.
/// </summary>
/// <param name="pressure">The node's pressure and rates.</param>
/// <param name="began">When the connection began.</param>
internal sealed class PeerRate(Pressure pressure, TimeSpan began)
{
    /// <summary>
    /// A full frame's credit is granted this often at least, whatever the rates: half of the default time after which a
    /// sender that has no credit gives the connection up.
    /// </summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(30);

    // What a peer may send at once at the beginning of its connection under the rule of averages: the first ten seconds
    // of it.
    private const int FirstSeconds = 10;

    private Flow[] _flows = [];
    private double _released;
    private bool _isLimited;

    /// <summary>When to look at withheld credit again; null when none is withheld.</summary>
    public TimeSpan? NextLook { get; private set; }

    /// <summary>A frame of a message is finished.</summary>
    public void Finish(CreditClass creditClass, int bytes)
    {
        _flows = _flows.Length > 0 ? _flows : new Flow[CreditBook.Classes];
        ref Flow flow = ref _flows[(int)creditClass];
        flow.Messages++;
        flow.Bytes += bytes;
    }

    /// <summary>Releases what the rates allow by now.</summary>
    /// <returns>The bytes of the class that are finished and must not be granted yet.</returns>
    public long Withhold(CreditClass creditClass, TimeSpan now)
    {
        if (_flows.Length == 0)
        {
            return 0;
        }

        ref Flow flow = ref _flows[(int)creditClass];
        double part = creditClass == CreditClass.Response || flow.Bytes <= 0 ? 1 : PartOf(ref flow, now);
        if (part < 1 && now - (flow.HeldSince ??= now) >= LongestHold)
        {
            flow.HeldSince = now;
            part = Math.Min(1, Math.Max(part, SessionSettings.MinCreditWindow / flow.Bytes));
        }

        _released += part * flow.Messages;
        flow.ByMessages.Take(part * flow.Messages);
        flow.ByBytes.Take(part * flow.Bytes);
        flow.Messages -= part * flow.Messages;
        flow.Bytes -= part * flow.Bytes;
        if (part >= 1)
        {
            flow.Messages = flow.Bytes = 0;
            flow.HeldSince = null;
        }

        return (long)flow.Bytes;
    }

    /// <summary>The time of <see cref="NextLook"/> has come.</summary>
    public void OnTimer() => NextLook = null;

    /// <summary>All classes have been looked at.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isLimited">Whether credit is withheld.</param>
    public void OnLooked(TimeSpan now, bool isLimited)
    {
        NextLook = isLimited ? now + Pressure.Interval : null;
        if (isLimited != _isLimited)
        {
            _isLimited = isLimited;
            pressure.OnLimited(isLimited);
        }
    }

    /// <summary>The part of what waits that may be granted now.</summary>
    private double PartOf(ref Flow flow, TimeSpan now)
    {
        RateSettings rates = pressure.Settings;
        double part = 1;
        if (rates.AverageMessagesPerSecond > 0)
        {
            double allowed = rates.AverageMessagesPerSecond * (FirstSeconds + (now - began).TotalSeconds);
            part = Math.Min(part, (allowed - _released) / flow.Messages);
        }

        if (pressure.ShareAt(now) is { } share)
        {
            part = Math.Min(part, PartOf(ref flow.ByMessages, now, rates.MessagesPerSecond * share, flow.Messages));
            part = Math.Min(part, PartOf(ref flow.ByBytes, now, rates.BytesPerSecond * share, flow.Bytes));
        }
        else
        {
            flow.ByMessages.Reset();
            flow.ByBytes.Reset();
        }

        return Math.Max(0, part);
    }

    private static double PartOf(ref TokenBucket bucket, TimeSpan now, double perSecond, double wanted)
    {
        if (perSecond <= 0)
        {
            return 1;
        }

        bucket.Fill(now, perSecond);
        return bucket.Level / wanted;
    }

    /// <summary>What is finished in a class and not granted again.</summary>
    private struct Flow
    {
        public double Messages;
        public double Bytes;
        public TokenBucket ByMessages;
        public TokenBucket ByBytes;
        public TimeSpan? HeldSince;
    }
}
