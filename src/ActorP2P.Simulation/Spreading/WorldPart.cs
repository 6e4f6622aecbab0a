using System.Buffers;

namespace ActorP2P.Simulation;

/// <summary>
/// One part of a world whose nodes are spread over several. In each window a part sends every other part one message,
/// with the segments that go there and the time of its next event, and all parts compute the same time for the next
/// window from what they have received. Nothing but the order of these messages decides anything.
/// </summary>
/// <param name="cut">Which part has which node.</param>
/// <param name="number">The number of this part.</param>
/// <param name="run">Identifies the run, so that a message of another run is not taken for one of this.</param>
/// <param name="transport">Brings the messages to the others; null for a world in one part.</param>
/// <param name="names">The names of the parts, for failures.</param>
internal sealed class WorldPart(
    WorldCut cut, int number, ulong run, IWindowTransport? transport, IReadOnlyList<string> names) : IWorldParts
{
    // A failure shows the last events of nodes, and each part adds its own line when it passes one on.
    private const int MostText = 4000;

    private readonly WindowWriter[] _writers = [.. Enumerable.Range(0, cut.Parts).Select(_ => new WindowWriter(run))];
    private readonly Lock _sending = new();
    private long _messages;
    private long _safe;
    private bool _hasFailed;
    private bool _isWaiting;

    /// <summary>Plans a segment that has come from another part.</summary>
    public delegate void Arrival(TimeSpan at, int source, int destination, SimulatedSegment segment);

    public TimeSpan LookAhead => cut.LookAhead;

    public int Parts => cut.Parts;

    public int Number => number;

    /// <summary>Called with each segment that arrives from another part, while no node runs.</summary>
    public Arrival? Arrived { get; set; }

    /// <summary>The windows so far.</summary>
    public long Windows { get; private set; }

    /// <summary>Whether another part was lost.</summary>
    public bool HasLostPart { get; private set; }

    /// <summary>Whether another part has told this one that it failed.</summary>
    public bool WasTold { get; private set; }

    /// <summary>Whether this part waits for another one. Any thread may ask.</summary>
    public bool IsWaiting => Volatile.Read(ref _isWaiting);

    private TimeSpan Safe => new(_safe);

    /// <summary>Whether a node runs in this part.</summary>
    public bool Has(int node) => cut.PartOf(node) == number;

    /// <summary>Sends a segment to a node of another part with the next window.</summary>
    public void Send(TimeSpan at, int source, int destination, in SimulatedSegment segment)
    {
        lock (_sending)
        {
            _writers[cut.PartOf(destination)].Add(at, source, destination, segment);
        }
    }

    /// <inheritdoc/>
    public long Agree(long next)
    {
        // What was just sent happens too. Without it the agreed time would be too late.
        long first = Math.Min(next, _writers.Min(static writer => writer.FirstArrival));
        long agreed = first;
        SendAll(part => _writers[part].TakeWindow(_messages, first));
        foreach (int part in Others())
        {
            ReadOnlyMemory<byte> message = Receive(part, WindowKind.Window);
            WindowReader reader = new(message.Span);
            agreed = Math.Min(agreed, reader.Value);
            Take(part, reader);
        }

        Windows++;
        _messages++;
        _safe = agreed < long.MaxValue - LookAhead.Ticks ? agreed + LookAhead.Ticks : long.MaxValue;
        return agreed;
    }

    /// <summary>
    /// Whether a condition holds in all parts. Every part must ask at the same virtual time, in the same order.
    /// </summary>
    public bool Vote(bool mine)
    {
        bool all = mine;
        SendAll(part => _writers[part].Other(_messages, WindowKind.Vote, mine ? 1 : 0));
        foreach (int part in Others())
        {
            all &= new WindowReader(Receive(part, WindowKind.Vote).Span).Value == 1;
        }

        _messages++;
        return all;
    }

    /// <summary>Exchanges the parts of the result at the end of the run.</summary>
    /// <returns>Those of all parts, by their numbers.</returns>
    public IReadOnlyList<byte[]> Gather(byte[] mine)
    {
        byte[][] all = new byte[Parts][];
        all[number] = mine;
        SendAll(part => _writers[part].Other(_messages, WindowKind.Result, 0, mine));
        foreach (int part in Others())
        {
            all[part] = new WindowReader(Receive(part, WindowKind.Result).Span).Body.ToArray();
        }

        _messages++;
        return all;
    }

    /// <summary>Tells all other parts that this one has failed, so that none waits for it.</summary>
    public void Fail(string what)
    {
        if (_hasFailed)
        {
            return;
        }

        _hasFailed = true;
        string text = what.Length > MostText ? what[..MostText] : what;
        foreach (int part in Others())
        {
            try
            {
                transport!.Send(part, _writers[part].Failure(_messages, text));
            }
            catch (IOException)
            {
                // It knows already, or is lost itself.
            }
        }
    }

    private IEnumerable<int> Others() => Enumerable.Range(0, Parts).Where(part => part != number);

    private void SendAll(Func<int, byte[]> message)
    {
        foreach (int part in Others())
        {
            try
            {
                transport!.Send(part, message(part));
            }
            catch (IOException)
            {
                // What it sent before it was lost may say why, and is received next.
            }
        }
    }

    private ReadOnlyMemory<byte> Receive(int part, WindowKind kind)
    {
        ReadOnlyMemory<byte> message;
        Volatile.Write(ref _isWaiting, true);
        try
        {
            message = transport!.Receive(part);
        }
        catch (IOException lost)
        {
            HasLostPart = true;
            throw Wrong(part, "the member is lost", lost);
        }
        finally
        {
            Volatile.Write(ref _isWaiting, false);
        }

        WindowReader reader = new(message.Span);
        if (reader.Run == run && reader.Kind == WindowKind.Failed)
        {
            // What a part was told is passed on as it is.
            WasTold = true;
            throw new WorldPartException(names[part], Windows, Safe, reader.Text);
        }

        return reader.Run != run ? throw Wrong(part, $"a message of run {reader.Run} in run {run}")
            : reader.Number != _messages
                ? throw Wrong(part, $"message {reader.Number} came instead of {_messages}, so one was lost or doubled")
            : reader.Kind != kind ? throw Wrong(part, $"a message of kind {reader.Kind} came instead of {kind}")
            : message;
    }

    private void Take(int part, WindowReader reader)
    {
        while (reader.TryRead(
            out TimeSpan at, out int source, out int destination, out SimulatedSegment segment,
            out ReadOnlySpan<byte> data))
        {
            if (at.Ticks < _safe)
            {
                throw Wrong(part, $"a segment for {at:c} came too late");
            }

            if (cut.PartOf(destination) != number || cut.PartOf(source) != part)
            {
                throw Wrong(part, $"a segment from node {source} to node {destination} came to the wrong member");
            }

            Arrived!(at, source, destination, data.IsEmpty ? segment : segment with { Bytes = Copy(data) });
        }

        if (!reader.IsAtEnd)
        {
            throw Wrong(part, "the window does not have the segments that it says");
        }
    }

    private static byte[] Copy(ReadOnlySpan<byte> data)
    {
        // As the sender's arrays, which the reader gives back.
        byte[] array = data.Length >= SimulatedConnection.PooledBytes
            ? ArrayPool<byte>.Shared.Rent(data.Length)
            : new byte[data.Length];
        data.CopyTo(array);
        return array;
    }

    private WorldPartException Wrong(int part, string what, Exception? inner = null) =>
        new(names[part], Windows, Safe, what, inner);
}
