using System.Globalization;

namespace ActorP2P.PeerBenchmarks;

/// <summary>
/// The far process of one system: it serves, or joins a hub. It reads orders line by line from standard input, answers
/// each with one line, and ends when its input ends.
/// </summary>
internal sealed class FarHost(PeerSystem system)
{
    // An order to wait answers after this time with what has arrived, so that a loss is told and does not hang.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly List<Arrivals> _arrivals = [];
    private Contender? _contender;

    /// <summary>Carries out one order.</summary>
    public async Task<string> ObeyAsync(string order)
    {
        switch (order.Split(' ', 4))
        {
            case ["serve", string length]:
                _contender ??= system.Create();
                _arrivals.Add(new Arrivals(Number(length)));
                return await _contender.ServeAsync(_arrivals[0]);
            case ["join", string length, string count, string hub]:
                _contender ??= system.Create();
                Arrivals[] added =
                    [.. Enumerable.Range(0, Number(count)).Select(_ => new Arrivals(Number(length)))];
                _arrivals.AddRange(added);
                await _contender.JoinAsync(hub, added);
                return "ok";
            case ["reset"]:
                _arrivals.ForEach(static arrivals => arrivals.Reset());
                return "ok";
            case ["await", string count]:
                return await ReachAsync(Number(count));
            case ["usage"]:
                return Environment.CpuUsage.TotalTime.Ticks.ToString(CultureInfo.InvariantCulture);
            case ["end"]:
                await EndAsync();
                return "ok";
            default:
                return $"unknown order: {order}";
        }
    }

    private async Task<string> ReachAsync(int count)
    {
        Task reached = Task.WhenAll(_arrivals.Select(arrivals => arrivals.ReachAsync(count)));
        if (await Task.WhenAny(reached, Task.Delay(s_patience)) != reached)
        {
            return $"{_arrivals.Count(arrivals => !arrivals.ReachAsync(count).IsCompleted)} receivers lack messages";
        }

        long wrong = _arrivals.Sum(static arrivals => arrivals.Wrong);
        return wrong == 0 ? "ok" : $"{wrong} messages are wrong";
    }

    private async Task EndAsync()
    {
        if (_contender is not null)
        {
            await _contender.DisposeAsync();
        }

        _contender = null;
        _arrivals.Clear();
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
