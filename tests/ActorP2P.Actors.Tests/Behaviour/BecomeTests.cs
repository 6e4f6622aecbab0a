namespace ActorP2P.Actors.Tests.Behaviour;

public sealed class BecomeTests : SimulatedTest
{
    [Fact]
    public void Stacked_behaviours_come_back_in_reverse_and_the_last_is_never_lost()
    {
        ActorSystem system = NewSystem();
        List<string> said = Said;
        IActorRef actor = system.ActorOf(Props.Create(() => new Moody(said)));
        foreach (string message in new[] { "x", "push", "x", "push", "x", "pop", "x", "pop", "x", "pop", "x" })
        {
            actor.Tell(message);
        }
        Scheduler.RunToQuiescence();
        Assert.Equal(["0 x", "1 x", "2 x", "1 x", "0 x", "0 x"], said);
    }

    [Fact]
    public void Become_forgets_what_was_stacked_and_a_restart_begins_anew()
    {
        ActorSystem system = NewSystem();
        List<string> said = Said;
        IActorRef actor = system.ActorOf(Props.Create(() => new Moody(said)));
        foreach (string message in new[] { "push", "replace", "x", "pop", "x", "fail", "x" })
        {
            actor.Tell(message);
        }
        Scheduler.RunToQuiescence();
        Assert.Equal(["9 x", "0 x", "0 x"], said);
    }

    [Fact]
    public void The_first_handler_whose_type_and_predicate_fit_takes_the_message()
    {
        ActorSystem system = NewSystem();
        List<string> said = Said;
        Listen<UnhandledMessage>(system, message => $"unhandled {message.Message}");
        IActorRef actor = system.ActorOf(Props.Create(() => new Choosy(said)));
        foreach (object message in new object[] { 7, 70, 700, "seven", 7L, 8L })
        {
            actor.Tell(message);
        }
        Scheduler.RunToQuiescence();
        Assert.Equal(["small 7", "medium 70", "any int 700", "text", "long 7", "unhandled 8"], said);
    }

    private sealed class Moody : ReceiveActor
    {
        private readonly List<string> _said;

        public Moody(List<string> said)
        {
            _said = said;
            Declare(0);
        }

        private void Declare(int depth)
        {
            Receive<string>(message => message == "push", _ => BecomeStacked(() => Declare(depth + 1)));
            Receive<string>(message => message == "pop", _ => UnbecomeStacked());
            Receive<string>(message => message == "replace", _ => Become(() => Declare(9)));
            Receive<string>(message => message == "fail", _ => throw new Conformance.Boom("mood"));
            Receive<string>(message => _said.Add($"{depth} {message}"));
        }
    }

    private sealed class Choosy : ReceiveActor
    {
        public Choosy(List<string> said)
        {
            Type known = typeof(string);
            Receive<int>(number => said.Add($"small {number}"), number => number < 10);
            Receive<int>(number => number < 100, number => said.Add($"medium {number}"));
            Receive<int>(number => said.Add($"any int {number}"));
            Receive(known, _ => said.Add("text"));
            Receive<long>(number =>
            {
                if (number == 7)
                {
                    said.Add($"long {number}");
                }
                return number == 7;
            });
        }
    }
}
