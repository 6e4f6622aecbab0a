using System.Globalization;

namespace ActorP2P.Simulation.Tests;

/// <summary>
/// Each node asks and tells the next one by a handle, one number after the other. A request that may be repeated is
/// never lost, and neither requests nor notifies are ever handled in another order.
/// </summary>
internal sealed class HandleTraffic(Cluster cluster)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    // The last number that has been handled, by the life of the sender, the life of the receiver, and the kind.
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task<Text>> _asked = new(StringComparer.Ordinal);
    private bool _isOver;

    /// <summary>Requests that were handled more than once.</summary>
    public int Repeated { get; private set; }

    /// <summary>Requests that were answered.</summary>
    public int Answered { get; private set; }

    public void Register(ProtocolBuilder protocol, ClusterNode node) => protocol
        .OnRequest<Text, Text>((text, _) =>
        {
            Handle($"ask {node.Name}/{node.Incarnation}", text, mayRepeat: true);
            return text;
        })
        .OnNotify<Text>((text, _) =>
        {
            Handle($"tell {node.Name}/{node.Incarnation}", text, mayRepeat: false);
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
            }

            Task<Text>? ask = _asked.GetValueOrDefault(node.Name);
            Assert.False(ask is { IsFaulted: true }, ask?.Exception?.ToString());
            Answered += ask is { IsCompletedSuccessfully: true } ? 1 : 0;
            Text text = new($"{node.Name}/{life} {++number}");
            _ = handle.TellAsync(text);
            if (ask is null or { IsCompletedSuccessfully: true })
            {
                _asked[node.Name] = handle.AskAsync<Text>(
                    text, new SendOptions { IsIdempotent = true, Timeout = Timeout.InfiniteTimeSpan });
            }
        }
    }

    private void Handle(string receiver, Text text, bool mayRepeat)
    {
        string[] parts = text.Value.Split(' ');
        string key = $"{receiver} of {parts[0]}";
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
