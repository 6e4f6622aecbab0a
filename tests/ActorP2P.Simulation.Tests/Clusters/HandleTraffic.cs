using System.Globalization;

namespace ActorP2P.Simulation.Tests;

/// <summary>
/// Each node asks and tells the next one by a handle, one number after the other. A request that may be repeated is
/// never lost, other requests end typed, and neither requests nor notifies are ever handled in another order. Of the
/// notifies, none is missing between two that came over one connection.
/// </summary>
internal sealed class HandleTraffic(Cluster cluster)
{
    // The text of a request that must not be repeated.
    private const string Once = "once";

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    // The last number that has been handled, by the life of the sender, the life of the receiver, and the kind.
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task<Text>> _asked = new(StringComparer.Ordinal);

    // What each living node has told and asked without repetition in this life.
    private readonly Dictionary<string, List<Task>> _sent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lastTold = new(StringComparer.Ordinal);
    private bool _isOver;

    /// <summary>Requests that were handled more than once.</summary>
    public int Repeated { get; private set; }

    /// <summary>Requests that were answered.</summary>
    public int Answered { get; private set; }

    /// <summary>Requests that must not be repeated and had no answer.</summary>
    public int Failed { get; private set; }

    /// <summary>Notifies that no connection had taken when the next one was told.</summary>
    public int Waited { get; private set; }

    public void Register(ProtocolBuilder protocol, ClusterNode node) => protocol
        .OnRequest<Text, Text>((text, _) =>
        {
            if (text.Value != Once)
            {
                Handle($"ask {node.Name}/{node.Incarnation}", text, mayRepeat: true);
            }

            return text;
        })
        .OnNotify<Text>((text, context) =>
        {
            Handle($"tell {node.Name}/{node.Incarnation}", text, mayRepeat: false);
            HandleNext($"tell {node.Name}/{node.Incarnation}#{context.Peer.ConnectionId}", text);
            return default;
        });

    /// <summary>Begins the traffic of all nodes.</summary>
    public void Start()
    {
        for (int index = 0; index < cluster.Nodes.Count; index++)
        {
            _ = DriveAsync(cluster.Nodes[index], cluster.Nodes[(index + 1) % cluster.Nodes.Count]);
        }
    }

    public void Stop() => _isOver = true;

    /// <summary>Whether every living node has got an answer to its last request.</summary>
    public bool IsCaughtUp() => cluster.Nodes.All(
        node => _asked.TryGetValue(node.Name, out Task<Text>? ask) && ask.IsCompletedSuccessfully);

    /// <summary>What is missing of what living nodes have sent; null when nothing is.</summary>
    public string? Missing()
    {
        foreach (ClusterNode node in cluster.Nodes)
        {
            Task? open = _sent[node.Name].Find(static sent => !sent.IsCompleted);
            Task? failed = _sent[node.Name].Find(static sent =>
                sent.Exception is { } fault && fault.InnerException is not AskException);
            if (open is not null || failed is not null)
            {
                string state = failed is null ? "waits" : $"failed: {failed.Exception}";
                return $"a message that {node.Name} has sent {state}";
            }

            ClusterNode next = NextOf(node);
            string key = KeyOf($"tell {next.Name}/{next.Incarnation}", $"{node.Name}/{node.Incarnation}");
            if (_last.GetValueOrDefault(key) != _lastTold[node.Name])
            {
                return $"{key}: {_lastTold[node.Name]} was told, and {_last.GetValueOrDefault(key)} came last";
            }
        }

        return null;
    }

    private static string KeyOf(string receiver, string sender) => $"{receiver} of {sender}";

    private ClusterNode NextOf(ClusterNode node) =>
        cluster.Nodes[(cluster.Nodes.ToList().IndexOf(node) + 1) % cluster.Nodes.Count];

    // Nothing is awaited that belongs to a node, because a killed node never completes it.
    private async Task DriveAsync(ClusterNode node, ClusterNode next)
    {
        int life = 0;
        int number = 0;
        PeerHandle? handle = null;
        while (!_isOver)
        {
            await cluster.Delay(s_pause);
            if (!node.IsUp)
            {
                continue;
            }

            if (handle is null || node.Incarnation != life)
            {
                (life, number) = (node.Incarnation, 0);
                handle = node.Node.Peer(next.Address);
                _asked.Remove(node.Name);
                _sent[node.Name] = [];
            }

            Task<Text>? ask = _asked.GetValueOrDefault(node.Name);
            Assert.False(ask is { IsFaulted: true }, ask?.Exception?.ToString());
            Answered += ask is { IsCompletedSuccessfully: true } ? 1 : 0;
            Text text = new($"{node.Name}/{life} {++number}");
            Waited += _sent[node.Name] is [.., { IsCompleted: false }] ? 1 : 0;
            if (number % 4 == 0)
            {
                Task<Text> once = handle.AskAsync<Text>(new Text(Once));
                _sent[node.Name].Add(once);
                _ = NoteAsync(once);
            }

            _lastTold[node.Name] = number;
            _sent[node.Name].Add(handle.TellAsync(text));
            if (ask is null or { IsCompletedSuccessfully: true })
            {
                _asked[node.Name] = handle.AskAsync<Text>(
                    text, new SendOptions { IsIdempotent = true, Timeout = Timeout.InfiniteTimeSpan });
            }
        }
    }

    private async Task NoteAsync(Task<Text> once)
    {
        try
        {
            await once;
        }
        catch (AskException)
        {
            Failed++;
        }
    }

    private void HandleNext(string receiver, Text text)
    {
        string[] parts = text.Value.Split(' ');
        string key = KeyOf(receiver, parts[0]);
        int number = int.Parse(parts[1], CultureInfo.InvariantCulture);
        if (_last.TryGetValue(key, out int last) && number != last + 1)
        {
            throw new InvalidOperationException($"{key}: {number} came after {last} on one connection");
        }

        _last[key] = number;
    }

    private void Handle(string receiver, Text text, bool mayRepeat)
    {
        string[] parts = text.Value.Split(' ');
        string key = KeyOf(receiver, parts[0]);
        int number = int.Parse(parts[1], CultureInfo.InvariantCulture);
        int last = _last.GetValueOrDefault(key);
        Repeated += number == last ? 1 : 0;
        if (number < last || (number == last && !mayRepeat))
        {
            throw new InvalidOperationException($"{key}: {number} came after {last}");
        }

        _last[key] = number;
    }
}
