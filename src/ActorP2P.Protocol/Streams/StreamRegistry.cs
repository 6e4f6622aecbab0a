using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Protocol;

/// <summary>The open streams of a session by id, and how many each side has opened.</summary>
internal sealed class StreamRegistry(SessionRole role)
{
    // Created with the first stream, because most sessions have none.
    private Dictionary<ulong, StreamState>? _streams;
    private StreamIds _ids = new(role);

    /// <summary>Streams that this node has opened, also those whose opening waits to be sent.</summary>
    public int Own { get; private set; }

    /// <summary>Streams that the peer has opened.</summary>
    public int OfPeer { get; private set; }

    /// <summary>The last id that the peer has used; 0 when it has used none.</summary>
    public ulong LastOfPeer => _ids.LastOfPeer;

    /// <summary>The streams that both sides know of.</summary>
    public IEnumerable<StreamState> All => _streams?.Values ?? Enumerable.Empty<StreamState>();

    /// <summary>Counts a stream of this node, which has no id yet.</summary>
    public void AddOwn() => Own++;

    /// <summary>Gives a stream of this node its id, because its opening is sent now.</summary>
    public void Name(StreamState stream)
    {
        stream.Id = _ids.Next();
        (_streams ??= []).Add(stream.Id, stream);
    }

    /// <summary>Records an id that the peer uses for a new stream.</summary>
    /// <returns>False when the peer must not use it.</returns>
    public bool TryUse(ulong id) => _ids.TryUse(id);

    /// <summary>Adds a stream of the peer.</summary>
    public void AddOfPeer(StreamState stream)
    {
        (_streams ??= []).Add(stream.Id, stream);
        OfPeer++;
    }

    /// <summary>Finds an open stream.</summary>
    public bool TryFind(ulong id, [NotNullWhen(true)] out StreamState? stream)
    {
        stream = null;
        return _streams is not null && _streams.TryGetValue(id, out stream);
    }

    /// <summary>Whether a stream with this id was opened, by whichever side.</summary>
    public bool IsUsed(ulong id) => _ids.IsUsed(id);

    /// <summary>Removes a stream.</summary>
    public void Remove(StreamState stream)
    {
        Own -= stream.IsOwn ? 1 : 0;
        OfPeer -= stream.IsOwn ? 0 : 1;
        _streams?.Remove(stream.Id);
    }

    /// <summary>Removes all streams, at the end of the session.</summary>
    public void Clear()
    {
        _streams = null;
        Own = OfPeer = 0;
    }
}
