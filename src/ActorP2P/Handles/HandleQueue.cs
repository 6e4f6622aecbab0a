using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The messages that wait for a connection, in the order of their calls. It has no lock of its own: the lock of the
/// <see cref="HandleMessages"/> guards it.
/// </summary>
internal sealed class HandleQueue
{
    private readonly LinkedList<HandleEntry> _entries = [];
    private readonly Dictionary<PeerHandle, int> _counts = [];
    private long _last;

    /// <summary>When the first deadline passes; null when none does.</summary>
    public TimeSpan? NextDeadline
    {
        get
        {
            TimeSpan? next = null;
            foreach (HandleEntry entry in _entries)
            {
                next = WaitTime.Earliest(next, entry.Deadline);
            }

            return next;
        }
    }

    /// <summary>How many messages of a handle wait.</summary>
    public int CountOf(PeerHandle owner) => _counts.GetValueOrDefault(owner);

    /// <summary>Adds a new message at the end; false when its handle has as many as it may.</summary>
    public bool TryAdd(HandleEntry entry)
    {
        if (CountOf(entry.Owner) >= entry.Owner.Options.Capacity)
        {
            return false;
        }

        entry.Number = ++_last;
        _entries.AddLast(entry);
        Count(entry.Owner, 1);
        return true;
    }

    /// <summary>Adds a message again that was taken, at its place in the order of calls.</summary>
    public void Return(HandleEntry entry)
    {
        LinkedListNode<HandleEntry>? after = _entries.First;
        while (after is not null && after.Value.Number < entry.Number)
        {
            after = after.Next;
        }

        if (after is null)
        {
            _entries.AddLast(entry);
        }
        else
        {
            _entries.AddBefore(after, entry);
        }

        Count(entry.Owner, 1);
    }

    /// <summary>Takes the first message.</summary>
    public bool TryTake([NotNullWhen(true)] out HandleEntry? entry)
    {
        entry = _entries.First?.Value;
        if (entry is not null)
        {
            _entries.RemoveFirst();
            Count(entry.Owner, -1);
        }

        return entry is not null;
    }

    /// <summary>Removes a message, if it waits.</summary>
    public void Remove(HandleEntry entry)
    {
        if (_entries.Remove(entry))
        {
            Count(entry.Owner, -1);
        }
    }

    /// <summary>Takes all messages that a condition holds for.</summary>
    public IReadOnlyList<HandleEntry> TakeAll(Func<HandleEntry, bool> condition)
    {
        HandleEntry[] taken = [.. _entries.Where(condition)];
        Array.ForEach(taken, Remove);
        return taken;
    }

    private void Count(PeerHandle owner, int change)
    {
        int count = CountOf(owner) + change;
        if (count == 0)
        {
            _counts.Remove(owner);
        }
        else
        {
            _counts[owner] = count;
        }
    }
}
