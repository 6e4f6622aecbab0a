namespace ActorP2P.Actors.Tests.BadInput;

public sealed class LostMessageTests : SimulatedTest
{
    [Fact]
    public async Task A_million_messages_to_an_actor_that_stops_are_each_handled_or_a_dead_letter()
    {
        const int perProducer = 250_000;
        using var system = ActorSystem.Create("losses");
        int handled = 0;
        IActorRef actor = system.ActorOf(new Hooks { Receive = (_, _) => handled++ }.ToProps());
        Task[] producers = [.. Enumerable.Range(0, 4).Select(number => Task.Run(() =>
        {
            for (int i = 0; i < perProducer; i++)
            {
                actor.Tell("x", ActorRefs.NoSender);
                if (number == 0 && i == perProducer / 2)
                {
                    system.Stop(actor);
                }
            }
        }))];
        await Task.WhenAll(producers);
        await actor.GracefulStop(TimeSpan.FromSeconds(20));
        // GracefulStop's own PoisonPill asks for no dead letter but is counted like all others.
        Assert.Equal(4 * perProducer + 1, handled + system.DeadLetterCount);
    }

    [Fact]
    public void Messages_to_a_terminated_system_are_dead_letters()
    {
        ActorSystem system = NewSystem();
        IActorRef actor = system.ActorOf(new Hooks().ToProps());
        Scheduler.Run(() => system.Terminate(), TimeSpan.FromMinutes(1));
        actor.Tell("late");
        Assert.Equal(1, system.DeadLetterCount);
    }

    [Fact]
    public void A_null_message_is_refused_where_it_is_sent()
    {
        ActorSystem system = NewSystem();
        IActorRef actor = system.ActorOf(new Hooks().ToProps());
        Assert.Throws<InvalidMessageException>(() => actor.Tell(null!, ActorRefs.NoSender));
    }

    [Fact]
    public void A_late_reply_to_an_ask_is_a_dead_letter()
    {
        ActorSystem system = NewSystem();
        IActorRef? asker = null;
        IActorRef actor = system.ActorOf(new Hooks { Receive = (_, self) => asker = self.From }.ToProps());
        Task<string> asked = actor.Ask<string>("?", TimeSpan.FromSeconds(1));
        Scheduler.RunToQuiescence();
        Assert.IsType<AskTimeoutException>(asked.Exception!.InnerException);
        asker!.Tell("too late", actor);
        Assert.Equal(1, system.DeadLetterCount);
    }

    [Fact]
    public void A_full_stash_fails_its_actor()
    {
        ActorSystem system = NewSystem();
        Listen<Error>(system, error => error.Cause!.GetType().Name);
        Props props = new Hooks { Receive = (_, self) => self.Stash.Stash() }.ToProps().WithStashCapacity(2);
        IActorRef actor = system.ActorOf(props);
        actor.Tell(1);
        actor.Tell(2);
        Scheduler.RunToQuiescence();
        Assert.Empty(Said);
        actor.Tell(3);
        Scheduler.RunUntil(() => Said.Count > 0, TimeSpan.FromSeconds(1));
        Assert.Equal(nameof(StashOverflowException), Said[0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("$a")]
    [InlineData("ä")]
    [InlineData("50%")]
    public void A_name_that_no_path_can_hold_is_refused(string name)
    {
        ActorSystem system = NewSystem();
        Assert.Throws<InvalidActorNameException>(() => system.ActorOf(new Hooks().ToProps(), name));
    }

    [Fact]
    public void An_actor_made_with_new_is_refused() =>
        Assert.Throws<ActorInitializationException>(() => new LambdaActor(new Hooks()));

    [Fact]
    public void Props_that_are_no_constructor_call_are_refused()
    {
        LambdaActor? made = null;
        Assert.Throws<ArgumentException>(() => Props.Create(() => made!));
    }

    [Theory]
    [InlineData("a = ")]
    [InlineData("a { b = 1")]
    [InlineData("a = [1, 2")]
    [InlineData("a = \"x")]
    [InlineData("a = ${nothing}")]
    public void Malformed_configuration_is_refused_with_line_and_column(string hocon)
    {
        ConfigurationException refused = Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(hocon));
        Assert.Contains("line 1", refused.Message, StringComparison.Ordinal);
    }
}
