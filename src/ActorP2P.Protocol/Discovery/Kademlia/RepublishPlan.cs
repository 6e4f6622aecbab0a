namespace ActorP2P.Protocol;

/// <summary>The services that this node offers in the distributed hash table, and when to say so again.</summary>
internal sealed class RepublishPlan
{
    /// <summary>The most services: as many as other nodes keep of one node.</summary>
    public const int Most = ProviderTable.MostPerNode;

    private readonly SortedDictionary<string, TimeSpan> _due = new(StringComparer.Ordinal);

    /// <summary>The services.</summary>
    public IReadOnlyCollection<string> Services => _due.Keys;

    /// <summary>When a service is due; null when there is none.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            TimeSpan? next = null;
            foreach (TimeSpan due in _due.Values)
            {
                next = WaitTime.Earliest(next, due);
            }

            return next;
        }
    }

    /// <summary>Adds a service that was published now.</summary>
    /// <returns>False when there are as many as allowed.</returns>
    public bool TryAdd(string service, TimeSpan now)
    {
        if (_due.Count >= Most && !_due.ContainsKey(service))
        {
            return false;
        }

        _due[service] = now + DhtLimits.RepublishAfter;
        return true;
    }

    /// <summary>Nobody was there to be told of a service: it is due again soon.</summary>
    public void Retry(string service, TimeSpan now)
    {
        if (_due.ContainsKey(service))
        {
            _due[service] = now + DhtLimits.CheckPause;
        }
    }

    /// <summary>The node no longer offers a service. Others forget it when the record expires.</summary>
    public bool Remove(string service) => _due.Remove(service);

    /// <summary>Takes a service that is due, which is due again after a while; null when there is none.</summary>
    public string? TakeDue(TimeSpan now)
    {
        foreach ((string service, TimeSpan due) in _due)
        {
            if (due <= now)
            {
                _due[service] = now + DhtLimits.RepublishAfter;
                return service;
            }
        }

        return null;
    }
}
