using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>The handles of one address. Any thread may use it.</summary>
/// <param name="node">The node.</param>
internal sealed class HandleOwners(P2PNode node)
{
    private readonly Lock _lock = new();
    private readonly List<PeerHandle> _handles = [];
    private volatile bool _hasNew;

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _handles.Count == 0;
            }
        }
    }

    /// <summary>The handles, a snapshot.</summary>
    public IReadOnlyList<PeerHandle> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _handles];
            }
        }
    }

    /// <summary>Whether a handle was added for which no connection has been prepared yet.</summary>
    public bool HasNew => _hasNew;

    /// <summary>Adds a handle.</summary>
    public void Add(PeerHandle handle)
    {
        lock (_lock)
        {
            _handles.Add(handle);
            _hasNew = true;
        }
    }

    /// <summary>Removes a handle.</summary>
    public void Remove(PeerHandle handle)
    {
        lock (_lock)
        {
            _handles.Remove(handle);
        }
    }

    /// <summary>
    /// Logs in on a connection and lets the application prepare it, for each handle for which that was not done yet.
    /// </summary>
    /// <returns>Why it failed; null when it did not.</returns>
    [SuppressMessage(
        "Design", "CA1031", Justification = "A fault of the application's code is reported by the event of the state.")]
    public async Task<Exception?> PrepareAsync(Peer peer, CancellationToken closed)
    {
        _hasNew = false;
        try
        {
            foreach (PeerHandle handle in All.Where(handle => handle.PreparedFor != peer))
            {
                if (handle.Options.CookieFile is { } cookie)
                {
                    await node.LoginAsync(peer, cookie, closed);
                }

                await (handle.Options.Prepare?.Invoke(peer, closed) ?? ValueTask.CompletedTask);
                handle.PreparedFor = peer;
            }

            return null;
        }
        catch (Exception failed)
        {
            return failed;
        }
    }
}
