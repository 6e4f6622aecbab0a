namespace ActorP2P.Protocol;

/// <summary>
/// What became of the addresses that names stand for. Each address has a fate of its own: one that is this node itself, or
/// no node at all, is passed over for a while, and the others of its name are dialled.
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

    /// <summary>The addresses of a name to pass over now; empty for most.</summary>
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
