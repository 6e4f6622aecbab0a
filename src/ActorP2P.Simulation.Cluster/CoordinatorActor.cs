using System.Text.Json;

namespace ActorP2P.Simulation;

/// <summary>
/// The single coordinator of the cluster. It hands out seeds to members that ask for work, and collects the results.
/// When its process is lost, another member's process starts a new coordinator, and the members report their finished
/// results to it again.
/// </summary>
internal sealed class CoordinatorActor : ReceiveActor
{
    // A member that has not said goodbye by then has died, and its failure no longer matters.
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(5);

    private readonly ClusterRunState _state;
    private readonly SeedBoard<IActorRef> _board;
    private readonly HashSet<IActorRef> _members = [];
    private readonly Queue<IActorRef> _idle = [];

    public CoordinatorActor(ClusterRunState state)
    {
        _state = state;
        _board = new SeedBoard<IActorRef>(state.Options.Scenario.Seeds);
        Receive<ClusterMessages.Hello>(TakeIn);
        Receive<ClusterMessages.Pull>(_ => Offer(Sender));
        Receive<ClusterMessages.SeedDone>(Note);
        Receive<Terminated>(gone => Lose(gone.ActorRef));
        Receive<ReceiveTimeout>(_ => End());
    }

    private void TakeIn(ClusterMessages.Hello hello)
    {
        if (_state.Refuse(hello) is { } refusal)
        {
            Sender.Tell(new ClusterMessages.Refused(refusal));
        }
        else
        {
            if (_members.Add(Sender))
            {
                Context.Watch(Sender);
                Address address = Sender.Path.Address.HasLocalScope
                    ? ((ExtendedActorSystem)Context.System).Provider.DefaultAddress
                    : Sender.Path.Address;
                _state.Options.Joined?.Invoke($"{address.Host}:{address.Port}");
            }

            Sender.Tell(new ClusterMessages.Welcome());
        }
    }

    private void Offer(IActorRef member)
    {
        if (_board.IsDone)
        {
            TellEnd(member);
        }
        else if (_board.TryTake(member, out ulong seed))
        {
            member.Tell(new ClusterMessages.RunSeed(seed));
        }
        else
        {
            _idle.Enqueue(member);
        }
    }

    private void Note(ClusterMessages.SeedDone done)
    {
        bool wasDone = _board.IsDone;
        if (_board.Finish(Sender, JsonSerializer.Deserialize<ScenarioResult>(done.Result)!) is { } result)
        {
            _state.Report(result);
        }

        if (_board.IsDone && !wasDone)
        {
            foreach (IActorRef member in _members)
            {
                TellEnd(member);
            }

            Context.SetReceiveTimeout(s_farewell);
        }
    }

    private void Lose(IActorRef member)
    {
        _members.Remove(member);
        _board.Lose(member);
        if (_board.IsDone)
        {
            if (_members.Count == 0)
            {
                End();
            }

            return;
        }

        // The seed of the lost member goes to a member that waits for work. Members that are lost themselves are
        // skipped.
        while (_idle.TryDequeue(out IActorRef? waiting))
        {
            if (_members.Contains(waiting))
            {
                Offer(waiting);
                return;
            }
        }
    }

    private void TellEnd(IActorRef member) => member.Tell(new ClusterMessages.Finished(_board.Results.Count, Failed));

    private void End() =>
        _state.Complete(new ClusterRunReport(_board.Results.Count, Failed, _board.Redone, [.. _board.Results]));

    private int Failed => _board.Results.Count(static result => !result.Passed);
}
