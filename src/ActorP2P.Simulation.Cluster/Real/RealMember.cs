using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>
/// One process's share of the real nodes of a scenario, for one seed: it starts them, links them, lets them do what the
/// script says, and stops them.
/// </summary>
internal sealed class RealMember : IAsyncDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    // For messages on their way after the nodes have stopped sending.
    private static readonly TimeSpan s_tail = TimeSpan.FromSeconds(2);

    private readonly Scenario _scenario;
    private readonly RealScript _script;
    private readonly RealFigures _figures = new();
    private readonly Dictionary<int, RealNode> _nodes = [];
    private readonly Dictionary<int, RealAddress> _addresses = [];
    private readonly IReadOnlyList<(int Dialler, int Listener)> _edges;
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly List<Task> _running = [];
    private readonly TimeSpan _patience;
    private long _begin;

    /// <param name="scenario">The scenario.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="index">Which of the members this is, from 0.</param>
    /// <param name="members">The number of members.</param>
    /// <param name="host">Where the nodes listen.</param>
    /// <param name="patience">How long the nodes may take to connect.</param>
    public RealMember(Scenario scenario, ulong seed, int index, int members, string host, TimeSpan patience)
    {
        _scenario = scenario;
        _patience = patience;
        _script = new RealScript(scenario, seed);
        _edges = _script.Chance.Edges(scenario);
        for (int number = index; number < scenario.Nodes; number += members)
        {
            P2PNodeOptions options = scenario.Members.GroupOf(number).Settings with
            {
                NetworkId = $"simulation-{scenario.Digest[..8]}-{seed}",
                Listen = new PeerAddress(host, 0),
                Bootstrap = [],
            };
            _nodes.Add(number, new RealNode(number, options, Configure, _figures));
        }
    }

    /// <summary>Starts the nodes. Late ones only take their ports.</summary>
    public async Task<IReadOnlyList<RealAddress>> StartAsync(CancellationToken cancellationToken)
    {
        foreach (RealNode node in _nodes.Values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await node.StartAsync();
            if (IsLate(node.Number))
            {
                await node.KillAsync();
            }
        }

        return [.. _nodes.Values.Select(static node => node.Address)];
    }

    /// <summary>Lets the nodes dial each other, and waits until they are connected.</summary>
    public async Task LinkAsync(IEnumerable<RealAddress> all, CancellationToken cancellationToken)
    {
        foreach (RealAddress address in all)
        {
            _addresses[address.Number] = address;
        }

        ILookup<int, int> dials = _edges.ToLookup(static edge => edge.Dialler, static edge => edge.Listener);
        foreach (RealNode node in _nodes.Values)
        {
            node.DialFromNowOn([.. dials[node.Number].Select(other => _addresses[other].Parse())]);
        }

        await ConnectedAsync(cancellationToken);
    }

    /// <summary>Does what the script says, from a time on that all members have agreed on.</summary>
    public async Task<RealPart> PlayAsync(DateTimeOffset start, CancellationToken cancellationToken)
    {
        TimeSpan until = start - _clock.GetUtcNow();
        _begin = _clock.GetTimestamp() + (long)(until.TotalSeconds * _clock.TimestampFrequency);
        RealSender sender = new(_figures, _addresses, _script.Chance.For("peers"));
        foreach (RealStep step in _script.Steps())
        {
            await UntilAsync(step.At, cancellationToken);
            Do(step, sender);
        }

        await UntilAsync(_scenario.Duration + s_tail, cancellationToken);
        await ConnectedAsync(cancellationToken);
        await SettledAsync(cancellationToken);
        return _figures.End([.. _nodes.Values.Where(static node => node.Node is not null)], _nodes.Count) with
        {
            Time = Elapsed,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_nodes.Values.Select(static node => node.StopAsync()));
        await Task.WhenAll(_running);
    }

    private TimeSpan Elapsed => _clock.GetElapsedTime(_begin);

    private bool IsLate(int number) => _scenario.Members.Late.Contains(_scenario.Members.Names[number]);

    private void Configure(ProtocolBuilder protocol, RealNode node)
    {
        int life = node.Life;
        WorkloadRun.Register(protocol);
        protocol.OnBroadcast<SpreadNews>((news, _) =>
        {
            _figures.Arrive(news.Number, node.Number, life, Elapsed);
            return Verdict.Accept;
        });
    }

    private async Task UntilAsync(TimeSpan due, CancellationToken cancellationToken)
    {
        while (due - Elapsed is { } wait && wait > TimeSpan.Zero)
        {
            Sample();
            TimeSpan pause = wait < s_look ? wait : s_look;
            await Task.Delay(pause, _clock, cancellationToken);
        }
    }

    private void Sample()
    {
        foreach (RealNode node in _nodes.Values)
        {
            if (node.Node is { } running)
            {
                _figures.Hold(running.Statistics.HeldBytes);
            }
        }
    }

    private void Do(RealStep step, RealSender sender)
    {
        _running.RemoveAll(static task => task.IsCompleted);
        if (step.Work?.Kind == WorkloadKind.Broadcasts)
        {
            _figures.Broadcast(step.Number, step.At,
            [
                .. _nodes.Values.Where(node => node.Node is not null && node.Number != step.Node
                    && !IsStranger(node.Number)).Select(static node => (node.Number, node.Life)),
            ]);
        }

        if (!_nodes.TryGetValue(step.Node, out RealNode? node))
        {
            return;
        }

        switch (step.Kind)
        {
            case RealStepKind.Kill:
                _running.Add(Reported(node, "end", node.KillAsync()));
                break;
            case RealStepKind.Start:
                _running.Add(Reported(node, "start again", node.StartAsync()));
                break;
            default:
                if (node.Node is { } running)
                {
                    _running.Add(Reported(node, "send", sender.SendAsync(running, step)));
                }

                break;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A failure of a node is part of the result.")]
    private async Task Reported(RealNode node, string what, Task task)
    {
        try
        {
            await task;
        }
        catch (Exception failure)
        {
            _figures.Fail(
                $"{_scenario.Members.Names[node.Number]} did not {what}: {failure.GetType().Name}: {failure.Message}");
        }
    }

    private bool IsStranger(int number) => _scenario.Members.Strangers.Contains(_scenario.Members.Names[number]);

    /// <summary>Waits until the nodes that should be connected are; otherwise the run fails.</summary>
    private async Task ConnectedAsync(CancellationToken cancellationToken)
    {
        long begin = _clock.GetTimestamp();
        while (Unconnected().FirstOrDefault() is { } missing)
        {
            if (_clock.GetElapsedTime(begin) > _patience)
            {
                _figures.Fail($"not connected after {_patience.TotalSeconds:0} s: {missing}");
                return;
            }

            await Task.Delay(s_look, _clock, cancellationToken);
        }
    }

    /// <summary>
    /// The pairs of which both run and which are not connected, as seen at the ends that this member has.
    /// </summary>
    private IEnumerable<string> Unconnected()
    {
        foreach ((int dialler, int listener) in _edges)
        {
            if (IsExpected(dialler) && IsExpected(listener)
                && (IsMissing(dialler, listener) || IsMissing(listener, dialler)))
            {
                yield return $"{_scenario.Members.Names[dialler]} - {_scenario.Members.Names[listener]}";
            }
        }
    }

    private bool IsExpected(int number) => _script.IsRunning(number) && !IsStranger(number);

    private bool IsMissing(int here, int there) =>
        _nodes.TryGetValue(here, out RealNode? node) && !node.HasPeer(NodeId.Parse(_addresses[there].Id));

    private async Task SettledAsync(CancellationToken cancellationToken)
    {
        long begin = _clock.GetTimestamp();
        while (_figures.OpenAsks > 0 && _clock.GetElapsedTime(begin) < _patience)
        {
            await Task.Delay(s_look, _clock, cancellationToken);
        }
    }
}
