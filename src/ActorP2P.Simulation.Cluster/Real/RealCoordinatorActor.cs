using System.Text.Json;

namespace ActorP2P.Simulation;

/// <summary>
/// The coordinator of a run with real nodes. It waits for all members and takes them together from step to step: start,
/// link, play, stop, seed after seed. The loss of a member ends the run, because its nodes are gone.
/// </summary>
internal sealed class RealCoordinatorActor : ReceiveActor
{
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(5);

    private readonly ClusterRunState _state;
    private readonly List<IActorRef> _members = [];
    private readonly Dictionary<IActorRef, string> _answers = [];
    private readonly List<ScenarioResult> _results = [];
    private readonly Queue<ulong> _seeds;
    private ulong _seed;
    private bool _isOver;

    public RealCoordinatorActor(ClusterRunState state)
    {
        _state = state;
        _seeds = new Queue<ulong>(state.Options.Scenario.Seeds);
        Receive<ClusterMessages.Hello>(TakeIn);
        Receive<RealMessages.Started>(started => Collect(started.Addresses, Link));
        Receive<RealMessages.Linked>(_ => Collect("", Play));
        Receive<RealMessages.Played>(played => Collect(played.Part, Judge));
        Receive<RealMessages.Stopped>(_ => Collect("", Next));
        Receive<RealMessages.Failed>(failed => GiveUp($"The member {NameOf(Sender)} failed: {failed.Reason}"));
        Receive<Terminated>(gone => Lose(gone.ActorRef));
        Receive<ReceiveTimeout>(_ => Complete());
    }

    private Scenario Scenario => _state.Options.Scenario;

    private int Wanted => _state.Options.RealMembers!.Value;

    private void TakeIn(ClusterMessages.Hello hello)
    {
        bool isKnown = _members.Contains(Sender);
        string? refusal = isKnown ? null : _state.Refuse(hello)
            ?? (_members.Count == Wanted ? $"the run has its {Wanted} members already" : null);
        if (refusal is not null)
        {
            Sender.Tell(new ClusterMessages.Refused(refusal));
            return;
        }

        if (!isKnown)
        {
            _members.Add(Context.Watch(Sender));
            _state.Options.Joined?.Invoke(NameOf(Sender));
        }

        Sender.Tell(new ClusterMessages.Welcome());
        if (!isKnown && _members.Count == Wanted)
        {
            Next();
        }
    }

    /// <summary>Takes a member's answer. When all members have answered, the run goes on.</summary>
    private void Collect(string answer, Action next)
    {
        if (_isOver)
        {
            return;
        }

        _answers[Sender] = answer;
        if (_answers.Count == _members.Count)
        {
            next();
        }
    }

    private void Next()
    {
        if (!_seeds.TryDequeue(out _seed))
        {
            End();
            return;
        }

        Ask(index => new RealMessages.Begin(_seed, index, _members.Count));
    }

    private void Link()
    {
        string all = JsonSerializer.Serialize(
            _answers.Values.SelectMany(static part => JsonSerializer.Deserialize<List<RealAddress>>(part)!));
        Ask(_ => new RealMessages.Link(all));
    }

    private void Play()
    {
        long at = (TimeProvider.System.GetUtcNow() + RealRun.Lead).UtcTicks;
        Ask(_ => new RealMessages.Play(at));
    }

    private void Judge()
    {
        ScenarioResult result = RealPart.Merge(Scenario, _seed,
            [.. _members.Select(member => JsonSerializer.Deserialize<RealPart>(_answers[member])!)]);
        _results.Add(result);
        _state.Report(result);
        Ask(static _ => new RealMessages.Stop());
    }

    private void Ask(Func<int, object> message)
    {
        _answers.Clear();
        for (int index = 0; index < _members.Count; index++)
        {
            _members[index].Tell(message(index));
        }
    }

    private void Lose(IActorRef member)
    {
        _members.Remove(member);
        if (!_isOver)
        {
            GiveUp($"The member {NameOf(member)} was lost, and its real nodes with it (seed {_seed}).");
        }
        else if (_members.Count == 0)
        {
            Complete();
        }
    }

    private void GiveUp(string reason)
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        foreach (IActorRef member in _members)
        {
            member.Tell(new RealMessages.Failed(reason));
        }
    }

    private void End()
    {
        _isOver = true;
        foreach (IActorRef member in _members)
        {
            member.Tell(new ClusterMessages.Finished(_results.Count, Failures));
        }

        Context.SetReceiveTimeout(s_farewell);
    }

    private void Complete() => _state.Complete(new ClusterRunReport(_results.Count, Failures, 0, _results));

    private int Failures => _results.Count(static result => !result.Passed);

    private static string NameOf(IActorRef member)
    {
        Address address = member.Path.Address.HasLocalScope
            ? ((ExtendedActorSystem)Context.System).Provider.DefaultAddress
            : member.Path.Address;
        return $"{address.Host}:{address.Port}";
    }
}
