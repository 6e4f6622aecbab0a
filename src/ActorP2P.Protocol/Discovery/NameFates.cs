namespace ActorP2P.Protocol;

/// <summary>
/// Remembers which addresses of a name failed. An address that leads to this node itself, or to a
/// node of another network, is skipped for a while; the other addresses of the name are dialled.
/// </summary>
/// <param name="settings">The times.</param>
/// <param name="random">The jitter.</param>
internal sealed class NameFates(DialSettings settings, Random random)
{
    private readonly Dictionary<PeerAddress, Dictionary<PeerAddress, TimeSpan>> _until = [];

    /// <summary>A connection to one of a name's addresses ended before it was ready.</summary>
    /// <param name="name">The name, with its port.</param>
    /// <param name="address">The address that was connected to.</param>
    /// <param name="now">The time.</param>
    /// <param name="reason">Why it ended.</param>
    public void Failed(PeerAddress name, PeerAddress address, TimeSpan now, DisconnectReason reason)
    {
        TimeSpan late = (settings.MaxBackoff / 2) + (settings.MaxBackoff / 2 * random.NextDouble());
        if (!_until.TryGetValue(name, out Dictionary<PeerAddress, TimeSpan>? fates))
        {
            _until[name] = fates = [];
        }

        fates[address] = now + (ReasonTable.Of(reason).Redial == Redial.Soon ? settings.FirstBackoff : late);
    }

    /// <summary>The addresses of a name that are not to be dialled now; usually none.</summary>
    public IReadOnlySet<PeerAddress> Excluded(PeerAddress name, TimeSpan now)
    {
        HashSet<PeerAddress> excluded = [];
        if (_until.TryGetValue(name, out Dictionary<PeerAddress, TimeSpan>? fates))
        {
            foreach ((PeerAddress address, TimeSpan until) in fates)
            {
                if (until > now)
                {
                    excluded.Add(address);
                }
                else
                {
                    fates.Remove(address);
                }
            }

            if (fates.Count == 0)
            {
                _until.Remove(name);
            }
        }

        return excluded;
    }
}
