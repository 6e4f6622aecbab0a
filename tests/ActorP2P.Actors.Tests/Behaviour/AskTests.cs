namespace ActorP2P.Actors.Tests.Behaviour;

public sealed class AskTests : SimulatedTest
{
    [Fact]
    public void Every_overload_of_Ask_brings_the_answer()
    {
        ActorSystem system = NewSystem();
        IActorRef echo = Echo(system);
        TimeSpan limit = TimeSpan.FromSeconds(1);
        object[] answers = Scheduler.Run(
            async () => new object[]
            {
                await echo.Ask("1"),
                await echo.Ask("2", limit),
                await echo.Ask("3", CancellationToken.None),
                await echo.Ask("4", limit, CancellationToken.None),
                await echo.Ask<string>("5"),
                await echo.Ask<string>("6", limit),
                await echo.Ask<string>("7", CancellationToken.None),
                await echo.Ask<string>("8", limit, CancellationToken.None),
                await echo.Ask<IActorRef>(answerTo => answerTo, limit, CancellationToken.None) is { } ? "9" : "",
                await system.ActorSelection("/user/echo").Ask<string>("10", limit),
            },
            TimeSpan.FromMinutes(1));
        Assert.Equal(Enumerable.Range(1, 10).Select(number => $"{number}"), answers);
    }

    [Fact]
    public void An_ask_that_is_cancelled_before_it_begins_ends_cancelled()
    {
        Task<string> asked = NewSystem().DeadLetters.Ask<string>("?", new CancellationToken(canceled: true));
        Scheduler.RunToQuiescence();
        Assert.True(asked.IsCanceled);
    }

    [Fact]
    public void A_second_answer_is_a_dead_letter_and_the_first_counts()
    {
        ActorSystem system = NewSystem();
        IActorRef twice = system.ActorOf(new Hooks
        {
            Receive = (_, self) =>
            {
                self.From.Tell("first");
                self.From.Tell("second");
            },
        }.ToProps());
        Assert.Equal("first", Scheduler.Run(() => twice.Ask<string>("?"), TimeSpan.FromMinutes(1)));
        Assert.Equal(1, system.DeadLetterCount);
    }

    [Fact]
    public void A_graceful_stop_that_takes_too_long_is_cancelled_at_its_time()
    {
        ActorSystem system = NewSystem();
        TimeProvider time = system.TimeProvider;
        IActorRef slow = system.ActorOf(Props.Create(() => new Slow(time)));
        slow.Tell("work");
        Task<bool> stopped = slow.GracefulStop(TimeSpan.FromSeconds(2));
        Scheduler.RunFor(TimeSpan.FromSeconds(1.9));
        Assert.False(stopped.IsCompleted);
        Scheduler.RunFor(TimeSpan.FromSeconds(0.2));
        Assert.True(stopped.IsCanceled);
    }

    [Fact]
    public void An_inbox_that_is_full_makes_dead_letters_of_the_rest()
    {
        ActorSystem system = NewSystem(config: "akka.actor.inbox.inbox-size = 2");
        using var inbox = Inbox.Create(system);
        foreach (string message in new[] { "1", "2", "3" })
        {
            inbox.Receiver.Tell(message, ActorRefs.NoSender);
        }
        string heard = Scheduler.Run(
            async () => $"{await inbox.ReceiveAsync(TimeSpan.FromSeconds(1))},{await inbox.ReceiveAsync(TimeSpan.FromSeconds(1))}",
            TimeSpan.FromMinutes(1));
        Assert.Equal("1,2", heard);
        Assert.Equal(1, system.DeadLetterCount);
    }

    private static IActorRef Echo(ActorSystem system) =>
        system.ActorOf(new Hooks { Receive = (message, self) => self.From.Tell(message) }.ToProps(), "echo");

    private sealed class Slow : ReceiveActor
    {
        public Slow(TimeProvider time) => ReceiveAnyAsync(_ => Task.Delay(TimeSpan.FromHours(1), time));
    }
}
