namespace ActorP2P.Determinism.Tests;

/// <summary>Ten actors that pass numbers to each other and keep in which order they came.</summary>
public static class Ring
{
    private const int Actors = 10;
    private const int Numbers = 4;

    /// <summary>Lets numbers go round from several actors at a time.</summary>
    /// <returns>Which actor saw which number, in order.</returns>
    public static async Task<List<string>> Play(ExploredRun run)
    {
        List<string> seen = [];
        List<IActorRef> members = [];
        for (int number = 0; number < Actors; number++)
        {
            members.Add(run.System.ActorOf(Props.Create(() => new Member(seen)), $"member{number}"));
        }
        for (int number = 0; number < Actors; number++)
        {
            members[number].Tell(members[(number + 1) % Actors]);
        }
        for (int number = 0; number < Numbers; number++)
        {
            members[number * 2].Tell(number * 100);
        }
        await run.Pass(TimeSpan.FromMinutes(1));
        return seen;
    }

    private sealed class Member : ReceiveActor, IWithTimers
    {
        private const int Rounds = 12;

        private IActorRef _next = ActorRefs.Nobody;

        public Member(List<string> seen)
        {
            Receive<IActorRef>(next => _next = next);
            Receive<int>(number =>
            {
                seen.Add($"{Self.Path.Name} {number}");
                if (number % 100 < Rounds)
                {
                    _next.Tell(number + 1);
                }
                else
                {
                    Timers.StartSingleTimer(number, $"{number}", TimeSpan.FromSeconds(1));
                }
            });
            Receive<string>(text => seen.Add($"{Self.Path.Name} {text}"));
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }
}
